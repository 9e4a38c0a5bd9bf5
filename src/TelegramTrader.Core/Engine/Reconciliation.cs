using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>How the position in one symbol differs between our books and the exchange.</summary>
public enum PositionDifferenceKind
{
    /// <summary>We hold one, the exchange has none: closed by somebody else, or fills are still on their way.</summary>
    Gone,

    /// <summary>The exchange has less of it, on the same side.</summary>
    Smaller,

    /// <summary>The exchange has more of it, on the same side; the surplus is foreign.</summary>
    Larger,

    /// <summary>The exchange has one where we have none.</summary>
    Foreign,

    /// <summary>The exchange has one on the other side: ours is gone, and all of theirs is foreign.</summary>
    Opposite,
}

/// <param name="Ours">What our books say, in the instrument's quantity unit; positive is long, negative short.</param>
/// <param name="Theirs">What the exchange says, likewise.</param>
public sealed record PositionDifference(Symbol Symbol, PositionDifferenceKind Kind, decimal Ours, decimal Theirs)
{
    /// <summary>The part at the exchange that is not ours, signed like the position; zero when it has nothing but ours.</summary>
    public decimal ForeignPart => Kind switch
    {
        PositionDifferenceKind.Larger => Theirs - Ours,
        PositionDifferenceKind.Foreign or PositionDifferenceKind.Opposite => Theirs,
        _ => 0m,
    };

    /// <summary>The part of ours that the exchange does not have, signed like our position.</summary>
    public decimal MissingPart => Kind switch
    {
        PositionDifferenceKind.Smaller => Ours - Theirs,
        PositionDifferenceKind.Gone or PositionDifferenceKind.Opposite => Ours,
        _ => 0m,
    };

    public override string ToString() => $"{Symbol}: our books say {Signed(Ours)}, the exchange says {Signed(Theirs)}";

    private static string Signed(decimal quantity) =>
        quantity == 0m ? "nothing" : $"{(quantity > 0m ? "long" : "short")} {new Quantity(Math.Abs(quantity))}";
}

/// <param name="Since">The first of the reports in a row that say so.</param>
public sealed record SeenDifference(PositionDifference Difference, Instant Since);

/// <summary>
/// What of our books is not as an exchange reports it. Pure: it decides nothing and changes nothing. For every symbol it holds that
/// <list type="number">
/// <item>there is at most one difference, and none where both sides agree;</item>
/// <item>our part less what is missing, and the foreign part, together are what the exchange reports;</item>
/// <item>the foreign part is never larger than the position at the exchange, and never on its other side;</item>
/// <item>the missing part is never larger than ours, and never on its other side;</item>
/// <item>trades and positions of other accounts, and trades without a position, do not count;</item>
/// <item>on spot, only less than what our orders could sell is a difference: coins that were there before, and rests below the step, are nobody's business.</item>
/// </list>
/// The order of trades and of reported positions does not matter; the differences are ordered by symbol.
/// </summary>
public static class Reconciliation
{
    public static IReadOnlyList<PositionDifference> ComparePositions(IEnumerable<Trade> trades, AccountReport report)
    {
        var ours = trades.Where(trade => trade.Account == report.Account && !trade.OpenQuantity.IsZero)
            .GroupBy(trade => trade.Instrument.Symbol)
            .ToDictionary(group => group.Key, group => group.Sum(trade => trade.Side.Sign() * trade.ClosableQuantity.Value));
        var theirs = Holdings(report);
        return
        [
            .. ours.Keys.Union(theirs.Keys).Order()
                .Select(symbol => (Symbol: symbol, Ours: ours.GetValueOrDefault(symbol), Theirs: HeldOf(symbol, theirs, report)))
                .Where(both => both.Symbol.IsPerpetual ? both.Ours != both.Theirs : both.Theirs < both.Ours)
                .Select(both => new PositionDifference(both.Symbol, KindOf(both.Ours, both.Theirs), both.Ours, both.Theirs)),
        ];
    }

    /// <summary>What the exchange holds by symbol; positive is long, negative short.</summary>
    public static IReadOnlyDictionary<Symbol, decimal> Holdings(AccountReport report) =>
        report.Positions.GroupBy(position => position.Symbol)
            .ToDictionary(group => group.Key, group => group.Sum(position => position.Side.Sign() * position.Quantity.Value));

    /// <summary>What the exchange holds in one symbol: of its coin on a spot account, else of its position.</summary>
    public static decimal HeldOf(Symbol symbol, IReadOnlyDictionary<Symbol, decimal> holdings, AccountReport report) =>
        !symbol.IsPerpetual && report.Coins is { } coins ? coins.GetValueOrDefault(symbol.Base) : holdings.GetValueOrDefault(symbol);

    private static PositionDifferenceKind KindOf(decimal ours, decimal theirs)
    {
        if (ours == 0m)
            return PositionDifferenceKind.Foreign;
        if (theirs == 0m)
            return PositionDifferenceKind.Gone;
        if (Math.Sign(ours) != Math.Sign(theirs))
            return PositionDifferenceKind.Opposite;
        return Math.Abs(theirs) < Math.Abs(ours) ? PositionDifferenceKind.Smaller : PositionDifferenceKind.Larger;
    }
}
