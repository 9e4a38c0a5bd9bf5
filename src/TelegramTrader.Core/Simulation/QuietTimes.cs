using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Simulation;

/// <summary>How much of a candle matters.</summary>
public enum Quiet
{
    /// <summary>Something of ours may be met: it is walked through.</summary>
    Not,

    /// <summary>The engine looks at the symbol's prices, but none of this candle sets anything off: it hears the close.</summary>
    Passed,

    /// <summary>Nobody looks at the symbol.</summary>
    Asleep,
}

/// <summary>
/// Tells at which candles nothing can happen, for runs over long recordings: no order or position at the exchange, no unfinished trade in the engine, and no price at which a
/// watched signal moves on. To pass over such candles changes nothing that comes of a run; only the steps are counted differently, so a stored run can't use it.
/// </summary>
public sealed class QuietTimes(EngineState state, SimulatedExchange exchange, SimulationSettings settings)
{
    /// <summary>No trade, no order, and no signal that is watched: the next thing to happen is a post.</summary>
    public bool NothingIsOpen => !exchange.IsBusy && state.Markets.Values.All(market => market.Watches.Count == 0 && market.SignalWatches.Count == 0);

    public Quiet Of(Symbol symbol, Candle candle)
    {
        if (exchange.IsBusyIn(symbol))
            return Quiet.Not;
        if (!state.Markets.TryGetValue(symbol, out var market) || market.Watches.Count == 0 && market.SignalWatches.Count == 0)
            return Quiet.Asleep;
        if (market.Watches.Count > 0)
            return Quiet.Not;
        var (low, high) = (QuoteAt(candle.Low, market, candle), QuoteAt(candle.High, market, candle));
        foreach (var watch in market.SignalWatches)
            if (watch.IsTouched(low) || watch.IsTouched(high))
                return Quiet.Not;
        return Quiet.Passed;
    }

    private Quote QuoteAt(Price price, MarketState market, Candle candle) => PricePoint.OfTrade(price.Value, settings.Spread).ToQuote(market.Instrument!, candle.OpenTime);
}
