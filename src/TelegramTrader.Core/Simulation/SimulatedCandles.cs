using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Simulation;

/// <summary>Takes the market of a <see cref="SimulatedExchange"/> through candles, one step after another.</summary>
internal sealed class SimulatedCandles(SimulationSettings settings, SimulatedBooks books, SimulatedTrading trading, QuietableSink sink)
{
    public void Begin(IReadOnlyList<(Symbol Symbol, Candle Candle)> candles, Func<Symbol, Candle, IReadOnlyList<Candle>>? finer = null)
    {
        if (books.IsWalking)
            throw new InvalidOperationException("The candles begun before are not walked to their end.");
        if (candles.Count == 0)
            throw new ArgumentException("There are no candles to begin.", nameof(candles));
        books.CandlesBegun = candles[0].Candle.OpenTime;
        foreach (var (symbol, candle) in candles)
        {
            var market = books.Markets[symbol];
            foreach (var order in market.Orders.ToArray())
            {
                var arrives = order.Phase == SimulatedPhase.OnItsWay ? TakesPartAt(order.ArrivesAt, candle) : order.ArrivesAt;
                var cancels = order.CancelArrivesAt is { } cancel ? TakesPartAt(cancel, candle) : (Instant?)null;
                var change = order.Change is { } pending ? pending with { ArrivesAt = TakesPartAt(pending.ArrivesAt, candle) } : null;
                if (arrives != order.ArrivesAt || cancels != order.CancelArrivesAt || change != order.Change)
                    books.Put(market, order with { ArrivesAt = arrives, CancelArrivesAt = cancels, Change = change });
            }

            market.Begin(candle, finer?.Invoke(symbol, candle) ?? []);
            books.Walking.Add(market);
        }

        books.Walking.Sort((left, right) => left.Instrument.Symbol.CompareTo(right.Instrument.Symbol));
    }

    public bool Advance()
    {
        SimulatedMarket? first = null;
        WalkStep next = default;
        foreach (var market in books.Walking)
        {
            var candidate = CandleSteps.Next(market, settings);
            if (first is null || candidate.Time < next.Time)
                (first, next) = (market, candidate);
        }

        if (first is null)
            return false;
        books.Step++;
        books.Clock = next.Time;
        Take(first, next);
        if (first.Walk is { IsDone: true } && !first.BeginNextPart())
            books.Walking.Remove(first);

        return true;
    }

    public void PassBy(Symbol symbol, Candle candle)
    {
        var market = books.Markets[symbol];
        if (market.IsBusy)
            throw new InvalidOperationException($"The candle of {symbol} at {candle.OpenTime} can't be passed by: something of ours may meet it.");
        var point = PricePoint.OfTrade(candle.Close.Value, settings.Spread);
        var quote = point.ToQuote(market.Instrument, new Instant(candle.CloseTime.UnixMilliseconds - 1));
        (market.Point, market.LastVolume, market.LastQuote) = (point, candle.Volume, quote);
        sink.Post(new EngineEvent.QuoteReceived(quote) { At = quote.Time, FeedStep = books.Step });
    }

    private Instant TakesPartAt(Instant arrival, Candle candle) =>
        arrival - settings.Latency > candle.OpenTime ? Instant.Later(arrival, candle.CloseTime) : arrival;

    private void Take(SimulatedMarket market, in WalkStep step)
    {
        var walk = market.Walk!;
        var point = PricePoint.OfTrade(step.Price, settings.Spread);
        market.Point = point;
        market.Walk = walk = step.Kind == WalkStepKind.Vertex ? walk.Reached() : walk with { Price = step.Price, Time = step.Time, IsUnderWay = true };
        var quote = point.ToQuote(market.Instrument, step.Time);
        if (market.LastQuote is not { } last || last.Bid != quote.Bid || last.Ask != quote.Ask || step.Kind is WalkStepKind.Open or WalkStepKind.Vertex)
        {
            // Whoever hears of a fill has seen the price that led to it.
            market.LastQuote = quote;
            sink.Post(new EngineEvent.QuoteReceived(quote) { At = step.Time, FeedStep = books.Step });
        }

        switch (step.Kind)
        {
            case WalkStepKind.Open:
            case WalkStepKind.Vertex:
                break;
            case WalkStepKind.Arrive:
                trading.Arrive(market, step.Order!, point, step.Time);
                break;
            case WalkStepKind.Withdraw:
                trading.Withdraw(market, step.Order!);
                break;
            case WalkStepKind.Amend:
                trading.Amend(market, step.Order!, point);
                break;
            case WalkStepKind.Trigger:
                trading.Trade(market, step.Order!, point, step.Time);
                break;
            case WalkStepKind.Liquidate:
                trading.Liquidate(market, step.Time);
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} is not in the set of steps.");
        }
    }
}
