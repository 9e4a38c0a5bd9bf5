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
                Require(order.Filled <= order.Intent.Quantity || order.Filled <= order.Change?.To.Quantity, $"{order.Id} filled {order.Filled} of {order.Intent.Quantity}. {story}");
        }

        Require(engine.Outputs.OfType<EngineOutput.AskAccount>().GroupBy(ask => ask.Account).All(asks => asks.Count() == 1), $"one event asked the exchange twice. {story}");
        var placed = engine.Outputs.OfType<EngineOutput.Place>().Select(output => output.Order.Intent).ToArray();
        Require(placed.Select(intent => intent.Id).Distinct().Count() == placed.Length, $"one event placed an id twice. {story}");
        CheckAmends(engine, story);
        foreach (var intent in placed)
            Require(engine.State.Orders[intent.Id].State is OrderState.Intended, $"{intent.Id} was placed and is not written down as intended. {story}");
    }

    /// <summary>
    /// Where the exchange holds no stops: after a price, and whenever time has passed, every position that the latest price has beyond its stop is being left, wholly. A price that is
    /// too old to act on is none, and before the account was read nothing has to be.
    /// </summary>
    public static void CheckWatched(TradingEngine engine, EngineEvent handled, object? story = null)
    {
        if (engine.HoldsStops || !engine.State.IsReconciled || handled is not (EngineEvent.QuoteReceived or EngineEvent.TimePassed))
            return;
        foreach (var trade in engine.State.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero && !trade.Exits.StopOnCandleClose && trade.Exit is not { Everything: true }))
            if ((handled as EngineEvent.QuoteReceived)?.Quote.Symbol is not { } symbol || symbol == trade.Instrument.Symbol)
                Require(
                    engine.State.Market(trade.Instrument.Symbol).Quote is not { } quote || engine.State.Now - quote.Time > TimeSpan.FromMinutes(2) || trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), trade.Exits.Stop.Price),
                    $"#{trade.Number} is beyond its stop {trade.Exits.Stop.Price}, which nobody else holds, and is not being left. {story}");
    }

    private static void CheckAmends(TradingEngine engine, object? story)
    {
        var amends = engine.Outputs.OfType<EngineOutput.Amend>().ToArray();
        Require(amends.Select(amend => amend.OrderId).Distinct().Count() == amends.Length, $"one event changed an order twice. {story}");
        foreach (var amend in amends)
        {
            var order = engine.State.Orders[amend.OrderId];
            var instrument = engine.State.Trades[order.Intent.TradeNumber].Instrument;
            Require(order is { State: OrderState.Working, Filled.IsZero: true, Intent.Kind: OrderKind.StopMarket, Change.IsLost: false } && order.Change.To == amend.Change, $"{amend} is not written down, or of no stop that stands. {story}");
            Require(!instrument.Symbol.IsPerpetual && instrument.AmendsStops && instrument.IsOnTick(amend.Change.Trigger) && instrument.ClearsMinimums(amend.Change.Trigger, amend.Change.Quantity), $"{amend} can't be accepted. {story}");
            Require(amend.Change.Trigger != order.Intent.Kind.NamedPrice || amend.Change.Quantity != order.Intent.Quantity, $"{amend} changes nothing. {story}");
        }
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
