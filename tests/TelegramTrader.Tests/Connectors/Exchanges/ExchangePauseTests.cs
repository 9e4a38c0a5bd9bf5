using System.Text.Json;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>That an exchange which asks to wait is obeyed, within reason, and that what protects goes on all the same.</summary>
public sealed class ExchangePauseTests
{
    [Theory]
    [InlineData("rateLimited", null, 10)]
    [InlineData("rateLimited", 77, 77)]
    [InlineData("rateLimited", 0, 1)]
    [InlineData("bannedAddress", null, 120)]
    [InlineData("bannedAddress", 300, 300)]
    [InlineData("bannedAddress", 259_200, 600)]
    public async Task Refused_AskedToWait_ReadsWaitSoLongAndStopsDoNot(string kind, int? asked, int waits)
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", new GatewayRefusal(GatewayRefusalKind.Exchange, "too many", asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null) { Exchange = new ExchangeRefusal(kind, "-1003", false) });
            gateway.Answer("exchange.place", """{ "id": "77", "clientOrderId": "ttaaaaaaaaaaaaaaaa-s-2", "symbol": "BTC/USDT:USDT", "status": "open" }""");
        });
        await stage.Session.FirstOpened;
        await stage.IdleAsync();
        await PlaceAsync("ttaaaaaaaaaaaaaaaa-s-1");

        var reading = stage.Session.CallAsync<JsonElement>(RequestPriority.Read, 1, "exchange.balance", new { account = "main" }, CancellationToken.None);
        var protecting = PlaceAsync("ttaaaaaaaaaaaaaaaa-s-2");

        Assert.IsType<GatewayAnswer<JsonElement>.Ok>(await protecting);
        stage.Time.Advance(TimeSpan.FromSeconds(waits) - TimeSpan.FromMilliseconds(100));
        Assert.False(reading.IsCompleted);
        stage.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.IsType<GatewayAnswer<JsonElement>.Ok>(await reading.WaitAsync(Support.ManualTimeProvider.Patience));

        Task<GatewayAnswer<JsonElement>> PlaceAsync(string id) =>
            stage.Session.CallAsync<JsonElement>(RequestPriority.Protection, 1, "exchange.place", new { clientOrderId = id }, CancellationToken.None).WaitAsync(Support.ManualTimeProvider.Patience);
    }

    /// <summary>It was decided on at the prices of its moment: it does not go out when the pause is over.</summary>
    [Fact]
    public async Task Entry_WhileTheExchangeWantsAPause_IsGivenUpAndNotSent()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.place", "rateLimited", mayHaveHappened: false, wait: TimeSpan.FromMinutes(5)));
        await stage.Session.FirstOpened;
        await stage.IdleAsync();
        await stage.Session.CallAsync<JsonElement>(RequestPriority.Protection, 1, "exchange.place", new { clientOrderId = "ttaaaaaaaaaaaaaaaa-s-1" }, CancellationToken.None);

        var entry = stage.Session.CallAsync<JsonElement>(RequestPriority.Entry, 1, "exchange.place", new { clientOrderId = "ttaaaaaaaaaaaaaaaa-e0-1" }, CancellationToken.None);
        stage.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(entry.IsCompleted);
        stage.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<GatewayAnswer<JsonElement>.NotRunning>(await entry.WaitAsync(Support.ManualTimeProvider.Patience));
        stage.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
    }

    /// <summary>A header must not leave the account, and what is open in it, unattended for a day.</summary>
    [Fact]
    public async Task Open_RefusedWithAWaitOfADay_IsTriedAgainAfterTenMinutes()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.open", "rateLimited", mayHaveHappened: false, wait: TimeSpan.FromDays(1)));
        await stage.Gateway.CalledAsync("exchange.open");
        await stage.Time.WaitForTimerAsync(TimeSpan.FromMinutes(10));

        stage.Time.Advance(TimeSpan.FromMinutes(10));
        await stage.Session.FirstOpened.WaitAsync(Support.ManualTimeProvider.Patience);
    }

    [Fact]
    public async Task Open_TheKeysCannotBeDecrypted_IsSaidAndTriedAgainUntilTheyCan()
    {
        var tries = 0;
        await using var stage = new ExchangeStage(keys: () => ++tries == 1 ? throw new SecretStoreException("The secret can't be decrypted.") : null);

        Assert.Equal("The keys can't be used: The secret can't be decrypted.", Assert.IsType<SessionState.Closed>(stage.Session.State).Reason);
        Assert.Empty(stage.Gateway.CallsOf("exchange.open"));

        await stage.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250));
        stage.Time.Advance(TimeSpan.FromMilliseconds(250));
        await stage.Session.FirstOpened.WaitAsync(Support.ManualTimeProvider.Patience);
    }
}
