using System.Globalization;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Connectors.Charts;

public sealed class ChartPiecesTests
{
    [Theory]
    [InlineData("Wolf 🐺 VIP 🔥", "Wolf VIP")]
    [InlineData("𝗕𝗶𝗻𝗮𝗻𝗰𝗲 𝗞𝗶𝗹𝗹𝗲𝗿𝘀", "Binance Killers")]
    [InlineData("Крипто Сигналы", "Крипто Сигналы")]
    [InlineData("Kripto Türkiye ğüşıİöç", "Kripto Türkiye ğüşıİöç")]
    [InlineData("中文信号", "–")]
    [InlineData("{b} {c|x}", "(b) (c|x)")]
    [InlineData(" a\r\n\tb\u202ec\0 ", "a b c")]
    [InlineData("", "–")]
    [InlineData("🔥🔥", "–")]
    [InlineData("%", "%")]
    public void Clean_TextOfAnybody_IsOneLineThatTheFontHas(string text, string expected) => Assert.Equal(expected, ChartText.Clean(text, 40));

    [Fact]
    public void Clean_TooLong_IsCutWithADotted_End() => Assert.Equal("abcdefg…", ChartText.Clean("abcdefghij", 8));

    [Theory]
    [InlineData(1234.567, 2, "+1,234.57")]
    [InlineData(-0.004, 2, "0.00")]
    [InlineData(-12.0, 0, "−12")]
    [InlineData(0.0, 1, "0.0")]
    public void Change_Number_HasItsSignAndNoneForNothing(double value, int digits, string expected) => Assert.Equal(expected, ChartText.Change(value, digits));

    [Theory]
    [InlineData(0, 0.3, 3, false, "0 0.1 0.2 0.3")]
    [InlineData(9_512, 12_344, 4, false, "9000 10000 11000 12000 13000")]
    [InlineData(-61.2, 0, 2, false, "-100 -50 0")]
    [InlineData(0.25185, 0.2563, 6, true, "0.252 0.253 0.254 0.255 0.256")]
    [InlineData(5, 5, 4, false, "4.94 4.96 4.98 5 5.02 5.04 5.06")]
    public void Ticks_OfAnyRange_AreRound(double least, double most, int steps, bool isTight, string expected)
    {
        var scale = AxisScale.Of(least, most, steps, isTight);

        if (least < most)
            Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(tick => tick.ToString(CultureInfo.InvariantCulture))));
        Assert.True(scale.Low <= least && scale.High >= most);
        Assert.All(scale.Ticks, tick => Assert.InRange(tick, scale.Low, scale.High));
        Assert.All(scale.Ticks, tick => Assert.True(tick.ToString(CultureInfo.InvariantCulture).Length <= 7));
    }

    [Fact]
    public void Units_LargeAmounts_AreDividedAndPricesAreNot()
    {
        var scale = AxisScale.Of(0, 620_000, 4, hasUnits: true);
        Assert.Equal((1e3, "thousand ", 620.0), (scale.Unit, scale.UnitName, scale.Value(620_000)));
        Assert.Equal((1.0, ""), (AxisScale.Of(0, 620_000, 4).Unit, AxisScale.Of(0, 620_000, 4).UnitName));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(2, 1)]
    public void Scale_OfNoRange_IsRefused(double least, double most) => Assert.Contains("can't be drawn", Assert.Throws<ArgumentException>(() => AxisScale.Of(least, most, 4)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(24)]
    [InlineData(100)]
    [InlineData(24 * 40)]
    [InlineData(24 * 300)]
    [InlineData(24 * 365 * 5)]
    [InlineData(24 * 365 * 60)]
    public void TimeTicks_AnySpan_AreFewAndInside(double hours)
    {
        var from = SomeCharts.Start;
        var scale = TimeScale.Of(from, from + TimeSpan.FromHours(hours), TimeZoneInfo.Utc);
        Assert.InRange(scale.Ticks.Count, 1, 8);
        Assert.All(scale.Ticks, tick => Assert.InRange(tick, scale.Low, scale.High));
    }

    [Fact]
    public void TimeTicks_OfAnotherZone_LieOnItsOwnHours()
    {
        // In India the clock is five and a half hours ahead: its midnight is 18:30 in London's winter.
        var scale = TimeScale.Of(SomeCharts.Start, SomeCharts.Start + TimeSpan.FromDays(4), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
        Assert.Equal("{d} {MMM}", scale.Form);
        Assert.All(scale.Ticks, tick => Assert.Equal(0, tick % (24 * 3_600_000)));
        Assert.Equal(SomeCharts.Start.UnixMilliseconds + 19_800_000, scale.At(SomeCharts.Start));
    }

    [Fact]
    public void Extremes_ManyPoints_KeepEveryPeakAndBothEnds()
    {
        var random = new Random(3);
        var values = new double[100_000];
        for (var index = 0; index < values.Length; index++)
            values[index] = random.NextDouble();
        (values[54_321], values[77_777]) = (5, -5);

        var kept = Downsampling.Extremes(values, 600);

        Assert.InRange(kept.Count, 500, 600);
        Assert.Contains(54_321, kept);
        Assert.Contains(77_777, kept);
        Assert.Equal((0, 99_999), (kept[0], kept[^1]));
        Assert.Equal(kept.Order().Distinct(), kept);
    }

    [Fact]
    public void Candles_TooMany_BecomeLongerOnesWithTheSameExtremesAndVolume()
    {
        Candle[] minutes = [.. Enumerable.Range(0, 1_000).Where(minute => minute is < 100 or > 160).Select(minute => SomeCharts.Candle(minute, 100 + minute % 37))];

        var joined = Downsampling.Candles(minutes, 100);

        Assert.InRange(joined.Count, 50, 100);
        Assert.Equal(10, joined[0].Timeframe.Minutes);
        Assert.Equal(minutes.Sum(candle => candle.Volume), joined.Sum(candle => candle.Volume));
        Assert.Equal((minutes.Min(candle => candle.Low), minutes.Max(candle => candle.High)), (joined.Min(candle => candle.Low), joined.Max(candle => candle.High)));
        Assert.Equal((minutes[0].Open, minutes[9].Close), (joined[0].Open, joined[0].Close));
        Assert.Same(minutes, Downsampling.Candles(minutes, 1_000));
    }

    [Theory]
    [InlineData(new double[] { 10, 11, 12 }, new double[] { 10, 25, 40 })]
    [InlineData(new double[] { 90, 95, 100 }, new double[] { 70, 85, 100 })]
    [InlineData(new double[] { 0, 50, 100 }, new double[] { 0, 50, 100 })]
    public void Labels_TooNear_AreMovedApartAndStayInside(double[] places, double[] expected) => Assert.Equal(expected, TradeChart.Apart(places, 15, 100));

    [Theory]
    [InlineData(ChartTheme.Dark)]
    [InlineData(ChartTheme.Light)]
    public void Colours_OfATheme_AreReadable(ChartTheme theme)
    {
        var style = ChartStyle.Of(theme);
        foreach (var text in new[] { style.Text, style.Muted, style.Gain, style.Loss, style.Accent, style.Mark })
            Assert.True(Contrast(text, style.Background) >= 4.5, $"{theme}: {text} has {Contrast(text, style.Background):0.0}");
        foreach (var (ground, text) in new[] { (style.StrongGain, style.OnStrong), (style.StrongLoss, style.OnStrong), (style.Shade(0.55), style.Text), (style.Shade(-0.55), style.Text), (style.Neutral, style.Text) })
            Assert.True(Contrast(ground, text) >= 4.4, $"{theme}: {text} on {ground} has {Contrast(ground, text):0.0}");
        Assert.Equal((style.StrongLoss, style.Neutral, style.StrongGain), (style.Shade(-7), style.Shade(0), style.Shade(1)));
    }

    /// <summary>W3C, "Web Content Accessibility Guidelines 2.1", relative luminance and contrast ratio.</summary>
    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int index)
        {
            var share = Convert.ToInt32(colour.Substring(1 + index * 2, 2), 16) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(0) + 0.7152 * Channel(1) + 0.0722 * Channel(2);
    }
}
