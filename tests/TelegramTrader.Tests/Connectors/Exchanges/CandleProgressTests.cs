using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class CandleProgressTests
{
    private static readonly CandleSeries Series = new(Some.Btc, Timeframe.OneMinute);
    private static readonly Instant Start = Series.OpenAt(Some.Time);

    private readonly CandleProgress _progress = new(Series, Start);

    [Fact]
    public void Pushed_Twice_IsToldOnce()
    {
        Assert.Equal([0], Minutes(_progress.Pushed(At(0))));
        Assert.Empty(_progress.Pushed(At(0)));
        Assert.Equal([1], Minutes(_progress.Pushed(At(1))));
    }

    [Fact]
    public void Pushed_BeforeAnEarlierOne_Waits()
    {
        Assert.Empty(_progress.Pushed(At(1)));
        Assert.True(_progress.HasGap);
        Assert.Equal([0, 1], Minutes(_progress.Pushed(At(0))));
        Assert.False(_progress.HasGap);
    }

    [Fact]
    public void Pushed_OfBeforeOrOffItsPlaceOrOfAnotherTimeframe_IsLeftAside()
    {
        Assert.Empty(_progress.Pushed(At(-1)));
        Assert.Empty(_progress.Pushed(Some.Candle(1m, 2m, 1m, 1m, time: Start + TimeSpan.FromSeconds(7))));
        Assert.Empty(_progress.Pushed(new Candle(Start, new Timeframe(5), new Price(1m), new Price(1m), new Price(1m), new Price(1m), 1m)));
        Assert.False(_progress.HasGap);
    }

    [Fact]
    public void Answered_TheOpenCandle_IsNotTold()
    {
        Assert.Equal([0, 1], Minutes(_progress.Answered([At(0), At(1), At(2)], closedBy: Start + TimeSpan.FromMinutes(2.9))));
        Assert.Empty(_progress.Answered([At(2)], closedBy: Start + TimeSpan.FromMinutes(2.9)));
        Assert.Equal([2], Minutes(_progress.Answered([At(2)], closedBy: Start + TimeSpan.FromMinutes(3))));
    }

    [Fact]
    public void Answered_OneIsMissing_IsBelievedTheSecondTime()
    {
        Assert.Equal([0], Minutes(_progress.Answered([At(0), At(2), At(4)], closedBy: Start + TimeSpan.FromMinutes(5))));
        Assert.Equal([2, 4], Minutes(_progress.Answered([At(2), At(4)], closedBy: Start + TimeSpan.FromMinutes(5))));
        Assert.Equal([5], Minutes(_progress.Pushed(At(5))));
    }

    [Fact]
    public void Answered_NothingLater_IsNoGap()
    {
        Assert.Empty(_progress.Pushed(At(1)));
        for (var answer = 0; answer < 5; answer++)
            Assert.Empty(_progress.Answered([], closedBy: Start + TimeSpan.FromMinutes(2)));
        Assert.Equal([0, 1], Minutes(_progress.Answered([At(0)], closedBy: Start + TimeSpan.FromMinutes(2))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyOrder_OfPushesAndAnswers_TellsEachOnceAndInOrder(int seed)
    {
        var draws = new SeededNumbers((ulong)seed);
        for (var run = 0; run < 300; run++)
        {
            var progress = new CandleProgress(Series, Start);
            var told = new List<int>();
            var late = new List<int>();
            for (var minute = 0; minute < 40; minute++)
            {
                var closed = Start + TimeSpan.FromMinutes(minute + 1);
                // Pushes come, come twice, come late or never.
                if (draws.Chance(60))
                    Tell(progress.Pushed(At(minute)), minute);
                if (draws.Chance(20))
                    late.Add(minute);
                if (late.Count > 0 && draws.Chance(40))
                    Tell(progress.Pushed(At(draws.Pick(late))), minute);
                if (draws.Chance(30))
                    Tell(progress.Answered([.. Enumerable.Range(0, minute + 2).Where(each => Start + TimeSpan.FromMinutes(each) >= progress.Next).Select(At)], closed), minute);
            }

            Tell(progress.Answered([.. Enumerable.Range(0, 41).Select(At)], Start + TimeSpan.FromMinutes(40)), 39);
            Assert.Equal(Enumerable.Range(0, 40), told);

            void Tell(IReadOnlyList<Candle> candles, int lastClosed)
            {
                told.AddRange(Minutes(candles));
                Assert.All(candles, candle => Assert.True(candle.OpenTime <= Start + TimeSpan.FromMinutes(lastClosed), "an open candle was told"));
            }
        }
    }

    private static Candle At(int minute) => Some.Candle(100m, 101m, 99m, 100.5m, time: Start + TimeSpan.FromMinutes(minute));

    private static IEnumerable<int> Minutes(IEnumerable<Candle> candles) => candles.Select(candle => (int)(candle.OpenTime - Start).TotalMinutes);
}
