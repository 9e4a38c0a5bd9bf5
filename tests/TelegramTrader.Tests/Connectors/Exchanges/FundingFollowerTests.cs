using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class FundingFollowerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedExchangeGateway _gateway = new();
    private readonly ConcurrentQueue<FundingRate> _settled = [];
    private readonly CancellationTokenSource _life = new();
    private readonly RequestBudget _budget;
    private readonly ExchangeSession _session;
    private readonly FundingFollower _follower;
    private readonly List<Task> _running = [];

    public FundingFollowerTests()
    {
        _budget = new RequestBudget(new RequestBudgetOptions(1_000, 1_000), _time);
        _session = new ExchangeSession(_gateway, new ExchangeAccount(Some.Account, "binance", ExchangeMarketKind.Swap, "USDT"), () => null, _budget, _time, NullLogger<ExchangeSession>.Instance);
        _follower = new FundingFollower(_session, _time, NullLogger.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _life.CancelAsync();
        foreach (var task in _running)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        _budget.Dispose();
        _life.Dispose();
    }

    [Fact]
    public async Task RatesCouldNotBeRead_APaymentDueInTwoMinutesIsSettledOnceAllTheSame()
    {
        var due = Now + TimeSpan.FromMinutes(2);
        _gateway.Refuse("exchange.fundingRates", "network", mayHaveHappened: false);
        Rates(3, due);
        _gateway.Answer("exchange.fundingRates", "[]");
        _gateway.Answer("exchange.fundingRates", "[]");
        Follow();
        await GoOnAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(new FundingRate(Some.Btc, 0.0003m, due), Assert.Single(_settled));
    }

    [Fact]
    public async Task NotOpenedYet_NobodyIsAsked()
    {
        _running.Add(_follower.RunAsync(_ => Task.FromResult<IReadOnlyCollection<Symbol>>([Some.Btc]), _settled.Enqueue, _life.Token));
        await GoOnAsync(TimeSpan.FromMinutes(6));
        Assert.Empty(_gateway.Calls);
    }

    private Instant Now => Instant.From(_time.GetUtcNow());

    private void Rates(int basisPoints, Instant due) => _gateway.Answer("exchange.fundingRates",
        $$"""[ { "symbol": "BTC/USDT:USDT", "rate": "0.000{{basisPoints}}", "nextAt": {{due.UnixMilliseconds}} }, { "symbol": "ETH/USDT:USDT", "rate": null, "nextAt": null } ]""");

    private void Follow()
    {
        _running.Add(_gateway.LiveAsync(_life.Token));
        _running.Add(_follower.RunAsync(_ => Task.FromResult<IReadOnlyCollection<Symbol>>([Some.Btc]), _settled.Enqueue, _life.Token));
    }

    private async Task GoOnAsync(TimeSpan span)
    {
        for (var second = 0; second < span.TotalSeconds; second++)
        {
            await Task.Delay(1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
