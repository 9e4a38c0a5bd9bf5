using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement.Scorecards;

/// <summary>What the market did before and after a post.</summary>
public sealed class AroundThePostTests
{
    private const int Week = 7 * 1440;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void CloseAt_KnowsACandleOnceItHasClosed()
    {
        var prices = Judged.Minutes([10m, 11m, 12m]);
        Assert.Null(prices.CloseAt(Judged.Start + TimeSpan.FromSeconds(59)));
        Assert.Equal(10, prices.CloseAt(Judged.Start + TimeSpan.FromSeconds(60)));
        Assert.Equal(10, prices.CloseAt(Judged.Start + TimeSpan.FromSeconds(119)));
        Assert.Equal(12, prices.CloseAt(Judged.Start + TimeSpan.FromMinutes(18)));
        Assert.Null(prices.CloseAt(Judged.Start + TimeSpan.FromMinutes(18) + TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void SymbolPrices_OfDailyCandles_AreRefused() =>
        Assert.Contains("1440 minutes", Assert.Throws<ArgumentException>(() => new SymbolPrices(new PriceRanges([0, 86_400_000], [1m, 1m], [1m, 1m], [1m, 1m], [1m, 1m]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(TradeSide.Long, 0.03)]
    [InlineData(TradeSide.Short, -0.03)]
    public void Around_APlantedPump_IsSeenInTheDirectionOfTheSignal(TradeSide side, double before)
    {
        var closes = Judged.Walk(Week + 240, 1);
        // In the hour before the post the price climbs three per cent, step by step, and afterwards it falls back by two.
        var from = closes[Week];
        for (var minute = 1; minute <= 60; minute++)
            closes[Week + minute] = from * (1m + 0.0005m * minute);
        for (var minute = 61; minute < 240; minute++)
            closes[Week + minute] = from * 1.03m * 0.98m;
        var move = PriceMove.Around(Judged.Start + TimeSpan.FromMinutes(Week + 61), side, Hour, Judged.Minutes(closes))!;
        Assert.Equal(before, move.Before, 6);
        Assert.Equal(before > 0 ? -0.02 : 0.02, move.After!.Value, 6);
        // Sixty steps of 0.1 % make moves of about 0.1 % × √60 = 0.77 %: three per cent is nearly four of them.
        Assert.Equal(Math.Sign(before) * 3.8, move.InUsualMoves!.Value, 0.6);
    }

    [Fact]
    public void Around_WithoutAPriceBefore_SaysNothing_AndWithoutAWeek_NotWhatIsUsual()
    {
        var prices = Judged.Minutes(Judged.Walk(600, 2));
        Assert.Null(PriceMove.Around(Judged.Start + TimeSpan.FromMinutes(30), TradeSide.Long, Hour, prices));
        var move = PriceMove.Around(Judged.Start + TimeSpan.FromMinutes(600), TradeSide.Long, Hour, prices)!;
        Assert.Null(move.InUsualMoves);
        Assert.Null(move.After);
    }

    [Fact]
    public void Moves_APumpingChannel_IsWarnedOf()
    {
        var closes = Judged.Walk(30 * 1440, 3);
        var outcomes = Enumerable.Range(10, 15).Select(day => Judged.Closed(day, 1, day: day)).ToArray();
        foreach (var outcome in outcomes.Take(5))
        {
            var post = (int)(outcome.PostedAt - Judged.Start).TotalMinutes;
            var factor = closes[post - 61] * 1.05m / closes[post - 1];
            for (var minute = post - 30; minute < closes.Count; minute++)
                closes[minute] = decimal.Round(closes[minute] * factor, 4);
        }

        var card = Judged.Card(outcomes, prices: Judged.Minutes(closes));
        Assert.Equal((15, 15, 5), (card.Moves!.Signals, card.Moves.Measured, card.Moves.Moved));
        Assert.Contains(card.Warnings, warning => warning.Contains("before 5 of 15 posts", StringComparison.Ordinal));
        // The same posts over the quiet walk: nothing of the kind.
        Assert.Equal(0, Judged.Card(outcomes, prices: Judged.Minutes(Judged.Walk(30 * 1440, 3))).Moves!.Moved);
    }

    [Theory]
    [InlineData(1.0, Trend.Up)]
    [InlineData(-1.0, Trend.Down)]
    [InlineData(0.0, Trend.Sideways)]
    public void Regime_OfASteadyMarket_IsItsTrend(double drift, Trend trend)
    {
        // A tenth of a per cent to and fro each hour, and the drift on top of it.
        var closes = Enumerable.Range(0, Week + 60).Select(minute => (decimal)(1000 * Math.Exp(0.001 * drift * (minute / 60) / 5) * (minute / 60 % 2 == 0 ? 1 : 1.001))).Select(price => decimal.Round(price, 6)).ToArray();
        Assert.Equal(trend, MarketRegime.At(Judged.Start + TimeSpan.FromMinutes(Week + 60), Judged.Minutes(closes))!.Trend);
    }

    [Theory]
    [InlineData(0.004, Volatility.Wild)]
    [InlineData(0.0005, Volatility.Quiet)]
    public void Regime_OfTheLastDay_IsItsVolatility(double lastDay, Volatility volatility)
    {
        var closes = Enumerable.Range(0, Week + 60).Select(minute => decimal.Round((decimal)(1000 * (1 + (minute / 60 % 2) * (minute > Week - 1440 ? lastDay : 0.001))), 6)).ToArray();
        Assert.Equal(volatility, MarketRegime.At(Judged.Start + TimeSpan.FromMinutes(Week + 60), Judged.Minutes(closes))!.Volatility);
    }

    [Fact]
    public void Regime_WithLessThanAWeekBefore_IsUnknown() => Assert.Null(MarketRegime.At(Judged.Start + TimeSpan.FromDays(6), Judged.Minutes(Judged.Walk(6 * 1440, 4))));

    /// <summary>Cutting off all that came after the post, or turning it into nonsense, changes nothing of what is said of before.</summary>
    [Fact]
    public void BeforeThePost_TheFutureCutOffOrChanged_ChangesNothing()
    {
        var numbers = new SeededNumbers(6);
        var closes = Judged.Walk(20 * 1440, 6);
        for (var round = 0; round < 50; round++)
        {
            var minute = numbers.Next(8 * 1440, 19 * 1440);
            var post = Judged.Start + TimeSpan.FromMinutes(minute) + TimeSpan.FromMilliseconds(numbers.Next(0, 60_000));
            var full = Judged.Minutes(closes);
            var cut = Judged.Minutes([.. closes.Take(minute)]);
            var other = Judged.Minutes([.. closes.Take(minute), .. closes.Skip(minute).Select(price => price * 3m)]);
            foreach (var known in new[] { cut, other })
            {
                Assert.Equal(MarketRegime.At(post, full), MarketRegime.At(post, known));
                var (one, two) = (PriceMove.Around(post, TradeSide.Long, Hour, full)!, PriceMove.Around(post, TradeSide.Long, Hour, known)!);
                Assert.Equal((one.Before, one.InUsualMoves), (two.Before, two.InUsualMoves));
            }

            Assert.Null(PriceMove.Around(post, TradeSide.Long, Hour, cut)!.After);
        }
    }

    [Fact]
    public void Regimes_ShareOutEveryPositionTwice()
    {
        var prices = Judged.Minutes(Judged.Walk(40 * 1440, 8));
        var card = Judged.Card([.. Enumerable.Range(2, 36).Select(day => Judged.Closed(day, day % 3 == 0 ? 2 : -1, day: day + 0.5))], prices: prices);
        var known = card.Regimes.Where(regime => regime.Name is not "unknown").ToArray();
        Assert.Equal(2 * 36, known.Sum(regime => regime.Results.Positions) + 2 * card.Regimes.Where(regime => regime.Name == "unknown").Sum(regime => regime.Results.Positions));
        Assert.Equal(5, card.Regimes.Single(regime => regime.Name == "unknown").Results.Positions);
    }
}
