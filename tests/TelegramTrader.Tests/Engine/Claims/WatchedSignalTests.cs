using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine.Claims;

public sealed class WatchedSignalTests
{
    // The level is at 1040; a touch may miss it by a tenth of a per cent: 1038.96.
    [Theory]
    [InlineData("1000 1038.95", false)]
    [InlineData("1000 1038.96", true)]
    [InlineData("1000 1100 900", true)]
    // The market was beyond it when the post came, and first had to come back.
    [InlineData("1050 1060", false)]
    [InlineData("1050 1038.95", false)]
    [InlineData("1050 1038.95 1040", true)]
    public void Target_OfALong_IsTouchedAfterTheMarketWasInFrontOfIt(string prices, bool isTouched)
    {
        var level = new WatchedLevel(LevelKind.Target, 1, new Price(1040m), new Price(1038.96m), IsAbove: true, IsArmed: false);
        foreach (var price in Prices(prices))
            level = level.Seen(price, Some.Time);
        Assert.Equal(isTouched, level.TouchedAt is not null);
    }

    [Fact]
    public void Level_TouchedTwice_KeepsTheFirstTime()
    {
        var level = new WatchedLevel(LevelKind.Stop, 1, new Price(950m), new Price(950m), IsAbove: false, IsArmed: true).Seen(new Price(950m), Some.Time);
        Assert.Same(level, level.Seen(new Price(900m), Some.Time + TimeSpan.FromMinutes(1)));
        Assert.Equal(Some.Time, level.TouchedAt);
    }

    // Steps of a quarter of a per cent of the extreme: 1002.5, 997.5.
    [Theory]
    [InlineData("1000 1002.49 997.51", 1000, 1000)]
    [InlineData("1000 1002.5", 1002.5, 1000)]
    [InlineData("1000 997.5 1002.5 1003", 1002.5, 997.5)]
    [InlineData("1000 1100 900 1099", 1100, 900)]
    public void Extremes_MoveInSteps(string prices, double highest, double lowest)
    {
        var signal = Signal();
        foreach (var price in Prices(prices))
            signal = signal.Seen(price, Some.Time);
        Assert.Equal((new Price((decimal)highest), new Price((decimal)lowest), new Price(1000m)), (signal.Highest, signal.Lowest, signal.Entry));
    }

    [Fact]
    public void Entry_OfALadder_IsTheBestThatWasReached()
    {
        var signal = Signal() with
        {
            Levels = [new WatchedLevel(LevelKind.Entry, 1, new Price(990m), new Price(990m), false, true), new WatchedLevel(LevelKind.Entry, 2, new Price(980m), new Price(980m), false, true)],
        };
        signal = signal.Seen(new Price(1000m), Some.Time);
        Assert.Equal((null, (Price?)null), (signal.Entry, signal.Highest));
        signal = signal.Seen(new Price(989m), Some.Time);
        Assert.Equal(new Price(990m), signal.Entry);
        Assert.Equal(new Price(980m), signal.Seen(new Price(979m), Some.Time).Entry);
    }

    /// <summary>Between its two prices a signal changes by no price, and whatever changes it lies beyond them.</summary>
    [Fact]
    public void Watch_IsTouchedByEveryPriceThatChangesTheSignal()
    {
        var random = new Random(20250506);
        var levels = new[]
        {
            new WatchedLevel(LevelKind.Entry, 1, new Price(990m), new Price(990m), false, true), new WatchedLevel(LevelKind.Target, 1, new Price(1040m), new Price(1039m), true, false),
            new WatchedLevel(LevelKind.Target, 2, new Price(1001m), new Price(1001m), true, false), new WatchedLevel(LevelKind.Stop, 1, new Price(950m), new Price(951m), false, false),
        };
        var changes = 0;
        for (var run = 0; run < 50; run++)
        {
            var signal = Signal() with { Levels = run % 2 == 0 ? levels : [.. levels.Skip(1)] };
            for (var step = 0; step < 200; step++)
            {
                var price = new Price(Math.Round(900m + (decimal)random.NextDouble() * 200m, 2));
                var seen = signal.Seen(price, Some.Time);
                if (ReferenceEquals(seen, signal))
                    continue;
                Assert.True(new SignalWatch(signal).IsTouched(new Quote(Some.Btc, price, price, Some.Time)), $"{price} changes the signal and is not seen");
                signal = seen;
                changes++;
            }
        }

        Assert.True(changes > 200);
    }

    private static WatchedSignal Signal() => new()
    {
        Number = 1, Channel = new ChannelId("@alpha"), MessageId = 1, Base = "BTC", Side = TradeSide.Long, Symbol = Some.Btc, PostedAt = Some.Time, Since = Some.Time,
    };

    private static IEnumerable<Price> Prices(string prices) => prices.Split(' ').Select(price => new Price(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)));
}
