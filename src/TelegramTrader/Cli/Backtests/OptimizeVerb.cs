using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>optimize</c>: every combination of a grid, the best first, each of those run again exactly.</summary>
internal static class OptimizeVerb
{
    private const int UsualTop = 10;

    /// <param name="Top">Null: ten for people, all of them in JSON.</param>
    /// <param name="OutOfSample">Per cent of the bars at the end.</param>
    public sealed record Order(
        string Strategy, IReadOnlyList<string> Grid, IReadOnlyList<string> Candles, StrategySettings Settings, int Workers, int? Top, int OutOfSample, bool AsJson);

    private sealed record Ranked(IReadOnlyDictionary<string, decimal> Params, StrategyResult Result, StrategyResult? Later);

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var kind = StrategyCatalog.Find(order.Strategy)!;
        var (combinations, skipped, trouble) = Combinations(kind, order);
        if (combinations is null)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCodes.BadArguments;
        }

        if (skipped > 0)
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Combinations left out because their values do not fit each other: {skipped}. {trouble}"));
        if (await StrategyVerb.SeriesAsync(order.Candles, errors) is not { } whole)
            return ExitCodes.Failed;
        var split = whole.Count - (int)((long)whole.Count * order.OutOfSample / 100);
        // A per cent of a few bars may be none.
        var (series, later) = split == whole.Count ? (whole, null) : (whole.Part(0, split), whole.Part(split, whole.Count));
        try
        {
            using var interruption = new Interruption(cancellation);
            var progress = new SweepProgress((long)combinations.Count * series.Count, errors);
            var from = Stopwatch.GetTimestamp();
            var swept = StrategySweep.Run(series, kind, combinations, order.Settings, order.Workers, progress.Add, interruption.Token);
            var took = Stopwatch.GetElapsedTime(from);
            var best = Enumerable.Range(0, swept.Count).OrderByDescending(index => swept[index].FinalEquity).Take(order.Top ?? (order.AsJson ? swept.Count : UsualTop)).ToArray();
            var ranked = new Ranked[best.Length];
            Parallel.For(0, best.Length, new ParallelOptions { MaxDegreeOfParallelism = order.Workers, CancellationToken = interruption.Token }, place => ranked[place] = new Ranked(
                combinations[best[place]], kind.Run(series, combinations[best[place]], order.Settings), later is null ? null : kind.Run(later, combinations[best[place]], order.Settings)));
            var check = OverfittingCheck.Of(swept[best[0]].Daily, [.. swept.Select(result => result.Daily)]);
            if (order.AsJson)
                await output.WriteLineAsync(Json(order, series, swept.Count, skipped, took, ranked, check));
            else
                await WriteAsync(order, series, swept.Count, took, ranked, check, output);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted; there is no result.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Null with what is wrong. A combination whose values do not fit each other is left out and counted, and the trouble is that of the first.</summary>
    private static (IReadOnlyList<IReadOnlyDictionary<string, decimal>>? Combinations, int Skipped, string Trouble) Combinations(StrategyKind kind, Order order)
    {
        var (grid, trouble) = ParameterGrid.Of(order.Grid);
        if (grid is null)
            return (null, 0, trouble);
        (var numbers, trouble) = grid.All();
        if (numbers is null)
            return (null, 0, trouble);
        var combinations = new List<IReadOnlyDictionary<string, decimal>>();
        string? misfit = null;
        foreach (var number in numbers)
        {
            (var values, trouble) = kind.Complete(grid.At(number));
            if (values is null)
                return (null, 0, trouble);
            if (kind.Misfit(values) is { } unfit)
                misfit ??= unfit;
            else
                combinations.Add(values);
        }

        return (combinations.Count == 0 ? null : combinations, numbers.Count - combinations.Count, misfit ?? "");
    }

    private static double PerSecond(PriceSeries series, int combinations, TimeSpan took) => (double)combinations * series.Count / took.TotalSeconds;

    private static string Json(Order order, PriceSeries series, int combinations, int skipped, TimeSpan took, Ranked[] ranked, OverfittingCheck check) => JsonSerializer.Serialize(
        new
        {
            order.Strategy,
            Rule = StrategyVerb.FillRule,
            order.Settings.Cash,
            Size = order.Settings.Units is { } units ? (object)units : "all",
            order.Settings.Fee,
            Combos = combinations,
            Skipped = skipped,
            Bars = series.Count,
            Seconds = took.TotalSeconds,
            BarEvaluationsPerSecond = PerSecond(series, combinations, took),
            order.Workers,
            RankedBy = "final_equity",
            Top = ranked.Select(one => new
            {
                one.Params, one.Result.FinalEquity, Trades = one.Result.Trades.Count, one.Result.Metrics.Sharpe, one.Result.Metrics.MaxDrawdown, Metrics = StrategyJson.Metrics(one.Result.Metrics),
                OutOfSample = one.Later is { } later ? new { Bars = later.Bars, later.FinalEquity, Trades = later.Trades.Count, later.Metrics.Sharpe, later.Metrics.MaxDrawdown } : null,
            }),
            Overfitting = new { check.Trials, DeflatedSharpeRatio = check.DeflatedSharpe, SharpeExpectedByLuck = check.ExpectedByLuck, Warning = check.InWords },
        },
        StrategyJson.Options);

    private static async Task WriteAsync(Order order, PriceSeries series, int combinations, TimeSpan took, Ranked[] ranked, OverfittingCheck check, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{order.Strategy}: {combinations} combinations over {series.Count} bars from {new Instant(series.Times[0])} to {new Instant(series.Times[^1])} in {took.TotalSeconds:0.000} s ({PerSecond(series, combinations, took) / 1e6:0} million bars a second)"));
        foreach (var one in ranked)
        {
            var after = one.Later is { } later ? string.Create(CultureInfo.InvariantCulture, $"; on the {order.OutOfSample} % kept apart {StrategyVerb.Change(later.Metrics.Return)}") : "";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {StrategyVerb.InWords(one.Params)}: {one.Result.FinalEquity:0.00} ({StrategyVerb.Change(one.Result.Metrics.Return)}), {one.Result.Trades.Count} trades, Sharpe {(one.Result.Metrics.Sharpe is { } sharpe ? sharpe.ToString("0.00", CultureInfo.InvariantCulture) : "–")}, drawdown {one.Result.Metrics.MaxDrawdown:P1}{after}"));
        }

        await output.WriteLineAsync(check.InWords);
        await output.WriteLineAsync($"Rule: {StrategyVerb.FillRule}.");
    }
}
