using TelegramTrader.Core.Indicators;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Indicators;

/// <summary>Whole rows at once against value by value, and both against the plain definition, on random walks with leaps and flat stretches.</summary>
public sealed class IndicatorParityTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Batch_EqualsStreaming(ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 60; round++)
        {
            // Every few rounds a row too short for anything.
            var bars = Bars.Walk(numbers, round % 8 == 0 ? numbers.Next(0, 40) : numbers.Next(1, 6_000));
            var period = numbers.Chance(10) ? numbers.Next(2, 3_000) : numbers.Next(2, 60);
            var (first, second, third, isUp) = (new double[bars.Count], new double[bars.Count], new double[bars.Count], new bool[bars.Count]);

            SimpleMovingAverage.Fill(bars.Closes, period, first);
            var sma = new SimpleMovingAverage(period);
            Same(first, bars.Closes, sma.Next);

            ExponentialMovingAverage.Fill(bars.Closes, period, first);
            var ema = new ExponentialMovingAverage(period);
            Same(first, bars.Closes, ema.Next);

            RelativeStrengthIndex.Fill(bars.Closes, period, first);
            var rsi = new RelativeStrengthIndex(period);
            Same(first, bars.Closes, rsi.Next);

            AverageTrueRange.Fill(bars.Highs, bars.Lows, bars.Closes, period, first);
            var atr = new AverageTrueRange(period);
            Same(first, bars.Closes, index => atr.Next(bars.Highs[index], bars.Lows[index], bars.Closes[index]), ofPrice: false);

            var (slow, signal) = (period + numbers.Next(1, 40), numbers.Next(1, 30));
            Macd.Fill(bars.Closes, period, slow, signal, first, second);
            var macd = new Macd(period, slow, signal);
            MacdValue[] lines = [.. bars.Closes.Select(macd.Next)];
            // A difference of prices has their digits.
            Same(first, bars.Closes, index => lines[index].Line, ofPrice: true);
            Same(second, bars.Closes, index => lines[index].Signal, ofPrice: true);

            var width = numbers.Next(5, 40) / 10.0;
            BollingerBands.Fill(bars.Closes, period, width, first, second, third);
            var bollinger = new BollingerBands(period, width);
            BollingerValue[] bands = [.. bars.Closes.Select(bollinger.Next)];
            Same(first, bars.Closes, index => bands[index].Middle, ofPrice: true);
            Same(second, bars.Closes, index => bands[index].Upper, ofPrice: true);
            Same(third, bars.Closes, index => bands[index].Lower, ofPrice: true);

            DonchianChannel.Fill(bars.Highs, bars.Lows, period, first, second);
            var donchian = new DonchianChannel(period);
            DonchianValue[] channel = [.. bars.Highs.Zip(bars.Lows, donchian.Next)];
            Assert.Equal(channel.Select(value => value.Upper), first);
            Assert.Equal(channel.Select(value => value.Lower), second);

            Supertrend.Fill(bars.Highs, bars.Lows, bars.Closes, period, width, first, isUp);
            var supertrend = new Supertrend(period, width);
            SupertrendValue[] trend = [.. Enumerable.Range(0, bars.Count).Select(index => supertrend.Next(bars.Highs[index], bars.Lows[index], bars.Closes[index]))];
            Same(first, bars.Closes, index => trend[index].Line, ofPrice: true);
            Assert.Equal(trend.Select(value => value.IsUp), isUp);
        }
    }

    [Fact]
    public void RunningSums_OverManyBars_StayAtThePlainDefinition()
    {
        var bars = Bars.Walk(new SeededNumbers(31), 200_000);
        var (means, middles, uppers, lowers) = (new double[bars.Count], new double[bars.Count], new double[bars.Count], new double[bars.Count]);
        SimpleMovingAverage.Fill(bars.Closes, 30, means);
        BollingerBands.Fill(bars.Closes, 20, 2, middles, uppers, lowers);
        var (sma, bollinger) = (new SimpleMovingAverage(30), new BollingerBands(20, 2));
        for (var bar = 0; bar < bars.Count; bar++)
        {
            var (mean, bands) = (sma.Next(bars.Closes[bar]), bollinger.Next(bars.Closes[bar]));
            if (bar < 30)
                continue;
            var plain = bars.Closes[(bar - 29)..(bar + 1)].Average();
            Assert.Equal(plain, means[bar], plain * 1e-13);
            Assert.Equal(plain, mean, plain * 1e-13);
            var middle = bars.Closes[(bar - 19)..(bar + 1)].Average();
            var off = 2 * Math.Sqrt(bars.Closes[(bar - 19)..(bar + 1)].Average(value => (value - middle) * (value - middle)));
            Assert.Equal(middle + off, uppers[bar], middle * Tolerance);
            Assert.Equal(middle - off, lowers[bar], middle * Tolerance);
            Assert.Equal(middle + off, bands.Upper, middle * Tolerance);
            Assert.Equal(middle - off, bands.Lower, middle * Tolerance);
        }
    }

    [Fact]
    public void BollingerBands_EqualValuesAfterALeap_HaveNoWidthAtAll()
    {
        double[] values = [.. Enumerable.Range(0, 3_000).Select(bar => bar < 1_500 ? 4_600.01 + bar % 7 : 1_234.57)];
        var (middles, uppers, lowers) = (new double[values.Length], new double[values.Length], new double[values.Length]);
        BollingerBands.Fill(values, 20, 2, middles, uppers, lowers);
        var streaming = new BollingerBands(20, 2);
        for (var bar = 0; bar < values.Length; bar++)
        {
            var value = streaming.Next(values[bar]);
            if (bar < 1_520)
                continue;
            Assert.Equal((1_234.57, 1_234.57, 1_234.57), (middles[bar], uppers[bar], lowers[bar]));
            Assert.Equal(new BollingerValue(1_234.57, 1_234.57, 1_234.57), value);
        }
    }

    [Fact]
    public void Batch_AllocatesNothing()
    {
        var bars = Bars.Walk(new SeededNumbers(41), 5_000);
        var (first, second, third, isUp) = (new double[bars.Count], new double[bars.Count], new double[bars.Count], new bool[bars.Count]);
        All();
        var before = GC.GetAllocatedBytesForCurrentThread();
        All();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void All()
        {
            SimpleMovingAverage.Fill(bars.Closes, 30, first);
            ExponentialMovingAverage.Fill(bars.Closes, 30, first);
            RelativeStrengthIndex.Fill(bars.Closes, 14, first);
            AverageTrueRange.Fill(bars.Highs, bars.Lows, bars.Closes, 14, first);
            Macd.Fill(bars.Closes, 12, 26, 9, first, second);
            BollingerBands.Fill(bars.Closes, 20, 2, first, second, third);
            DonchianChannel.Fill(bars.Highs, bars.Lows, 20, first, second);
            Supertrend.Fill(bars.Highs, bars.Lows, bars.Closes, 10, 3, first, isUp);
        }
    }

    private static void Same(double[] batch, double[] values, Func<double, double> next) => Same(batch, values, index => next(values[index]), ofPrice: false);

    private static void Same(double[] batch, double[] prices, Func<int, double> streaming, bool ofPrice)
    {
        for (var index = 0; index < batch.Length; index++)
        {
            var expected = streaming(index);
            var limit = Tolerance * (ofPrice ? prices[index] : Math.Abs(expected));
            Assert.True(double.IsNaN(expected) ? double.IsNaN(batch[index]) : Math.Abs(expected - batch[index]) <= limit, $"at {index} of {batch.Length}: {batch[index]:R}, not {expected:R}");
        }
    }

    private sealed record Bars(double[] Highs, double[] Lows, double[] Closes)
    {
        public int Count => Closes.Length;

        public static Bars Walk(SeededNumbers numbers, int count)
        {
            var bars = new Bars(new double[count], new double[count], new double[count]);
            var (cents, isFlat) = (460_000, false);
            for (var bar = 0; bar < count; bar++)
            {
                if (numbers.Chance(2))
                    isFlat = !isFlat;
                var open = cents;
                if (!isFlat)
                    cents = Math.Clamp(cents + numbers.Next(-500, 501) * (numbers.Chance(1) ? 40 : 1), 100_000, 2_000_000);
                bars.Closes[bar] = cents / 100.0;
                bars.Highs[bar] = (Math.Max(open, cents) + (isFlat ? 0 : numbers.Next(0, 200))) / 100.0;
                bars.Lows[bar] = (Math.Min(open, cents) - (isFlat ? 0 : numbers.Next(0, 200))) / 100.0;
            }

            return bars;
        }
    }
}
