using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Benchmarks;

/// <summary>A grid of some hundred combinations of every strategy over real candles: in blocks with shared indicators, and the same walked bar by bar in the same run.</summary>
internal static class SweepSpeed
{
    private const int Times = 3;

    private static readonly (string Name, string[] Values)[] Grids =
    [
        ("sma-cross", ["5 10 15 20 25 30 35 40 45 50", "20 40 60 80 100 120 140 160 180 200"]),
        ("ema-cross", ["5 10 15 20 25 30 35 40 45 50", "20 40 60 80 100 120 140 160 180 200"]),
        ("rsi", ["7 10 14 21", "20 25 30 35 40", "60 65 70 75 80"]),
        ("macd", ["6 9 12 15 18", "20 26 32 38", "5 7 9 11 13"]),
        ("bollinger", ["10 15 20 25 30 40 50 60 80 100", "1 1.25 1.5 1.75 2 2.25 2.5 2.75 3 3.5"]),
        ("donchian", ["10 20 30 40 50 60 70 80 90 100", "5 10 15 20 25 30 35 40 45 50"]),
        ("supertrend", ["5 7 10 14 20 28 40 56 80 100", "1 1.5 2 2.5 3 3.5 4 4.5 5 6"]),
    ];

    /// <param name="files">Candle files that follow one another.</param>
    public static int Run(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name the candle files.");
            return 2;
        }

        var columns = CandleFiles.Read([.. files.Order(StringComparer.Ordinal)]);
        var series = new PriceSeries(columns.Times, columns.Open, columns.Close, columns.High, columns.Low);
        var settings = new StrategySettings { Units = 1m, Cash = 1_000_000_000m, Fee = 0.001m };
        Console.WriteLine($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0)} bits, {Environment.ProcessorCount} cores, {series.Count} bars; millions of bar-evaluations a second");
        var ok = true;
        foreach (var (name, values) in Grids)
        {
            var kind = StrategyCatalog.Find(name)!;
            // Without what only sweeps use.
            var plain = new StrategyKind(kind.Name, kind.Summary, kind.Parameters, kind.Make);
            var grid = Combinations(kind, values);
            var evaluations = (double)grid.Count * series.Count / 1e6;
            var (walked, before) = Fastest(() => StrategySweep.Run(series, plain, grid, settings, 1), 1);
            var (alone, one) = Fastest(() => StrategySweep.Run(series, kind, grid, settings, 1), Times);
            var (shared, two) = Fastest(() => StrategySweep.Run(series, kind, grid, settings, 2), Times);
            var isSame = walked.SequenceEqual(alone) && alone.SequenceEqual(shared);
            ok &= isSame;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, {grid.Count} combinations, {alone.Sum(result => (long)result.Trades)} trades: walked {evaluations / before:0}; one worker {evaluations / one:0}, {before / one:0.0} x; two workers {evaluations / two:0}, {one / two:0.00} x one; {(isSame ? "the same results" : "OTHER RESULTS")}"));
        }

        return ok ? 0 : 1;
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, decimal>> Combinations(StrategyKind kind, string[] values)
    {
        IEnumerable<Dictionary<string, decimal>> grid = [[]];
        foreach (var (parameter, listed) in kind.Parameters.Zip(values))
            grid = grid.SelectMany(_ => listed.Split(' '), (one, value) => new Dictionary<string, decimal>(one) { [parameter.Name] = decimal.Parse(value, CultureInfo.InvariantCulture) });
        return [.. grid];
    }

    /// <summary>With the seconds of the fastest of several: what else the machine does only ever makes it slower.</summary>
    private static (IReadOnlyList<SweepResult> Results, double Seconds) Fastest(Func<IReadOnlyList<SweepResult>> work, int times)
    {
        IReadOnlyList<SweepResult> results = [];
        var fastest = double.MaxValue;
        for (var time = 0; time < times; time++)
        {
            var from = Stopwatch.GetTimestamp();
            results = work();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        return (results, fastest);
    }
}
