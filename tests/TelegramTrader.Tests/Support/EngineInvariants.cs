using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Support;

/// <summary>What must hold after every event, whatever came before. Throws where it does not; needs no test framework, so that the long runs use it too.</summary>
internal static class EngineInvariants
{
    public static void Check(TradingEngine engine, object? story = null)
    {
        foreach (var trade in engine.State.Trades.Values)
        {
            var live = engine.State.OrdersOf(trade.Number).Where(order => order.IsLive).ToArray();
            if (!trade.Instrument.Symbol.IsPerpetual)
                SpotInvariants.Check(engine, trade, story);
            Require(!trade.Instrument.Symbol.IsPerpetual || trade.OpenQuantity.IsZero || IsGuarded(engine, trade, live), $"#{trade.Number} has {trade.OpenQuantity} open and neither stop, exit nor flag. {story}");
            Require(trade.Position is null || trade.Stage == TradeStage.Open, $"#{trade.Number} is {trade.Stage} and has a position. {story}");
            foreach (var leg in live.Where(order => order.Intent.Purpose is OrderPurpose.Entry).GroupBy(order => order.Intent.Purpose.Key))
                Require(leg.Count() == 1, $"#{trade.Number} has {leg.Count()} live entries of {leg.Key}. {story}");
            var wanted = live.Where(order => order.State is not OrderState.CancelRequested).ToArray();
            // A pair whose stop has fired is a stop.
            foreach (var target in wanted.Where(order => order.Intent.Purpose is OrderPurpose.Target && !order.IsFiredPair).GroupBy(order => order.Intent.Purpose.Key))
                Require(target.Count() == 1, $"#{trade.Number} has {target.Count()} live orders of {target.Key}. {story}");
            var targets = wanted.Where(order => order.Intent.Purpose is OrderPurpose.Target).Sum(order => order.Remaining.Value);
            Require(targets <= trade.OpenQuantity.Value, $"#{trade.Number} has targets of {targets} and {trade.OpenQuantity} open. {story}");
            Require(wanted.Count(order => order.Intent.Purpose is OrderPurpose.Exit) <= 1, $"#{trade.Number} has two exits under way. {story}");
            foreach (var order in live)
                Require(order.Filled <= order.Intent.Quantity, $"{order.Id} filled {order.Filled} of {order.Intent.Quantity}. {story}");
        }

        Require(engine.Outputs.OfType<EngineOutput.AskAccount>().GroupBy(ask => ask.Account).All(asks => asks.Count() == 1), $"one event asked the exchange twice. {story}");
        var placed = engine.Outputs.OfType<EngineOutput.Place>().Select(output => output.Order.Intent).ToArray();
        Require(placed.Select(intent => intent.Id).Distinct().Count() == placed.Length, $"one event placed an id twice. {story}");
        foreach (var intent in placed)
            Require(engine.State.Orders[intent.Id].State is OrderState.Intended, $"{intent.Id} was placed and is not written down as intended. {story}");
    }

    /// <summary>A working stop for the whole position; or the engine watches it; or its absence is noted with the time, from which alarm and exit follow.</summary>
    private static bool IsGuarded(TradingEngine engine, Trade trade, Order[] live)
    {
        if (trade.Exits.StopOnCandleClose || trade.UnprotectedSince is not null)
            return true;
        var held = live.Where(order => order.Intent.Purpose is OrderPurpose.Stop && order.State is OrderState.Working).Select(order => order.Remaining).DefaultIfEmpty(Quantity.Zero).Max();
        return held >= trade.OpenQuantity || engine.Settings.ProtectionAlarmAfter > TimeSpan.Zero && !engine.HoldsStops;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException(what);
    }
}
