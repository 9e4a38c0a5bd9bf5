using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Support;

/// <summary>What must hold after every event of a spot trade: never more sold than is held, and every coin under a stop, under the target that took its place, or known to be without.</summary>
internal static class SpotInvariants
{
    public static void Check(TradingEngine engine, Trade trade, object? story = null)
    {
        var sales = engine.State.OrdersOf(trade.Number).Where(order => order.IsLive && order.Intent.ReduceOnly).ToArray();
        var placed = engine.Outputs.OfType<EngineOutput.Place>().Where(output => output.Order.Intent.TradeNumber == trade.Number && output.Order.Intent.ReduceOnly).ToArray();
        var locked = sales.Sum(order => order.Remaining.Value);
        // Coins may vanish by somebody else's hand; but nothing is placed that is more than is held, counting what may still be there.
        Assert.True(placed.Length == 0 || locked <= trade.ClosableQuantity.Value, $"#{trade.Number} sells {locked} of {trade.ClosableQuantity}. {story}");
        foreach (var output in placed)
            Assert.True(trade.Instrument.IsOnStep(output.Order.Intent.Quantity) && output.Order.Intent.Quantity >= trade.Instrument.MinimumQuantity, $"{output.Order.Intent.Id} of {output.Order.Intent.Quantity} can't be accepted. {story}");
        // A pair with nothing executed has its trigger; one executed below its limit has fired.
        static bool HasItsStop(Order order) => order.Intent.Kind is OrderKind.OneCancelsOther && (order.Filled.IsZero || !order.FilledByStop.IsZero);
        if (trade.OpenQuantity.IsZero || trade.Exits.StopOnCandleClose || !engine.HoldsStops)
            return;
        var held = sales.Where(order => order.State is OrderState.Working
            && (order.Intent.Purpose is OrderPurpose.Stop || HasItsStop(order) || order.Intent.Purpose is OrderPurpose.Target { Number: var target } && target == trade.TargetAtExchange)).Sum(order => order.Remaining.Value);
        var uncovered = Math.Max(0m, trade.ClosableQuantity.Value - held);
        Assert.True(
            trade.UnprotectedSince is not null || !trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, new Quantity(uncovered)),
            $"#{trade.Number} has {uncovered} of {trade.ClosableQuantity} without a stop, and nobody noted it. {story}");
        Assert.True(
            trade.TargetAtExchange is not null || sales.All(order => order.Intent.Purpose is not OrderPurpose.Target || HasItsStop(order) || order.State is OrderState.CancelRequested),
            $"#{trade.Number} has a target at the exchange that nobody gave the place of the stop. {story}");
        foreach (var output in placed)
            if (output.Order.Intent.Kind is OrderKind.OneCancelsOther pair)
                Assert.True(
                    trade.Instrument.HoldsPairs && !trade.PairRefused && pair.Limit > pair.Trigger && trade.Instrument.ClearsMinimums(pair.Trigger, output.Order.Intent.Quantity),
                    $"#{trade.Number} must not have the pair {output.Order.Intent}. {story}");
        Assert.True(sales.Count(order => order.Intent.Kind is OrderKind.OneCancelsOther && order.State is not OrderState.CancelRequested && order.Filled.IsZero) <= 1, $"#{trade.Number} has two pairs. {story}");
    }
}
