using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement;

public sealed class EquityCurveTests
{
    [Fact]
    public void Add_LevelStretch_KeepsItsEnds()
    {
        var curve = new EquityCurve(100m);
        foreach (var (minute, equity) in new[] { (0, 100m), (1, 100m), (2, 100m), (3, 90m), (4, 90m) })
            curve.Add(new Instant(minute), equity);

        Assert.Equal([(0L, 100m), (2L, 100m), (3L, 90m), (4L, 90m)], curve.Points().Select(point => (point.Time.UnixMilliseconds, point.Equity)));
        Assert.Equal(0.1m, curve.DeepestDrawdown);
    }

    [Fact]
    public void Add_MoreThanAPictureNeeds_KeepsPeaksFallsAndOrder()
    {
        var (curve, numbers) = (new EquityCurve(1_000m), new SeededNumbers(3));
        var all = new List<decimal>();
        for (var index = 0; index < 40_000; index++)
        {
            all.Add(index == 12_345 ? 5_000m : index == 31_111 ? 1m : 1_000m + numbers.Next(0, 1_000));
            curve.Add(new Instant(index), all[^1]);
        }

        var points = curve.Points();
        Assert.InRange(points.Count, 1_000, EquityCurve.MostPoints);
        Assert.Equal((5_000m, 1m), (points.Max(point => point.Equity), points.Min(point => point.Equity)));
        Assert.Equal((all[0], all[^1]), (points[0].Equity, points[^1].Equity));
        Assert.Equal(points.Select(point => point.Time).Order(), points.Select(point => point.Time));
        Assert.Equal((5_000m - 1m) / 5_000m, curve.DeepestDrawdown);
    }
}
