using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>How the price moved around a post, in the direction of its signal: positive is what a follower would have liked to have.</summary>
/// <param name="Before">Over the span before the post, as a fraction; what was known when it was posted.</param>
/// <param name="InUsualMoves">
/// The same over the root of the mean square of all moves of that length in the seven days before; null with fewer than 24 of them. A pump, or a channel that posts after the fact, shows here.
/// </param>
/// <param name="After">Over the same span after the post; null where the prices end before.</param>
public sealed record PriceMove(double Before, double? InUsualMoves, double? After)
{
    private const int LeastMoves = 24;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <returns>Null when the price at the post, or that before it, is not known.</returns>
    public static PriceMove? Around(Instant post, TradeSide side, TimeSpan span, SymbolPrices prices)
    {
        if (prices.CloseAt(post) is not { } now || prices.CloseAt(post - span) is not { } earlier || now <= 0 || earlier <= 0)
            return null;
        var sign = (double)side.Sign();
        // What is usual ends where the move in question begins.
        var usual = prices.Changes(post - span, span, (int)(Week / span));
        var size = usual.Count < LeastMoves ? 0 : Math.Sqrt(usual.Sum(change => change * change) / usual.Count);
        return new PriceMove(sign * (now / earlier - 1), size > 0 ? sign * Math.Log(now / earlier) / size : null, prices.CloseAt(post + span) is { } later ? sign * (later / now - 1) : null);
    }
}

/// <summary>The moves around all signals of a channel.</summary>
/// <param name="Signals">With known prices.</param>
/// <param name="MedianBefore">As a fraction.</param>
/// <param name="MedianInUsualMoves">Null where none could be measured.</param>
/// <param name="Measured">Signals whose move is known in usual moves.</param>
/// <param name="Moved">Of these so many had moved far in their own direction before they were posted.</param>
/// <param name="MedianAfter">As a fraction; null where none is known.</param>
public sealed record MoveFigures(int Signals, double MedianBefore, double? MedianInUsualMoves, int Measured, int Moved, double? MedianAfter)
{
    /// <returns>Null without a single known move.</returns>
    internal static MoveFigures? Of(IReadOnlyCollection<PriceMove> moves, double movedAt)
    {
        if (moves.Count == 0)
            return null;
        var usual = moves.Select(move => move.InUsualMoves).OfType<double>().ToArray();
        return new MoveFigures(moves.Count, Middle(moves.Select(move => move.Before))!.Value, Middle(usual), usual.Length, usual.Count(move => move >= movedAt), Middle(moves.Select(move => move.After).OfType<double>()));
    }

    private static double? Middle(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } row ? Median.Of(row) : null;
}
