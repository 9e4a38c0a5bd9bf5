using System.Text.Json;
using TelegramTrader.Connectors.Exchanges;
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
}
