using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage;

/// <summary>What channels claim, over real prices, storage and restarts.</summary>
public sealed class StoredClaimsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedParser _parser = new();

    [Fact]
    public async Task Claims_OfTradedAndDeniedSignals_AreCountedByChannelAndTold()
    {
        using var desk = BusyRun.Desk(_folder.Path, _parser);
        Play(desk);
        var claims = new ClaimQueries(desk.Folder);
        var counts = await claims.CountsAsync();
        Assert.Equal([new ChannelId("@alpha"), new ChannelId("@beta")], counts.Keys);
        Assert.Equal((new ClaimCount(2, 1, 0), new ClaimCount(1, 1, 0)), (counts[new ChannelId("@alpha")], counts[new ChannelId("@beta")]));
        var told = await claims.OfAsync(1);
        Assert.Equal(["target 1 hit", "stop hit", "+2.4 %"], told.Select(claim => claim.Claim));
        Assert.Equal([ClaimVerdict.True, ClaimVerdict.False, ClaimVerdict.True], told.Select(claim => claim.Verdict));
        Assert.Equal(DecisionOutcome.Denied, (await new TradeQueries(desk.Folder).FindAsync(2))!.Decision.Outcome);
    }

    [Fact]
    public void Restart_KeepsWhatWasTouched_AndCallsNothingFalseThatMayHaveHappenedMeanwhile()
    {
        var before = "";
        using (var desk = BusyRun.Desk(_folder.Path, _parser))
        {
            Play(desk);
            before = DomainJson.Write(desk.State.Watched[1] with { Gap = null });
        }

        using var second = BusyRun.Desk(_folder.Path, _parser);
        Assert.Equal(before, DomainJson.Write(second.State.Watched[1] with { Gap = null }));
        Assert.All(second.State.Watched.Values, signal => Assert.NotNull(signal.Gap));
        second.Start();
        BusyRun.Flat(second, 1010m);
        second.Post(Claim(UpdateAction.TargetHit, target: 2), replyTo: 1);
        Assert.Equal(ClaimVerdict.Unknown, second.Collected.Commits.SelectMany(commit => commit.Changes.Claims).Single().Checked.Verdict);
    }

    [Fact]
    public void Restart_OfARecordedMarket_LeavesNoGap()
    {
        using (var desk = BusyRun.Desk(_folder.Path, _parser))
            Play(desk);
        using var data = DataFolder.Open(_folder.Path);
        var state = new EngineStateStore(data).Load(BusyRun.Settings.RememberFinishedFor);
        _ = new TradingEngine(state, BusyRun.Settings with { PricesWaitForUs = true }, _parser, new ExchangeCapabilities(HoldsStops: true));
        Assert.Equal(2, state.Watched.Count);
        Assert.All(state.Watched.Values, signal => Assert.Null(signal.Gap));
    }

    [Fact]
    public void CommittedEvents_ReplayedWithNothingElse_GiveTheSameExtremesAndVerdicts()
    {
        using var desk = BusyRun.Desk(_folder.Path, _parser);
        Play(desk);
        var engine = new TradingEngine(new EngineState(), BusyRun.Settings, _parser, new ExchangeCapabilities(HoldsStops: true));
        foreach (var commit in desk.Collected.Commits)
        {
            foreach (var quote in commit.QuotesBefore)
                engine.Handle(new EngineEvent.QuoteReceived(quote) { At = quote.Time });
            engine.Handle(commit.Event);
            Assert.Equal(DomainJson.Write(commit.Changes.Watched), DomainJson.Write(engine.Changes.Watched));
            Assert.Equal(DomainJson.Write(commit.Changes.Claims), DomainJson.Write(engine.Changes.Claims));
        }

        Assert.Equal(DomainJson.Write(desk.State.Watched), DomainJson.Write(engine.State.Watched));
        Assert.True(desk.Collected.Commits.Sum(commit => commit.Changes.Watched.Count) > 8);
    }

    /// <summary>The same run with and without claims places the same orders: they have no effect on trading.</summary>
    [Fact]
    public void Claims_ChangeNothingThatIsTraded()
    {
        using var desk = BusyRun.Desk(_folder.Path, _parser);
        Play(desk);
        using var other = new TemporaryFolder();
        using var without = BusyRun.Desk(other.Path, new ScriptedParser());
        Play(without, withClaims: false);
        Assert.Equal(Orders(without), Orders(desk));
        Assert.NotEmpty(Orders(desk));
        Assert.Equal(without.State.Wallet, desk.State.Wallet);

        static string[] Orders(StoredDesk desk) => [.. desk.State.Orders.Values.Select(order => $"{order.Id} {order.Intent.Kind} {order.Intent.Quantity} {order.State.Phase}")];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A long that reaches its first target, and the same idea in another channel, which is denied as a repetition.</summary>
    private static void Play(StoredDesk desk, bool withClaims = true)
    {
        desk.Start();
        BusyRun.Flat(desk, 1000m);
        desk.Post(BusyRun.Long(980m, 1020m, 1100m), id: 1);
        desk.Post(BusyRun.Long(980m, 1020m, 1100m), channel: "@beta", id: 1);
        BusyRun.Flat(desk, 1000m);
        desk.Minute(1000m, 1024m, 995m, 1010m);
        if (!withClaims)
            return;
        desk.Post(Claim(UpdateAction.TargetHit, target: 1), id: 5, replyTo: 1);
        desk.Post(Claim(UpdateAction.TargetHit, target: 1), id: 6, replyTo: 5);
        desk.Post(Claim(UpdateAction.StopHit), id: 7, replyTo: 1);
        desk.Post(Claim(UpdateAction.Other, percent: 2.4m), id: 8, replyTo: 1);
        desk.Post(Claim(UpdateAction.TargetHit, target: 1), channel: "@beta", id: 5, replyTo: 1);
        desk.Post(Claim(UpdateAction.Other, percent: 240m, leverage: 20m), channel: "@beta", id: 6, replyTo: 1);
    }

    private static ParseResult Claim(UpdateAction action, int? target = null, decimal? percent = null, decimal? leverage = null) => new ParseResult.Update(
        new ParsedUpdate { Action = action, TargetIndex = target, ClaimedPercent = percent, ClaimedLeverage = leverage }) { Confidence = 0.9 };
}
