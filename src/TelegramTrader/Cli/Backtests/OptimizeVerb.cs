using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>optimize</c>: every combination of a grid, the best first, each of those run again exactly.</summary>
internal static class OptimizeVerb
{
    private const int UsualTop = 10;

    /// <param name="Top">Null: ten for people, all of them in JSON.</param>
    /// <param name="OutOfSample">Per cent of the bars at the end.</param>
    /// <param name="Random">So many combinations, drawn by chance; null: all.</param>
    /// <param name="Windows">Of the walk forward; null: none.</param>
    public sealed record Order(
        string Strategy, IReadOnlyList<string> Grid, IReadOnlyList<string> Candles, StrategySettings Settings, int Workers, int? Top, int OutOfSample, int? Random, int Seed, int? Windows, bool AsJson,
        ChartFile? Chart);

    /// <param name="Later">On the bars that were kept apart.</param>
    public sealed record Ranked(IReadOnlyDictionary<string, decimal> Params, StrategyResult Result, StrategyResult? Later);

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var kind = StrategyCatalog.Find(order.Strategy)!;
        var (choice, trouble) = GridChoice.Of(kind, order.Grid, order.Random, order.Seed);
        if (choice is null)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCodes.BadArguments;
        }

        var combinations = choice.Combinations;
        if (choice.Skipped > 0)
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Combinations left out because their values do not fit each other: {choice.Skipped}. {choice.Trouble}"));
        if (await StrategyVerb.SeriesAsync(order.Candles, errors) is not { } whole)
            return ExitCodes.Failed;
        var split = whole.Count - (int)((long)whole.Count * order.OutOfSample / 100);
        // A per cent of a few bars may be none.
        var (series, later) = split == whole.Count ? (whole, null) : (whole.Part(0, split), whole.Part(split, whole.Count));
        if (order.Windows >= series.Count)
        {
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Walking forward over {order.Windows} windows needs at least {order.Windows + 1} bars, but there are {series.Count}."));
            return ExitCodes.Failed;
        }

        try
        {
            using var interruption = new Interruption(cancellation);
            var progress = new SweepProgress(combinations.Count * (series.Count + WalkForward.BarsLearnt(series.Count, order.Windows ?? 0)), "bars", errors);
            var from = Stopwatch.GetTimestamp();
            var swept = StrategySweep.Run(series, kind, combinations, order.Settings, order.Workers, progress.Add, interruption.Token);
            var took = Stopwatch.GetElapsedTime(from);
            var best = Enumerable.Range(0, swept.Count).OrderByDescending(index => swept[index].FinalEquity).Take(order.Top ?? (order.AsJson ? swept.Count : UsualTop)).ToArray();
            var ranked = new Ranked[best.Length];
            Parallel.For(0, best.Length, new ParallelOptions { MaxDegreeOfParallelism = order.Workers, CancellationToken = interruption.Token }, place => ranked[place] = new Ranked(
                combinations[best[place]], kind.Run(series, combinations[best[place]], order.Settings), later is null ? null : kind.Run(later, combinations[best[place]], order.Settings)));
            var walk = order.Windows is { } windows ? WalkForward.Run(series, kind, combinations, order.Settings, windows, order.Workers, progress.Add, interruption.Token) : null;
            var told = new OptimizeOutput(order, series, choice, swept, took, ranked, OverfittingCheck.Of(swept[best[0]].Daily, [.. swept.Select(result => result.Daily)]), walk);
            if (order.AsJson)
                await output.WriteLineAsync(told.Json());
            else
                await told.WriteAsync(output);
            if (order.Chart is not { } chart)
                return ExitCodes.Done;
            if (told.Map is { } map)
                return await chart.SaveAsync(style => map.Chart(order.Strategy, series, order.Settings.Cash, style), errors, interruption.Token);
            await errors.WriteLineAsync("There is no chart: a heat map needs a grid of two parameters and at most 10000 combinations.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted; there is no result.");
            return ExitCodes.Failed;
        }
    }
}
