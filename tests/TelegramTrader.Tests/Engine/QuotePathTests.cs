using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>A quote that changes nothing makes no garbage: with positions, a trailing stop, a breakeven that waits, and entries that wait.</summary>
public sealed class QuotePathTests
{
    [Fact]
    public void Handle_QuoteThatChangesNothing_AllocatesNothing()
    {
        var settings = new EngineSettings { Risk = new() { PositionsPerSymbol = 5, PositionsPerChannel = 5, LargestPosition = 5m, TotalExposure = 20m, DuplicateNearness = 0m }, Trailing = null };
        var desk = new PaperDesk(settings);
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        // A plain position, one with a trailing stop, one whose stop waits to go to the entry, and entries that wait.
        desk.Post(Signal(new EntryPlan.AtMarket(null), null, 1100m));
        desk.Minute(1000m, 1000.1m, 1000m, 1000.1m);
        desk.Post(Signal(new EntryPlan.AtMarket(null), new TrailingHint(0.02m, 0m), 1100m));
        desk.Minute(1000.1m, 1000.2m, 1000.1m, 1000.2m);
        desk.Post(Signal(new EntryPlan.AtMarket(null), null, 1020m, 1100m));
        desk.Minute(1000.2m, 1000.2m, 1000.2m, 1000.2m);
        desk.Post(Signal(new EntryPlan.AtLimit(new Price(990m)), null, 1050m));
        desk.Minute(1000.2m, 1000.2m, 1000.2m, 1000.2m);
        Assert.Equal(3, desk.State.ActiveTrades.Count(trade => trade.Stage == TradeStage.Open));
        Assert.Single(desk.State.ActiveTrades, trade => trade.Stage == TradeStage.Waiting);

        var quotes = Enumerable.Range(0, 200).Select(index => (EngineEvent)new EngineEvent.QuoteReceived(
            Some.Quote(1000.2m + index % 3 * 0.1m, 1000.6m, Some.Btc, desk.Now + TimeSpan.FromMilliseconds(index))) { At = desk.Now + TimeSpan.FromMilliseconds(index) }).ToArray();
        // Once for what the runtime makes at first use.
        Assert.All(quotes, quote => Assert.False(desk.Engine.Handle(quote)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var quote in quotes)
            desk.Engine.Handle(quote);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ParseResult Signal(EntryPlan entry, TrailingHint? trailing, params decimal[] targets) => new ParseResult.Signal([new ParsedSignal
    {
        Pair = new PairName("BTC", "USDT"),
        Side = TradeSide.Long,
        Entry = entry,
        Stop = new StopPlan.AtPrice(new Price(950m)),
        Targets = [.. targets.Select(target => new TargetPlan.AtPrice(new Price(target)))],
        Trailing = trailing,
    }]) { Confidence = 1 };
}
