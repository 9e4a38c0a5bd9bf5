using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

public sealed class TradingEngineTests
{
    private static TargetPlan Target(decimal price) => new TargetPlan.AtPrice(new Price(price));

    private static StopPlan Stop(decimal price) => new StopPlan.AtPrice(new Price(price));

    [Fact]
    public void MarketSignal_TargetReached_ClosesWithTheProfitOfTheDistance()
    {
        var desk = new PaperDesk();
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), Stop(980m), Target(1040m)));
        desk.Minute(1000m, 1001m, 999m, 1000m);
        Assert.Equal(TradeStage.Open, desk.Trade(1).Stage);
        // 1 % of 10,000 is 100; 20 a unit at risk: 5 units.
        Assert.Equal(5m, desk.Trade(1).OpenQuantity.Value);
        desk.Minute(1000m, 1050m, 1000m, 1045m);
        var trade = desk.Trade(1);
        Assert.Equal(TradeStage.Closed, trade.Stage);
        Assert.Equal(200m, trade.Net.Amount);
        Assert.Equal(2m, trade.RMultiple);
        Assert.Equal(10_200m, desk.Exchange.Wallet.Amount);
        Assert.DoesNotContain(desk.State.Orders.Values, order => order.IsLive);
    }

    [Fact]
    public void LimitSignal_StopReached_LosesTheRiskAndNoMore()
    {
        var desk = new PaperDesk();
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtLimit(new Price(990m)), Stop(970m), Target(1010m), Target(1030m)));
        desk.Minute(1000m, 1001m, 985m, 995m);
        Assert.Equal(5m, desk.Trade(1).OpenQuantity.Value);
        Assert.Equal(3, desk.State.Orders.Values.Count(order => order.State is OrderState.Working));
        desk.Minute(995m, 996m, 960m, 965m);
        Assert.Equal(-100m, desk.Trade(1).Net.Amount);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), desk.Trade(1).End);
        Assert.DoesNotContain(desk.State.Orders.Values, order => order.IsLive);
    }

    [Fact]
    public void TwoTargets_FirstHit_MovesTheStopToTheEntryAndKeepsHalf()
    {
        var desk = new PaperDesk();
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        desk.Post(ScriptedParser.Signal(TradeSide.Short, new EntryPlan.AtMarket(null), Stop(1020m), Target(980m), Target(940m)));
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        desk.Minute(1000m, 1000m, 975m, 976m);
        var trade = desk.Trade(1);
        Assert.Equal(2.5m, trade.OpenQuantity.Value);
        Assert.Equal(new StopLevel(new Price(1000m), StopReason.Breakeven), trade.Exits.Stop);
        var stop = Assert.Single(desk.State.Orders.Values, order => order is { IsLive: true, Intent.Purpose: OrderPurpose.Stop });
        Assert.Equal(2.5m, stop.Intent.Quantity.Value);
        desk.Minute(976m, 1005m, 975m, 1000m);
        Assert.Equal(50m, desk.Trade(1).Net.Amount);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Breakeven), desk.Trade(1).End);
    }
}
