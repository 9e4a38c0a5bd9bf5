using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Backtests;

/// <param name="Workers">Threads, at least 1.</param>
/// <param name="Top">How many of the best are run again exactly.</param>
/// <param name="OutOfSample">Per cent of the bars at the end that are kept apart, 0 to 90.</param>
/// <param name="Random">So many combinations were drawn by chance; null: all.</param>
/// <param name="Windows">Of the walk forward; null: none.</param>
internal sealed record OptimisationOrder(StrategyKind Kind, GridChoice Choice, StrategySettings Settings, int Workers, int Top, int OutOfSample, int? Random, int Seed, int? Windows);

/// <param name="Later">On the bars that were kept apart; null where none were.</param>
internal sealed record RankedCombination(IReadOnlyDictionary<string, decimal> Params, StrategyResult Result, StrategyResult? Later);

/// <param name="Series">The bars on which the choice was made.</param>
/// <param name="Swept">In the order of the combinations.</param>
/// <param name="Took">The sweep alone.</param>
/// <param name="Ranked">The best first.</param>
internal sealed record OptimisationResult(
    OptimisationOrder Order, PriceSeries Series, IReadOnlyList<SweepResult> Swept, TimeSpan Took, IReadOnlyList<RankedCombination> Ranked, OverfittingCheck Check, WalkForwardResult? Walk);

/// <summary>Every combination of a grid, the best of them run again exactly, and whether the best may be luck. The same for the command line and for a job of the chat.</summary>
internal static class Optimisation
{
    public const int MostWindows = 1_000;
    public const int MostOutOfSample = 90;

    /// <summary>Why there are too few bars for the order; null when there are enough.</summary>
    public static string? TroubleWith(OptimisationOrder order, int bars) => order.Windows is { } windows && windows >= Split(order, bars)
        ? string.Create(CultureInfo.InvariantCulture, $"Walking forward over {windows} windows needs at least {windows + 1} bars, but there are {Split(order, bars)}.")
        : null;

    /// <summary>What the progress comes to in the end: bars times combinations.</summary>
    public static long Work(OptimisationOrder order, int bars)
    {
        var split = Split(order, bars);
        return order.Choice.Combinations.Count * (split + WalkForward.BarsLearnt(split, order.Windows ?? 0));
    }

    /// <param name="whole">At least one bar, and enough of them (<see cref="TroubleWith"/>).</param>
    /// <param name="progress">Hears of bars times combinations that are done; from any thread.</param>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    public static OptimisationResult Run(PriceSeries whole, OptimisationOrder order, Action<long>? progress, CancellationToken cancellation)
    {
        var combinations = order.Choice.Combinations;
        var split = Split(order, whole.Count);
        // A per cent of a few bars may be none.
        var (series, later) = split == whole.Count ? (whole, null) : (whole.Part(0, split), whole.Part(split, whole.Count));
        var from = Stopwatch.GetTimestamp();
        var swept = StrategySweep.Run(series, order.Kind, combinations, order.Settings, order.Workers, progress, cancellation);
        var took = Stopwatch.GetElapsedTime(from);
        var best = Enumerable.Range(0, swept.Count).OrderByDescending(index => swept[index].FinalEquity).Take(order.Top).ToArray();
        var ranked = new RankedCombination[best.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = order.Workers, CancellationToken = cancellation, TaskScheduler = TaskScheduler.Current };
        Parallel.For(0, best.Length, options, place => ranked[place] = new RankedCombination(
            combinations[best[place]], order.Kind.Run(series, combinations[best[place]], order.Settings), later is null ? null : order.Kind.Run(later, combinations[best[place]], order.Settings)));
        var walk = order.Windows is { } windows ? WalkForward.Run(series, order.Kind, combinations, order.Settings, windows, order.Workers, progress, cancellation) : null;
        return new OptimisationResult(order, series, swept, took, ranked, OverfittingCheck.Of(swept[best[0]].Daily, [.. swept.Select(result => result.Daily)]), walk);
    }

    private static int Split(OptimisationOrder order, int bars) => bars - (int)((long)bars * order.OutOfSample / 100);
}
