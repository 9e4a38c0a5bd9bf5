using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Orders;

/// <summary>What a pair (OCO) was is what its executions say.</summary>
public sealed class PairTests
{
    [Theory]
    // Limit 110, trigger 90. At the limit or better it is the target.
    [InlineData(OrderSide.Sell, 110, true)]
    [InlineData(OrderSide.Sell, 111, true)]
    [InlineData(OrderSide.Sell, 109.9, false)]
    [InlineData(OrderSide.Sell, 90, false)]
    [InlineData(OrderSide.Sell, 85, false)]
    // Limit 110 to buy, trigger 130.
    [InlineData(OrderSide.Buy, 110, true)]
    [InlineData(OrderSide.Buy, 109, true)]
    [InlineData(OrderSide.Buy, 110.1, false)]
    public void ActedAt_OfAPair_IsTheTargetAtTheLimitOrBetter(OrderSide side, decimal price, bool isTarget)
    {
        var pair = Pair(side).Intent;
        var (purpose, kind) = pair.ActedAt(Some.Price(price));
        Assert.Equal(isTarget ? new OrderPurpose.Target(2) : new OrderPurpose.Stop(), purpose);
        Assert.Equal(isTarget ? new OrderKind.Limit(Some.Price(110m)) : new OrderKind.StopMarket(((OrderKind.OneCancelsOther)pair.Kind).Trigger), kind);
    }

    [Fact]
    public void ActedAt_OfAnyOtherOrder_IsWhatItIs()
    {
        var limit = Pair(OrderSide.Sell).Intent with { Kind = new OrderKind.Limit(Some.Price(110m)) };
        Assert.Equal((limit.Purpose, limit.Kind), limit.ActedAt(Some.Price(90m)));
    }

    [Theory]
    // executed at; as ordered, by the stop; whole, fired, stands for the stop
    [InlineData("", 0, 0, true, false, true)]
    [InlineData("2@110", 2, 0, false, false, false)]
    [InlineData("2@89", 0, 2, false, true, true)]
    [InlineData("2@89 1@88", 0, 3, false, true, true)]
    [InlineData("2@89 1@112", 1, 2, false, true, true)]
    public void WithFill_OfAPair_KeepsTheTwoApart(string fills, decimal asOrdered, decimal byStop, bool isWhole, bool hasFired, bool isStop)
    {
        var order = fills.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(fill => fill.Split('@')).Aggregate(Pair(OrderSide.Sell), (pair, fill) =>
            pair.WithFill(new(decimal.Parse(fill[0], System.Globalization.CultureInfo.InvariantCulture)), Some.Price(decimal.Parse(fill[1], System.Globalization.CultureInfo.InvariantCulture)), Some.Time));
        Assert.Equal((asOrdered, byStop, 5m - asOrdered - byStop), (order.FilledAsOrdered.Value, order.FilledByStop.Value, order.Remaining.Value));
        Assert.Equal((isWhole, hasFired, isStop), (order.IsWholePair, order.IsFiredPair, order.IsStop));
    }

    private static Order Pair(OrderSide side) => new()
    {
        Intent = new OrderIntent
        {
            Id = new ClientOrderId("test"), Account = Some.Account, Symbol = Some.Btc, Side = side, Kind = new OrderKind.OneCancelsOther(Some.Price(110m), Some.Price(side == OrderSide.Sell ? 90m : 130m)),
            Quantity = new(5m), ReduceOnly = true, TradeNumber = 1, Purpose = new OrderPurpose.Target(2),
        },
        State = new OrderState.Working("1"),
        CreatedAt = Some.Time,
        ChangedAt = Some.Time,
    };
}
