using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Tests.Indicators;

/// <summary>Values worked out by hand, from both forms of each indicator. NaN: there is none yet.</summary>
public sealed class IndicatorValuesTests
{
    private const double None = double.NaN;

    /// <summary>Means of 1 2 4, of 2 4 8 and of 4 8 3.</summary>
    [Fact]
    public void SimpleMovingAverage_MeanOfTheLast() =>
        Check([1, 2, 4, 8, 3], [None, None, 7.0 / 3, 14.0 / 3, 5], new SimpleMovingAverage(3).Next, (values, result) => SimpleMovingAverage.Fill(values, 3, result));

    /// <summary>Half of the way each: begun with (2 + 4 + 6) / 3 = 4, then 4 + (10 − 4) / 2 = 7, then 7 + (4 − 7) / 2 = 5.5.</summary>
    [Fact]
    public void ExponentialMovingAverage_BegunWithTheMean() =>
        Check([2, 4, 6, 10, 4], [None, None, 4, 7, 5.5], new ExponentialMovingAverage(3).Next, (values, result) => ExponentialMovingAverage.Fill(values, 3, result));

    /// <summary>Changes +2 −1 +3 0. Begun with gain 1 and loss 0.5: 100 · 1 / 1.5; then (1 + 3) / 2 = 2 and 0.25: 100 · 2 / 2.25; then 1 and 0.125, the same.</summary>
    [Fact]
    public void RelativeStrengthIndex_WildersSmoothing() =>
        Check([10, 12, 11, 14, 14], [None, None, 200.0 / 3, 800.0 / 9, 800.0 / 9], new RelativeStrengthIndex(2).Next, (values, result) => RelativeStrengthIndex.Fill(values, 2, result));

    [Theory]
    [InlineData(5.0, 5.0, 50)]
    [InlineData(5.0, 6.0, 100)]
    [InlineData(6.0, 5.0, 0)]
    public void RelativeStrengthIndex_OneDirectionOnly_IsAtItsEdgeAndInTheMiddleWithoutAny(double first, double then, double expected)
    {
        double[] values = [first, .. Enumerable.Range(0, 30).Select(step => first + (then - first) * (step + 1))];
        Check(values, [None, .. Enumerable.Repeat(None, 13), .. Enumerable.Repeat(expected, 17)], new RelativeStrengthIndex(14).Next, (row, result) => RelativeStrengthIndex.Fill(row, 14, result));
    }

    /// <summary>True ranges 12 − 9 = 3; 11 − 10 = 1, with the close before at the high; 15 − 10 = 5, up from the close before; 14 − 12 = 2, down from it. Begun with 2, then (2 + 5) / 2, then (3.5 + 2) / 2.</summary>
    [Fact]
    public void AverageTrueRange_CountsTheGapToTheCloseBefore()
    {
        (double High, double Low, double Close)[] bars = [(10, 8, 9), (12, 9, 11), (11, 10, 10), (15, 13, 14), (13, 12, 12)];
        var streaming = new AverageTrueRange(2);
        var result = new double[bars.Length];
        AverageTrueRange.Fill([.. bars.Select(bar => bar.High)], [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)], 2, result);
        double[] expected = [None, None, 2, 3.5, 2.75];
        Near(expected, result);
        Near(expected, [.. bars.Select(bar => streaming.Next(bar.High, bar.Low, bar.Close))]);
    }

    /// <summary>The fast average of 1 is the value itself; the slow one of 3 begins with 6, then 6, then 9. Lines 3, 0, 3; the signal of 2 begins with 1.5 and goes two thirds of the way to 3.</summary>
    [Fact]
    public void Macd_LineAndSignal() => CheckMacd([3, 6, 9, 6, 12], 1, 3, 2, [None, None, 3, 0, 3], [None, None, None, 1.5, 2.5]);

    /// <summary>At the fourth value the slow average begins with 28 and the fast one, whatever was before, with (4 + 8) / 2 = 6; then 6 + 2 / 3 · (3 − 6) = 4 and 28 + 0.4 · (3 − 28) = 18.</summary>
    [Fact]
    public void Macd_TheFastAverageBeginsWhereTheSlowOneDoes() => CheckMacd([100, 0, 4, 8, 3], 2, 4, 1, [None, None, None, -22, -14], [None, None, None, -22, -14]);

    /// <summary>1 and 3 lie 1 off their mean 2, 3 and 7 lie 2 off 5.</summary>
    [Fact]
    public void BollingerBands_DeviationOfThePopulation()
    {
        double[] values = [1, 3, 7];
        var (middle, upper, lower) = (new double[3], new double[3], new double[3]);
        BollingerBands.Fill(values, 2, 2, middle, upper, lower);
        var streaming = new BollingerBands(2, 2);
        BollingerValue[] each = [.. values.Select(streaming.Next)];
        Near([None, 2, 5], middle);
        Near([None, 4, 9], upper);
        Near([None, 0, 1], lower);
        Near(middle, [.. each.Select(value => value.Middle)]);
        Near(upper, [.. each.Select(value => value.Upper)]);
        Near(lower, [.. each.Select(value => value.Lower)]);
    }

    [Fact]
    public void DonchianChannel_HighestHighAndLowestLow()
    {
        double[] highs = [5, 4, 3, 2, 6];
        double[] lows = [4, 1, 2, 1.5, 3];
        var (upper, lower) = (new double[5], new double[5]);
        DonchianChannel.Fill(highs, lows, 3, upper, lower);
        var streaming = new DonchianChannel(3);
        DonchianValue[] each = [.. highs.Zip(lows, streaming.Next)];
        Near([None, None, 5, 4, 6], upper);
        Near([None, None, 1, 1, 1.5], lower);
        Near(upper, [.. each.Select(value => value.Upper)]);
        Near(lower, [.. each.Select(value => value.Lower)]);
    }

    /// <summary>
    /// One range of one bar. Bar 1: range 2 around 10, bands 12 and 8, begun as a fall. Bar 2: range 3 around 12, the upper band stays at 12, the close 13 is above: a rise, line 9.
    /// Bar 3: range 1 around 12.5, bands 13.5 (freed by the close before) and 11.5. Bar 4: range 2 around 11, the lower band stays at 11.5, the close 11 is below: a fall, line 13.
    /// </summary>
    [Fact]
    public void Supertrend_TurnsWhereACloseGoesBeyondTheBand()
    {
        (double High, double Low, double Close)[] bars = [(10, 8, 9), (11, 9, 10), (13, 11, 13), (13, 12, 12), (12, 10, 11)];
        var (lines, isUp) = (new double[5], new bool[5]);
        Supertrend.Fill([.. bars.Select(bar => bar.High)], [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)], 1, 1, lines, isUp);
        var streaming = new Supertrend(1, 1);
        SupertrendValue[] each = [.. bars.Select(bar => streaming.Next(bar.High, bar.Low, bar.Close))];
        Near([None, 12, 9, 11.5, 13], lines);
        Assert.Equal([false, false, true, true, false], isUp);
        Near(lines, [.. each.Select(value => value.Line)]);
        Assert.Equal(isUp, each.Select(value => value.IsUp));
    }

    [Fact]
    public void BadArguments_AreNamed()
    {
        Assert.Equal("period", Assert.Throws<ArgumentOutOfRangeException>(() => new SimpleMovingAverage(0)).ParamName);
        Assert.Equal("period", Assert.Throws<ArgumentOutOfRangeException>(() => new BollingerBands(1)).ParamName);
        Assert.Equal("width", Assert.Throws<ArgumentOutOfRangeException>(() => new BollingerBands(20, double.NaN)).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new Supertrend(10, 0)).ParamName);
        Assert.Equal("fast", Assert.Throws<ArgumentOutOfRangeException>(() => new Macd(26, 26)).ParamName);
        Assert.Contains("must be as long as the values, 3, but has 2", Assert.Throws<ArgumentException>(() => SimpleMovingAverage.Fill(new double[3], 1, new double[2])).Message, StringComparison.Ordinal);
        var row = new double[8];
        Assert.Contains("may not lie in the memory", Assert.Throws<ArgumentException>(() => ExponentialMovingAverage.Fill(row.AsSpan(0, 6), 2, row.AsSpan(2, 6))).Message, StringComparison.Ordinal);
    }

    private delegate void Batch(ReadOnlySpan<double> values, Span<double> result);

    private static void Check(double[] values, double[] expected, Func<double, double> next, Batch batch)
    {
        var result = new double[values.Length];
        batch(values, result);
        Near(expected, result);
        Near(expected, [.. values.Select(next)]);
    }

    private static void CheckMacd(double[] values, int fast, int slow, int signal, double[] expectedLines, double[] expectedSignals)
    {
        var (lines, signals) = (new double[values.Length], new double[values.Length]);
        Macd.Fill(values, fast, slow, signal, lines, signals);
        var streaming = new Macd(fast, slow, signal);
        MacdValue[] each = [.. values.Select(streaming.Next)];
        Near(expectedLines, lines);
        Near(expectedSignals, signals);
        Near(expectedLines, [.. each.Select(value => value.Line)]);
        Near(expectedSignals, [.. each.Select(value => value.Signal)]);
        Near([.. expectedLines.Zip(expectedSignals, (line, average) => line - average)], [.. each.Select(value => value.Histogram)]);
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
            Assert.True(double.IsNaN(expected[index]) ? double.IsNaN(actual[index]) : Math.Abs(expected[index] - actual[index]) < 1e-12, $"at {index}: {actual[index]:R}, not {expected[index]:R}");
    }
}
