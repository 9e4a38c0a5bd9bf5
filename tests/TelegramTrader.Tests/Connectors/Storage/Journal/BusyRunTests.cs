using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Journal;

/// <summary>The run that other tests rest on is what it says it is.</summary>
public sealed class BusyRunTests
{
    [Fact]
    public void Play_EndsAsItsSummarySays()
    {
        using var folder = new TemporaryFolder();
        using var desk = BusyRun.Play(BusyRun.Desk(folder.Path, new ScriptedParser()));
        var state = desk.State;
        Assert.Equal([1, 3, 4, 7, 8], state.Trades.Keys);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Target), state.Trades[1].End);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Breakeven), state.Trades[3].End);
        Assert.IsType<TradeEnd.NeverFilled>(state.Trades[4].End);
        Assert.Equal(TradeStage.Open, state.Trades[7].Stage);
        Assert.Equal(1060m, state.Trades[7].Exits.Stop.Price.Value);
        Assert.NotEqual(0m, state.Trades[7].Position!.Funding.Amount);
        Assert.False(state.Trades[7].Position!.Exited.IsZero);
        Assert.Equal(TradeStage.Waiting, state.Trades[8].Stage);
        Assert.Single(state.Alerts);
        Assert.Equal(9, state.NextNumber);
        BusyRun.PlayOn(desk.Start());
        Assert.All(state.Trades.Values, trade => Assert.True(trade.IsFinished));
        Assert.Equal(10, state.NextNumber);
    }
}
