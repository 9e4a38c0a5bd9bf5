using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement.Scorecards;

public sealed class RandomEntriesTests
{
    private const int Days = 25;

    [Fact]
    public void Test_WithoutPricesOrPositions_SaysNothing()
    {
        Assert.Null(Judged.Card([Judged.Closed(1, 1)]).Skill);
        Assert.Null(Judged.Card([Judged.Without(1, SignalEnd.Unfilled, "expired")], prices: Judged.Minutes(Judged.Walk(3000, 1))).Skill);
    }

    [Fact]
    public void Test_OwnEntry_IsWalkedToItsTargetAndItsStop()
    {
        // Flat at 100, then up to 110 in the last minute: every entry of the day but the last comes to 105 first and makes (105 − 100) ÷ (100 − 98) = 2.5 R.
        var prices = Judged.Minutes([.. Enumerable.Repeat(100m, 1439), 110m]);
        var position = Judged.Closed(1, 0, day: 0.5) with { EntryPrice = 100m, Stop = 98m, Targets = [105m] };
        var skill = Judged.Card([position], prices: prices).Skill!;
        Assert.Equal((1, 2.5), (skill.Signals, skill.Own));
        Assert.Equal(1, skill.PValue);

        var down = Judged.Minutes([.. Enumerable.Repeat(100m, 1439), 90m]);
        Assert.Equal(-1, Judged.Card([position], prices: down).Skill!.Own, 12);
        Assert.Equal(5, Judged.Card([position with { Side = TradeSide.Short, Stop = 102m, Targets = [90m] }], prices: down).Skill!.Own, 12);
    }

    [Fact]
    public void Test_BothAreLeftAfterTheLongestHold()
    {
        // Five per cent up at noon of the second day, but the entry at the first noon may last an hour only.
        var prices = Judged.Minutes([.. Enumerable.Repeat(100m, 2160), .. Enumerable.Repeat(110m, 720)]);
        var position = Judged.Closed(1, 0, day: 0.5) with { EntryPrice = 100m, Stop = 98m, Targets = [105m] };
        Assert.Equal(0, Judged.Card([position], Judged.Quick with { LongestHold = TimeSpan.FromHours(1) }, prices).Skill!.Own, 12);
        Assert.Equal(2.5, Judged.Card([position], prices: prices).Skill!.Own, 12);
    }

    /// <summary>Somebody who buys at the lowest minute of each day has skill, if there ever was any.</summary>
    [Fact]
    public void Test_PlantedSkill_HasTheSmallestPValueThereIs()
    {
        var closes = Judged.Walk(Days * 1440, 11);
        var positions = Enumerable.Range(0, Days - 1).Select(day =>
        {
            var lowest = Enumerable.Range(day * 1440 + 1, 1200).MinBy(minute => closes[minute - 1]);
            return Position(day, lowest, closes);
        }).ToArray();
        var skill = Judged.Card(positions, prices: Judged.Minutes(closes)).Skill!;
        Assert.Equal(Days - 1, skill.Signals);
        Assert.True(skill.Own > skill.Random + 0.5, $"{skill.Own} against {skill.Random}");
        Assert.Equal(1.0 / 200, skill.PValue, 12);
    }

    /// <summary>Without skill every p-value is as likely as any other: of 200 channels that enter at random about one in ten is below 0.1, one in two below 0.5. Two hours leave most results as many as there are prices, or ties would count against the channel.</summary>
    [Fact]
    public void Test_WithoutSkill_PValuesAreSpreadEvenly()
    {
        var closes = Judged.Walk(Days * 1440, 12);
        var prices = Judged.Minutes(closes);
        var numbers = new SeededNumbers(13);
        var values = Enumerable.Range(0, 200).Select(run => Judged.Card(
            [.. Enumerable.Range(0, 12).Select(day => Position(day, day * 1440 + numbers.Next(0, 1440), closes))],
            Judged.Quick with { RandomEntries = 99, Resamples = 100, Seed = run, LongestHold = TimeSpan.FromHours(2) }, prices).Skill!.PValue).ToArray();
        // Six standard deviations of a share of 200 are 0.13 and 0.21.
        Assert.InRange(values.Count(value => value <= 0.1) / 200.0, 0.03, 0.18);
        Assert.InRange(values.Count(value => value <= 0.5) / 200.0, 0.38, 0.62);
        Assert.InRange(values.Average(), 0.42, 0.58);
    }

    [Fact]
    public void Test_ADayWithTooFewBars_IsLeftOut()
    {
        var prices = Judged.Minutes(Judged.Walk(1440 + 20, 14));
        Assert.Null(Judged.Card([Judged.Closed(1, 1, day: 1.001)], prices: prices).Skill);
    }

    [Fact]
    public void Test_LevelsThatCanNotBeCarriedOver_DoNoHarm()
    {
        var prices = Judged.Minutes(Judged.Walk(2 * 1440, 15));
        // A stop on the wrong side of what was got; a short whose target is below zero at any other price; no stop; no targets.
        SignalOutcome[] positions =
        [
            Judged.Closed(1, 1, day: 0.5) with { Stop = 101m }, Judged.Closed(2, 1, day: 0.5) with { Side = TradeSide.Short, Stop = 110m, Targets = [0.0000001m, 50m] },
            Judged.Closed(3, 1, day: 0.5) with { Stop = null }, Judged.Closed(4, 1, day: 0.5) with { Targets = [] },
        ];
        Assert.Equal(2, Judged.Card(positions, prices: prices).Skill!.Signals);
    }

    /// <summary>The walk without books comes to what the backtest of single signals books, on random entries.</summary>
    [Fact]
    public void Walk_RandomEntries_IsWhatTheSignalBacktestBooks()
    {
        var prices = Judged.Minutes(Judged.Walk(5 * 1440, 16)).Candles;
        var numbers = new SeededNumbers(17);
        var ends = new HashSet<IndependentEnd>();
        for (var round = 0; round < 2_000; round++)
        {
            var (bar, side, hold) = (numbers.Next(0, prices.Count), numbers.Pick([TradeSide.Long, TradeSide.Short]), numbers.Next(1, 3_000));
            var open = prices.Opens[bar];
            var stop = open * (1m - side.Sign() * numbers.Next(1, 40) / 1000m);
            decimal[] targets = [.. Enumerable.Range(0, numbers.Next(0, 5)).Select(_ => open * (1m + side.Sign() * numbers.Next(1, 60) / 1000m))];
            var position = Judged.Closed(1, 0) with { Side = side, EntryPrice = open, Stop = stop, Targets = targets };
            var booked = new SignalBacktest(prices, Some.Btc, new IndependentSettings { MaxHold = hold })
                .Run(new IndependentSignal("", new Instant(prices.Times[bar] - 1), side, [.. targets.Select(target => new Price(target))], new Price(stop)));
            ends.Add(booked.End);
            Assert.Equal((double)(booked.Closed!.Gross.Amount / Math.Abs(open - stop)), CarriedLevels.Of(position)!.Walk(prices, bar, hold), 9);
        }

        Assert.Equal(4, ends.Count);
    }

    /// <summary>Entered at the open of that minute, stop and target one per cent away.</summary>
    private static SignalOutcome Position(int number, int minute, IReadOnlyList<decimal> closes)
    {
        var open = minute == 0 ? closes[0] : closes[minute - 1];
        var at = Judged.Start + TimeSpan.FromMinutes(minute);
        return Judged.Closed(number, 0) with { PostedAt = at, ActedAt = at, OpenedAt = at, ClosedAt = at + TimeSpan.FromHours(1), EntryPrice = open, Stop = open * 0.99m, Targets = [open * 1.01m, open * 1.02m] };
    }
}
