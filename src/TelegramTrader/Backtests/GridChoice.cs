using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Backtests;

/// <summary>The combinations of a grid that are tried: all of them, or some by chance.</summary>
/// <param name="Grid">Where they are from.</param>
/// <param name="Skipped">So many were left out because their values do not fit each other.</param>
/// <param name="Trouble">Why the first of those was; or empty.</param>
internal sealed record GridChoice(ParameterGrid Grid, IReadOnlyList<IReadOnlyDictionary<string, decimal>> Combinations, int Skipped, string Trouble)
{
    /// <param name="random">How many are drawn, none twice; null: all.</param>
    /// <param name="seed">The same draws the same.</param>
    /// <returns>Null with what is wrong.</returns>
    public static (GridChoice? Choice, string Trouble) Of(StrategyKind kind, IReadOnlyList<string> texts, int? random, int seed)
    {
        var (grid, trouble) = ParameterGrid.Of(texts);
        if (grid is null)
            return (null, trouble);
        (var numbers, trouble) = random is { } count && count < grid.Count ? (Drawn(grid, count, seed), "") : grid.All();
        if (numbers is null)
            return (null, trouble);
        var combinations = new List<IReadOnlyDictionary<string, decimal>>();
        string? misfit = null;
        foreach (var number in numbers)
        {
            (var values, trouble) = kind.Complete(grid.At(number));
            if (values is null)
                return (null, trouble);
            if (kind.Misfit(values) is { } unfit)
                misfit ??= unfit;
            else
                combinations.Add(values);
        }

        return combinations.Count == 0 ? (null, misfit!) : (new GridChoice(grid, combinations, numbers.Count - combinations.Count, misfit ?? ""), "");
    }

    /// <summary>Floyd's way: as many steps as are drawn, however large the grid. Bentley and Floyd, "A Sample of Brilliance", Communications of the ACM 1987.</summary>
    private static IReadOnlyList<long> Drawn(ParameterGrid grid, int count, int seed)
    {
        var random = new Random(seed);
        var drawn = new HashSet<long>();
        for (var last = grid.Count - count; last < grid.Count; last++)
            if (!drawn.Add(random.NextInt64(last + 1)))
                drawn.Add(last);
        return [.. drawn.Order()];
    }
}
