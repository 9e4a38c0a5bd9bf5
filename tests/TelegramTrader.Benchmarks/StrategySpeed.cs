using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Benchmarks;

/// <summary>Crossing averages over real candles: one backtest, and a grid on one core and on two, each against a plain loop over the same closes in the same run.</summary>
internal static class StrategySpeed
{
    private const int Times = 7;

    // What takes some milliseconds is easily disturbed.
    private const int TimesShort = 100;

    /// <param name="files">Candle files that follow one another: the single backtest goes over all of them, the grid over the last.</param>
    public static int Run(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name the candle files, the one for the grid last.");
            return 2;
        }

        var whole = Series(files.Order(StringComparer.Ordinal));
        var year = Series([files[^1]]);
        var settings = new StrategySettings { Units = 1m, Cash = 1_000_000_000m, Fee = 0.001m };
        var rule = new CrossRule(10, 30);
        Console.WriteLine($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0)} bits, {Environment.ProcessorCount} cores");

        var plain = Fastest(() => PlainLoop(whole, rule, 0.001), TimesShort);
        var one = Fastest(() => CrossSweep.Run(whole, [rule], settings, 1)[0].FinalEquity, TimesShort);
        var both = Fastest(() => CrossSweep.Run(whole, [rule], settings, 2)[0].FinalEquity, TimesShort);
        var exact = Fastest(() => (double)StrategyBacktest.Run(whole, rule, settings).FinalEquity, TimesShort);
        Say($"one backtest, {whole.Count} bars: plain loop {Rate(whole.Count, plain)}; vectors {Rate(whole.Count, one)}, {plain / one:0.0} x; on two workers {Rate(whole.Count, both)}, {plain / both:0.0} x; with every trade exact and all metrics {Rate(whole.Count, exact)}, {plain / exact:0.0} x");

        CrossRule[] grid = [.. Enumerable.Range(1, 10).SelectMany(fast => Enumerable.Range(2, 19), (fast, slow) => new CrossRule(fast * 5, slow * 10))];
        var evaluations = (long)grid.Length * year.Count;
        var plainGrid = Fastest(() => grid.Sum(each => PlainLoop(year, each, 0.001)), 2);
        var alone = Fastest(() => CrossSweep.Run(year, grid, settings, 1).Sum(result => result.FinalEquity));
        var two = Fastest(() => CrossSweep.Run(year, grid, settings, 2).Sum(result => result.FinalEquity));
        Say($"grid, {grid.Length} x {year.Count} bars: plain loop {Rate(evaluations, plainGrid)}; one worker {Rate(evaluations, alone)}, {plainGrid / alone:0.0} x; two workers {Rate(evaluations, two)}, {alone / two:0.00} x one");
        foreach (var count in new[] { year.Count / 4, year.Count / 2, year.Count })
            Say($"  {count} bars: {Fastest(() => CrossSweep.Run(year.Part(0, count), grid, settings, 1).Count) * 1000:0.0} ms");
        foreach (var count in new[] { 19, 95, 190 })
            Say($"  {count} combinations: {Fastest(() => CrossSweep.Run(year, grid[..count], settings, 1).Count) * 1000:0.0} ms");
        return 0;
    }

    /// <summary>What one would write first: two running sums, a comparison, and cash that is moved at crossings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double PlainLoop(PriceSeries series, CrossRule rule, double fee)
    {
        var closes = series.CloseTicks;
        var opens = series.QuickOpens;
        var (fast, slow, cash, isLong, before) = (0L, 0L, 1_000_000_000.0, false, 0);
        for (var bar = 0; bar < closes.Length; bar++)
        {
            fast += closes[bar];
            slow += closes[bar];
            if (bar >= rule.Fast)
                fast -= closes[bar - rule.Fast];
            if (bar >= rule.Slow)
                slow -= closes[bar - rule.Slow];
            var (left, right) = ((double)fast / rule.Fast, (double)slow / rule.Slow);
            var now = left > right ? 1 : left < right ? -1 : 0;
            if (bar >= rule.FirstBar && bar + 1 < closes.Length)
            {
                if (!isLong && before <= 0 && now > 0)
                {
                    cash -= opens[bar + 1] * (1 + fee);
                    isLong = true;
                }
                else if (isLong && before >= 0 && now < 0)
                {
                    cash += opens[bar + 1] * (1 - fee);
                    isLong = false;
                }
            }

            before = now;
        }

        return isLong ? cash + series.QuickCloses[^1] : cash;
    }

    private static PriceSeries Series(IEnumerable<string> files)
    {
        var columns = CandleFiles.Read([.. files]);
        return new PriceSeries(columns.Times, columns.Open, columns.Close);
    }

    /// <summary>The fastest of several, in seconds: what else the machine does only ever makes it slower.</summary>
    private static double Fastest(Func<double> work, int times = Times)
    {
        var fastest = double.MaxValue;
        for (var time = 0; time < times; time++)
        {
            var from = Stopwatch.GetTimestamp();
            if (double.IsNaN(work()))
                throw new InvalidOperationException("There is no result.");
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        return fastest;
    }

    private static string Rate(long bars, double seconds) => string.Create(CultureInfo.InvariantCulture, $"{bars / seconds / 1e6:0} million bars/s");

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
