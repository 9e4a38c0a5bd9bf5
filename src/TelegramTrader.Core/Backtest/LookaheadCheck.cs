using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Whether a backtest knows something of the future: it is run again on prices that end earlier, and every fill made before that end must be there and be the same.
/// A backtest that peeks shows trades which nobody could have made.
/// </summary>
/// <param name="Cuts">How often it was run again, each time with another end.</param>
/// <param name="FirstDifference">The last bar that the shortest differing run had; null when all runs agree.</param>
/// <param name="Different">Runs whose fills differ.</param>
public sealed record LookaheadCheck(int Cuts, int Different, int? FirstDifference)
{
    public const int UsualCuts = 10;

    /// <summary>Ends at even distances over the series.</summary>
    /// <param name="whole">Of the run over all bars.</param>
    /// <param name="run">Runs the same over some bars.</param>
    /// <param name="cuts">1 to 1,000; fewer where there are fewer bars.</param>
    /// <exception cref="OperationCanceledException">Cancelled between two runs.</exception>
    public static LookaheadCheck Of(PriceSeries series, StrategyResult whole, Func<PriceSeries, StrategyResult> run, int cuts = UsualCuts, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cuts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cuts, 1_000);
        int[] ends = [.. Enumerable.Range(1, cuts).Select(cut => (int)((long)series.Count * cut / (cuts + 1))).Where(end => end > 0).Distinct()];
        var different = 0;
        int? first = null;
        foreach (var end in ends)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = run(series.Part(0, end));
            if (Fills(whole, end).SequenceEqual(Fills(part, end)))
                continue;
            different++;
            first ??= end - 1;
        }

        return new LookaheadCheck(ends.Length, different, first);
    }

    public static LookaheadCheck Of(
        PriceSeries series, StrategyKind kind, IReadOnlyDictionary<string, decimal> values, StrategySettings settings, StrategyResult whole, CancellationToken cancellationToken = default) =>
        Of(series, whole, part => kind.Run(part, values, settings), UsualCuts, cancellationToken);

    /// <summary>Those before a bar, as bar, price and whether it was bought.</summary>
    private static IEnumerable<(int Bar, decimal Price, bool IsBought)> Fills(StrategyResult result, int before)
    {
        foreach (var trade in result.Open is null ? result.Trades : result.Trades.Append(result.Open))
        {
            if (trade.EntryBar < before)
                yield return (trade.EntryBar, trade.EntryPrice, true);
            if (trade.ExitBar < before)
                yield return (trade.ExitBar.Value, trade.ExitPrice!.Value, false);
        }
    }
}
