using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// Indicators over the first million one-minute candles of BTC/USD at Bitfinex from 2015 on: their last values against published ones, and how long a row takes, against a plain loop in the
/// same run and a limit.
/// </summary>
internal static class IndicatorSpeed
{
    private const int Rows = 1_000_000;
    private const int Times = 25;
    private const double Tolerance = 5e-7;

    /// <param name="files">Candle files that follow one another.</param>
    /// <returns>0 when all values are the published ones and all times below their limits; 1 when not; 2 for arguments that can't be used.</returns>
    public static int Run(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name the candle files, in their order of time.");
            return 2;
        }

        var columns = CandleFiles.Read(files);
        if (columns.Count < Rows)
        {
            Console.Error.WriteLine($"At least {Rows} candles are needed, but there are {columns.Count}.");
            return 2;
        }

        Console.WriteLine($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0)} bits; {Rows} rows; fastest of {Times}");
        Console.WriteLine("prices as they are:");
        var isGood = Measure(First(columns.High, false), First(columns.Low, false), First(columns.Close, false));
        Console.WriteLine("prices rounded to cents:");
        return Measure(First(columns.High, true), First(columns.Low, true), First(columns.Close, true)) && isGood ? 0 : 1;
    }

    private static double[] First(ReadOnlySpan<decimal> prices, bool isRounded) => [.. prices[..Rows].ToArray().Select(price => (double)(isRounded ? Math.Round(price, 2, MidpointRounding.AwayFromZero) : price))];

    private static bool Measure(double[] highs, double[] lows, double[] closes)
    {
        var (first, second, third) = (new double[Rows], new double[Rows], new double[Rows]);
        var isUp = new bool[Rows];
        var isGood = true;
        Tell("SMA(30)", 3, () => SimpleMovingAverage.Fill(closes, 30, first), () => PlainLoops.Mean(closes, 30, first), (first, 4596.896667));
        Tell("EMA(30)", 3, () => ExponentialMovingAverage.Fill(closes, 30, first), () => PlainLoops.Exponential(closes, 30, first), (first, 4592.470903));
        Tell("RSI(14)", 9, () => RelativeStrengthIndex.Fill(closes, 14, first), () => PlainLoops.Strength(closes, 14, first), (first, 12.859792));
        Tell("ATR(14)", 4, () => AverageTrueRange.Fill(highs, lows, closes, 14, first), () => PlainLoops.Range(highs, lows, closes, 14, first), (first, 3.918706));
        Tell("MACD(12,26,9)", 5, () => Macd.Fill(closes, 12, 26, 9, first, second), () => PlainLoops.Convergence(closes, 12, 26, 9, first, second), (first, -8.531907));
        Tell("Bollinger(20,2)", 6, () => BollingerBands.Fill(closes, 20, 2, first, second, third), () => PlainLoops.Bands(closes, 20, 2, first, second, third), (second, 4620.187059), (third, 4566.572941));
        Tell("Donchian(20)", null, () => DonchianChannel.Fill(highs, lows, 20, first, second), null);
        Tell("Supertrend(10,3)", null, () => Supertrend.Fill(highs, lows, closes, 10, 3, first, isUp), null);
        return isGood;

        void Tell(string name, double? limit, Action work, Action? plain, params (double[] Row, double Expected)[] published)
        {
            var loop = plain is null ? (double?)null : Fastest(plain);
            // What the loop came to must not be taken for ours.
            Array.Clear(first);
            Array.Clear(second);
            Array.Clear(third);
            var took = Fastest(work);
            var isRight = published.All(one => Math.Abs(one.Row[^1] - one.Expected) <= Tolerance);
            isGood &= isRight && !(took > limit);
            var values = published.Length == 0 ? Text($"{first[^1]:0.000000}") : string.Join(" / ", published.Select(one => Text($"{one.Row[^1]:0.000000} (published {one.Expected:0.000000})")));
            Console.WriteLine(Text($"  {name,-17}{took,6:0.00} ms{(limit is null ? "" : Text($", limit {limit:0}"))}{(loop is null ? "" : Text($"; plain loop {loop:0.00} ms, {loop / took:0.0} x"))}; last {values}{(isRight ? "" : " WRONG")}"));
        }
    }

    /// <summary>In milliseconds: what else the machine does only ever makes it slower.</summary>
    private static double Fastest(Action work)
    {
        var fastest = double.MaxValue;
        for (var time = 0; time < Times; time++)
        {
            var from = Stopwatch.GetTimestamp();
            work();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        return fastest;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What one would write first: one value after the other, sums that run from the first bar to the last.</summary>
    private static class PlainLoops
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Mean(double[] values, int period, double[] result)
        {
            var sum = 0.0;
            for (var bar = 0; bar < values.Length; bar++)
            {
                sum += values[bar];
                if (bar >= period)
                    sum -= values[bar - period];
                result[bar] = bar >= period - 1 ? sum / period : double.NaN;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Exponential(ReadOnlySpan<double> values, int period, Span<double> result)
        {
            var (sum, last, share) = (0.0, 0.0, 2.0 / (period + 1));
            for (var bar = 0; bar < values.Length; bar++)
            {
                sum += bar < period ? values[bar] : 0;
                last = bar < period ? sum / period : last + share * (values[bar] - last);
                result[bar] = bar >= period - 1 ? last : double.NaN;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Strength(double[] values, int period, double[] result)
        {
            var (gain, loss) = (0.0, 0.0);
            for (var bar = 0; bar < values.Length; bar++)
            {
                var change = bar == 0 ? 0 : values[bar] - values[bar - 1];
                var (up, down) = (Math.Max(change, 0), Math.Max(-change, 0));
                (gain, loss) = bar <= period ? (gain + up / period, loss + down / period) : ((gain * (period - 1) + up) / period, (loss * (period - 1) + down) / period);
                result[bar] = bar >= period ? 100 * gain / (gain + loss) : double.NaN;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Range(double[] highs, double[] lows, double[] closes, int period, double[] result)
        {
            var last = 0.0;
            for (var bar = 1; bar < closes.Length; bar++)
            {
                var range = Math.Max(highs[bar] - lows[bar], Math.Max(Math.Abs(highs[bar] - closes[bar - 1]), Math.Abs(lows[bar] - closes[bar - 1])));
                last = bar <= period ? last + range / period : (last * (period - 1) + range) / period;
                result[bar] = bar >= period ? last : double.NaN;
            }
        }

        public static void Convergence(double[] values, int fast, int slow, int signal, double[] lines, double[] signals)
        {
            Exponential(values.AsSpan(slow - fast), fast, lines.AsSpan(slow - fast));
            Exponential(values, slow, signals);
            for (var bar = 0; bar < values.Length; bar++)
                lines[bar] -= signals[bar];
            Exponential(lines.AsSpan(slow - 1), signal, signals.AsSpan(slow - 1));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Bands(double[] values, int period, double width, double[] middle, double[] upper, double[] lower)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var bar = 0; bar < values.Length; bar++)
            {
                sum += values[bar];
                squares += values[bar] * values[bar];
                if (bar >= period)
                {
                    sum -= values[bar - period];
                    squares -= values[bar - period] * values[bar - period];
                }

                var mean = sum / period;
                var off = width * Math.Sqrt(Math.Max(squares / period - mean * mean, 0));
                (middle[bar], upper[bar], lower[bar]) = bar >= period - 1 ? (mean, mean + off, mean - off) : (double.NaN, double.NaN, double.NaN);
            }
        }
    }
}
