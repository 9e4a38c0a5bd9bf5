using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// What a price may set off: a trailing stop that follows, entries that are withdrawn because target or stop came first, a stop that the engine
/// itself watches, a loss limit. The path of a quote that sets off nothing makes no garbage.
/// </summary>
internal sealed class QuoteHandler(EngineContext context, ExitOrders exits, WatchedStops watched, LossLimits losses)
{
    private readonly List<int> _touched = [];

    /// <returns>False when the price is older than one that was seen: it is left aside.</returns>
    public bool OnQuote(Quote quote)
    {
        var market = context.State.Market(quote.Symbol);
        if (market.Quote is { } last && quote.Time < last.Time)
            return false;
        market.Quote = quote;
        var watches = market.Watches;
        if (watches.Count == 0)
            return true;
        var hasPosition = false;
        for (var index = 0; index < watches.Count; index++)
        {
            var watch = watches[index];
            hasPosition |= watch.HasPosition;
            if (IsTouched(watch, quote))
                _touched.Add(watch.Trade.Number);
        }

        if (_touched.Count > 0)
        {
            foreach (var number in _touched)
                Act(number, quote);
            _touched.Clear();
        }

        if (hasPosition)
            losses.Check();
        return true;
    }

    public void OnCandle(Symbol symbol, Candle candle)
    {
        var market = context.State.Market(symbol);
        market.LastCandle = candle;
        foreach (var trade in market.Watches.Select(watch => watch.Trade).Where(trade => trade.Exits.StopOnCandleClose && !trade.OpenQuantity.IsZero).ToArray())
            if (!trade.Side.IsBetterExit(candle.Close, trade.Exits.Stop.Price))
                LeaveAtStop(trade);
    }

    private bool IsTouched(TradeWatch watch, in Quote quote)
    {
        var trade = watch.Trade;
        if (watch.WatchesEntry)
        {
            var exit = quote.ExitPrice(trade.Side);
            return !trade.Side.IsBetterExit(exit, trade.Exits.Stop.Price) || watch.FirstTarget is { } target && !trade.Side.IsBetterExit(target, exit);
        }

        if (!watch.HasPosition)
            return false;
        return trade.Exits.Trailing is not null
            || watch.WantsBreakeven && trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), watch.AverageEntry)
            || watch.ConcernsSpotExits(quote)
            || trade.UnwatchedSince is not null
            || watched.IsPassed(trade, quote);
    }

    private void Act(int number, in Quote quote)
    {
        var trade = context.State.Trades[number];
        if (trade.UnwatchedSince is not null)
        {
            watched.OnSeen(number, quote);
            trade = context.State.Trades[number];
        }

        if (watched.IsPassed(trade, quote))
        {
            watched.Leave(trade);
            return;
        }

        // Until the account has been read it is not known what is there to move.
        if (!context.State.IsReconciled)
            return;
        if (trade.Stage == TradeStage.Waiting)
        {
            var stopFirst = !trade.Side.IsBetterExit(quote.ExitPrice(trade.Side), trade.Exits.Stop.Price);
            context.Save(trade with { EntriesClosed = stopFirst ? "the stop was reached before the entry" : "target 1 was reached before the entry" });
            exits.Sync(number);
            return;
        }

        var exitPrice = quote.ExitPrice(trade.Side);
        if (StopMoves.WantsBreakeven(trade) && StopMoves.ToEntry(context, trade, StopReason.Breakeven, out var atEntry))
        {
            context.Save(atEntry);
            exits.Sync(number);
            trade = context.State.Trades[number];
        }

        if (!trade.Instrument.Symbol.IsPerpetual && !exits.IsWatchedByEngine(trade))
        {
            if (exits.Spot.IsBeyondStop(trade, exitPrice))
            {
                LeaveAtStop(trade);
                return;
            }

            if (exits.Spot.Swap(trade, exitPrice))
            {
                exits.Sync(number);
                trade = context.State.Trades[number];
            }
        }

        if (trade.Exits.Trailing?.Follow(trade.Side, trade.Position!.AverageEntry, exitPrice, trade.Exits.Stop.Price, trade.Instrument) is not { } level)
            return;
        if (!StopMoves.To(context, trade, level, StopReason.Trailing, out var moved))
            return;
        context.Save(moved);
        exits.Sync(number);
    }

    private void LeaveAtStop(Trade trade)
    {
        if (trade.Exit is { Everything: true })
            return;
        context.Save(trade with { Exit = trade.LeavingFor(ExitReasons.When(trade.Exits.Stop.Reason)) });
        exits.Sync(trade.Number);
    }
}
