using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Lets our books follow when a position of ours was closed at the exchange by hand, wholly or in part. One report is not believed: it may be older than
/// the latest fill, and a fill may be missing in it. Two that agree, with nothing of ours in between that could explain it, are.
/// </summary>
internal sealed class OutsideCloses(EngineContext context, FillHandler fills)
{
    // As old as a report may be when it gets here.
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(5);

    // After a start prices come within seconds; of a symbol that is not listed any more none comes.
    private static readonly TimeSpan WithoutPriceAfter = TimeSpan.FromMinutes(10);

    private readonly Dictionary<Symbol, (PositionDifference Difference, Instant SeenAt)> _seen = [];

    /// <summary>Something of ours is missing and the next report is to say whether it is.</summary>
    public bool AreInQuestion { get; private set; }

    /// <summary>Compares with what the report before said, and books what both say.</summary>
    /// <param name="report">What the exchange says.</param>
    /// <param name="differences">All differences between it and our books.</param>
    /// <param name="isWhole">It tells of every order that could explain a difference.</param>
    public void Look(AccountReport report, IReadOnlyList<PositionDifference> differences, bool isWhole)
    {
        foreach (var (symbol, seen) in _seen.ToArray())
            if (!differences.Contains(seen.Difference))
                _seen.Remove(symbol);
        AreInQuestion = false;
        foreach (var difference in differences.Where(difference => IsClosing(report, difference)))
        {
            AreInQuestion = true;
            // One that agrees and does not tell of all orders neither counts nor takes away: the wider question follows it.
            if (!isWhole)
                continue;
            if (MayHideFills(report, difference.Symbol))
                _seen.Remove(difference.Symbol);
            else if (!_seen.TryGetValue(difference.Symbol, out var seen))
                _seen.Add(difference.Symbol, (difference, context.Now));
            else if (context.Now - seen.SeenAt >= (context.State.Market(difference.Symbol).Quote is null ? WithoutPriceAfter : ConfirmAfter))
                Close(report.Account, difference);
        }
    }

    /// <summary>Less of ours; nothing of it where the exchange has the other side. With both sides held, here or there, nobody can say of which it was taken.</summary>
    private bool IsClosing(AccountReport report, PositionDifference difference) =>
        difference.MissingPart != 0m
        && Holders(report.Account, difference.Symbol).Select(trade => trade.Side).Distinct().Count() == 1
        && report.Positions.Where(position => position.Symbol == difference.Symbol && !position.Quantity.IsZero).Select(position => position.Side).Distinct().Count() <= 1;

    /// <summary>An order of ours in the symbol may have been filled without the report, or us, knowing of it.</summary>
    /// <param name="report">What the exchange says.</param>
    /// <param name="symbol">Null for any.</param>
    public bool MayHideFills(AccountReport report, Symbol? symbol = null)
    {
        var filled = report.Orders.Where(reported => reported.IsFilled).Select(reported => reported.Id).ToHashSet();
        return context.State.Orders.Values.Any(order => order.Intent.Account == report.Account && (symbol is null || order.Intent.Symbol == symbol)
            && (order.InDoubt
                // An order at the market fills at once: where it is still said to be working, its fills are on their way.
                || order.IsLive && (order.State is not OrderState.Working || order.Intent.Kind is OrderKind.Market)
                || !order.Remaining.IsZero && filled.Contains(order.Id)
                // The report may have been written before this fill.
                || !order.Filled.IsZero && context.Now - order.ChangedAt < ConfirmAfter));
    }

    private void Close(AccountId account, PositionDifference difference)
    {
        _seen.Remove(difference.Symbol);
        AreInQuestion = false;
        var missing = new Quantity(Math.Abs(difference.MissingPart));
        // First in, first out, as exchanges net.
        foreach (var trade in Holders(account, difference.Symbol))
        {
            var part = Quantity.Smaller(missing, trade.OpenQuantity);
            if (part.IsZero)
                return;
            missing -= part;
            // Without a price the entry's stands for it; what it brought is in the wallet in any case.
            fills.OnClosedOutside(trade, part, context.State.Market(difference.Symbol).Quote?.ExitPrice(trade.Side) ?? trade.Position!.AverageEntry);
        }
    }

    private Trade[] Holders(AccountId account, Symbol symbol) =>
        [.. context.State.ActiveTrades.Where(trade => trade.Account == account && trade.Instrument.Symbol == symbol && !trade.OpenQuantity.IsZero)];
}
