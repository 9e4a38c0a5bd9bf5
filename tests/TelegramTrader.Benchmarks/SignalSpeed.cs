using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks;

/// <summary>Signals with three targets and a stop each over real candles, against a plain walk over every bar in the same run; both must come to the same.</summary>
internal static class SignalSpeed
{
    private const int Times = 15;
    private const int MaxHold = 10_080;
    private const decimal Fee = 0.001m;

    /// <param name="files">Candle files that follow one another.</param>
    public static int Run(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name the candle files.");
            return 2;
        }

        var columns = CandleFiles.Read([.. files.Order(StringComparer.Ordinal)]);
        var loading = Stopwatch.GetTimestamp();
        var candles = new PriceRanges(columns.Times, columns.Open, columns.High, columns.Low, columns.Close);
        Say($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0)} bits; {candles.Count} bars laid out in {Stopwatch.GetElapsedTime(loading).TotalMilliseconds:0} ms after reading");
        var plainBars = new PlainBars(Quick(columns.Open), Quick(columns.High), Quick(columns.Low), Quick(columns.Close));
        foreach (var count in new[] { 1_000, 10_000 })
            foreach (var (wide, hold) in new[] { (false, (int?)MaxHold), (true, MaxHold), (true, null) })
                Compare(candles, plainBars, Signals(candles, count, wide), wide, hold);
        return 0;
    }

    private static void Compare(PriceRanges candles, PlainBars bars, IndependentSignal[] signals, bool wide, int? hold)
    {
        var backtest = new SignalBacktest(candles, Symbol.Parse("BTC/USDT"), new IndependentSettings { Size = 3m, Fee = Fee, MaxHold = hold });
        var first = Stopwatch.GetTimestamp();
        var cold = Sum(backtest, signals);
        var coldTook = Stopwatch.GetElapsedTime(first).TotalSeconds;
        var (quick, sum) = Fastest(() => Sum(backtest, signals));
        var (plain, plainSum) = Fastest(() => Plain(candles, bars, signals, hold ?? int.MaxValue));
        if (cold != sum || Math.Abs((double)sum - plainSum) > 1e-6 * Math.Max(1.0, Math.Abs(plainSum)))
            throw new InvalidOperationException($"The two ways differ: {sum} and {plainSum}.");
        Say($"{signals.Length} signals, levels {(wide ? "1 to 5" : "0.1 to 0.5")} %, {(hold is { } most ? $"{most} bars" : "no limit")}: {quick * 1e3:0.00} ms (the first time {coldTook * 1e3:0.0} ms); plain walk {plain * 1e3:0.0} ms, {plain / quick:0.0} x");
    }

    private static decimal Sum(SignalBacktest backtest, IndependentSignal[] signals)
    {
        var sum = 0m;
        foreach (var signal in signals)
            sum += backtest.Run(signal).Closed!.Net.Amount;
        return sum;
    }

    /// <summary>Evenly over all candles, longs and shorts by turns, each from the close of the bar it comes with.</summary>
    private static IndependentSignal[] Signals(PriceRanges candles, int count, bool wide) =>
    [
        .. Enumerable.Range(0, count).Select(number =>
        {
            var bar = (int)((long)(candles.Count - 2) * number / count);
            var side = number % 2 == 0 ? TradeSide.Long : TradeSide.Short;
            var step = (side == TradeSide.Long ? 1m : -1m) * (wide ? 0.01m : 0.001m);
            Price At(decimal change) => new(Math.Round(candles.Closes[bar] * (1m + step * change), 2));
            return new IndependentSignal($"s{number}", new Instant(candles.Times[bar]), side, [At(1m), At(3m), At(5m)], At(-2m));
        }),
    ];

    private sealed record PlainBars(double[] Opens, double[] Highs, double[] Lows, double[] Closes);

    /// <summary>What one would write first: bar by bar, with floating-point numbers and no books.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Plain(PriceRanges candles, PlainBars bars, IndependentSignal[] signals, int hold)
    {
        var sum = 0.0;
        foreach (var signal in signals)
        {
            var entry = candles.FirstAfter(signal.Time);
            var (sign, stop) = (signal.Side == TradeSide.Long ? 1.0 : -1.0, (double)signal.Stop.Value);
            Span<double> targets = [(double)signal.Targets[0].Value, (double)signal.Targets[1].Value, (double)signal.Targets[2].Value];
            var (price, open, next) = (bars.Opens[entry], 3, 0);
            sum -= (double)Fee * price * open;
            for (var bar = entry; open > 0; bar++)
            {
                var (high, low) = (bars.Highs[bar], bars.Lows[bar]);
                if (sign > 0 ? low <= stop : high >= stop)
                {
                    sum += (sign * (stop - price) - (double)Fee * stop) * open;
                    break;
                }

                while (next < 3 && (sign > 0 ? high >= targets[next] : low <= targets[next]))
                {
                    sum += sign * (targets[next] - price) - (double)Fee * targets[next];
                    (open, next) = (open - 1, next + 1);
                }

                if (open > 0 && (bar - entry + 1 == hold || bar + 1 == bars.Highs.Length))
                {
                    sum += (sign * (bars.Closes[bar] - price) - (double)Fee * bars.Closes[bar]) * open;
                    break;
                }
            }
        }

        return sum;
    }

    private static double[] Quick(ReadOnlySpan<decimal> prices)
    {
        var quick = new double[prices.Length];
        for (var index = 0; index < prices.Length; index++)
            quick[index] = (double)prices[index];
        return quick;
    }

    /// <summary>The fastest of several, in seconds: what else the machine does only ever makes it slower.</summary>
    private static (double Seconds, T Result) Fastest<T>(Func<T> work)
    {
        var (fastest, result) = (double.MaxValue, default(T)!);
        for (var time = 0; time < Times; time++)
        {
            var from = Stopwatch.GetTimestamp();
            result = work();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        return (fastest, result);
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
