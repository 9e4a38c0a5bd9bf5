using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Judgement.Scorecards;

public sealed class ScorecardTests
{
    [Fact]
    public void Of_EverySignal_IsCountedOnce()
    {
        var card = Judged.Card(
        [
            Judged.Closed(1, 1), Judged.Closed(2, -1) with { EditedLater = true, PostHadStop = false, SameCandleConflicts = 1 }, Judged.Closed(3, 0.2) with { End = SignalEnd.StillOpen, ClosedAt = null },
            Judged.Without(4, SignalEnd.Denied, "past-entry"), Judged.Without(5, SignalEnd.Denied, "past-entry") with { DeletedLater = true }, Judged.Without(6, SignalEnd.Denied, "duplicate"),
            Judged.Without(7, SignalEnd.Unfilled, "expired"),
        ]);
        var signals = card.Signals;
        Assert.Equal((7, 2, 1, 1, 3, 3), (signals.Seen, signals.Closed, signals.StillOpen, signals.Unfilled, signals.Denied, signals.Taken));
        Assert.Equal([KeyValuePair.Create("past-entry", 2), KeyValuePair.Create("duplicate", 1)], signals.DeniedBy);
        Assert.Equal((1, 1, 1, 1), (signals.EditedLater, signals.DeletedLater, signals.WithoutStop, signals.SameCandleConflicts));
        Assert.Equal(3, card.Days);
        Assert.Equal((Judged.Closed(1, 1).PostedAt, Judged.Closed(7, 1).PostedAt), (card.From, card.To));
    }

    [Fact]
    public void Of_NoSignalAtAll_IsACardOfNothing()
    {
        var card = Judged.Card([]);
        Assert.Equal((0, Advice.NotEnoughData, null, null), (card.Signals.Seen, card.Verdict.Advice, card.Expectancy, card.Skill));
        Assert.Empty(card.Warnings);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Verdict_FewClosedPositions_IsNotEnoughData(int closed, bool isEnough)
    {
        // As many open ones as there may be: they prove nothing.
        var outcomes = Enumerable.Range(0, closed).Select(number => Judged.Closed(number, number % 2 == 0 ? 1.5 : -1))
            .Concat(Enumerable.Range(100, 30).Select(number => Judged.Closed(number, 1) with { End = SignalEnd.StillOpen, ClosedAt = null })).ToArray();
        Assert.Equal(isEnough, Judged.Card(outcomes).HasEnoughData);
    }

    [Fact]
    public void Verdict_ManySignalsOfFewDays_IsNotEnoughData()
    {
        var card = Judged.Card([.. Enumerable.Range(0, 90).Select(number => Judged.Closed(number, number % 3 == 0 ? -1 : 1, day: number % 9 + number / 9 * 0.01))]);
        Assert.Equal(Advice.NotEnoughData, card.Verdict.Advice);
        Assert.Contains("9 days; at least 10", card.Verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WWWL", 1.0, Advice.Follow)]
    [InlineData("WL", 1.2, Advice.PaperOnly)]
    [InlineData("WL", 0.95, Advice.Leave)]
    [InlineData("WLLL", 1.0, Advice.Leave)]
    [InlineData("W", 0.5, Advice.PaperOnly)]
    public void Verdict_ByWhatItBrought(string pattern, double win, Advice advice) =>
        Assert.Equal(advice, Judged.Card([.. Enumerable.Range(0, 60).Select(number => Judged.Closed(number, pattern[number % pattern.Length] == 'W' ? win : -1))]).Verdict.Advice);

    [Fact]
    public void Verdict_ThreeLossesAmongSixty_HaveToHaveBeen()
    {
        var card = Judged.Card([.. Enumerable.Range(0, 60).Select(number => Judged.Closed(number, number is 20 or 40 ? -1 : 0.5))]);
        Assert.Equal(Advice.PaperOnly, card.Verdict.Advice);
        Assert.Contains("only 2 of 60", card.Verdict.Reason, StringComparison.Ordinal);
    }

    /// <summary>The channel with the high win rate loses money: 90 × 0.0778 − 10 × 1 is a factor of 0.7. The other wins 45 of 100 and makes 1.4 of each lost 1.</summary>
    [Fact]
    public void Ranking_NinetyPerCentWinsAndFactorBelowOne_IsBelowFortyFiveAndAboveOne()
    {
        var shiny = Judged.Card([.. Enumerable.Range(0, 100).Select(number => Judged.Closed(number, number % 10 == 9 ? -1 : 0.7 / 9))], channel: new ChannelId("@a-shiny"));
        var plain = Judged.Card([.. Enumerable.Range(0, 100).Select(number => Judged.Closed(number, number * 9 % 20 < 9 ? 1.4 * 55 / 45 : -1))], channel: new ChannelId("@z-plain"));
        Assert.Equal((0.9, 0.7), (Math.Round(shiny.Results.WinRate!.Value, 9), Math.Round(shiny.Results.ProfitFactor!.Value, 9)));
        Assert.Equal((0.45, 1.4), (Math.Round(plain.Results.WinRate!.Value, 9), Math.Round(plain.Results.ProfitFactor!.Value, 9)));

        var ranking = ChannelRanking.Of([shiny, plain]);
        Assert.Equal([(1, "@z-plain"), (2, "@a-shiny")], ranking.Select(row => (row.Rank!.Value, row.Card.Channel.Value)));
        Assert.Equal(Advice.Leave, shiny.Verdict.Advice);
    }

    [Fact]
    public void Ranking_ALuckyStart_HasNoRank_AndFewTradesStandBelowManyOfTheSameMean()
    {
        var lucky = Judged.Card([.. Enumerable.Range(0, 2).Select(number => Judged.Closed(number, 5))], channel: new ChannelId("@lucky"));
        var few = Judged.Card([.. Enumerable.Range(0, 25).Select(number => Judged.Closed(number, number % 5 < 3 ? 1.5 : -1))], channel: new ChannelId("@few"));
        var many = Judged.Card([.. Enumerable.Range(0, 250).Select(number => Judged.Closed(number, number % 5 < 3 ? 1.5 : -1))], channel: new ChannelId("@many"));
        Assert.Equal(few.Results.Expectancy!.Value, many.Results.Expectancy!.Value, 12);
        Assert.Equal([(1, "@many"), (2, "@few"), (null, "@lucky")], ChannelRanking.Of([lucky, few, many]).Select(row => (row.Rank, row.Card.Channel.Value)));
    }

    [Fact]
    public void DelayCost_PairsSignals_AndAMissedOneCountsWithNothing()
    {
        SignalOutcome[] early = [Judged.Closed(1, 2), Judged.Closed(2, -1), Judged.Closed(3, 1), Judged.Without(4, SignalEnd.Denied, "past-entry")];
        SignalOutcome[] late = [Judged.Closed(1, 1.5), Judged.Closed(2, -1), Judged.Without(3, SignalEnd.Unfilled, "expired"), Judged.Closed(4, -1)];
        var card = Scorecard.Of(new ChannelRecord
        {
            Channel = Judged.Channel,
            Run = new DelayedRun(TimeSpan.FromMinutes(5), late),
            OtherDelays = [new DelayedRun(TimeSpan.Zero, early)],
        }, Judged.Quick);
        // Lost 0.5, 0, 1 and, for the loser that only the later one has, 1: together 2.5 over four signals and five minutes.
        var cost = Assert.Single(card.DelayCosts);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.Zero, 4, 1), (cost.Delay, cost.Against, cost.Signals, cost.Missed));
        Assert.Equal((0.625, 0.125), (Math.Round(cost.LostR, 12), Math.Round(cost.LostPerMinute, 12)));
        Assert.NotNull(cost.Interval);
    }

    [Fact]
    public void Claims_AreCountedByTheirVerdict()
    {
        SignalClaim Claim(ClaimVerdict verdict, long post) => new(1, Judged.Channel, new CheckedClaim(new Claim.TargetHit(1), verdict, "", post, 1, Judged.Start, Judged.Start));
        Assert.Equal(new ClaimTally(2, 1, 1), ClaimTally.Of([Claim(ClaimVerdict.True, 1), Claim(ClaimVerdict.True, 2), Claim(ClaimVerdict.False, 3), Claim(ClaimVerdict.Unknown, 4)]));
    }

    [Fact]
    public void Warnings_NameWhatIsAmiss()
    {
        var outcomes = Enumerable.Range(0, 10).Select(number => Judged.Closed(number, 1) with { PostHadStop = number > 4, DeletedLater = number == 0, EditedLater = number < 3 }).ToArray();
        var card = Scorecard.Of(new ChannelRecord { Channel = Judged.Channel, Run = new DelayedRun(TimeSpan.Zero, outcomes), Claims = new ClaimTally(3, 2, 9) }, Judged.Quick);
        Assert.Equal(
            ["2 of 5 claims that could be checked were false", "1 of 10 signals were deleted afterwards; they count here", "3 of 10 signals were edited afterwards; the first text counts here", "5 of 10 signals came without a stop"],
            card.Warnings);
    }

    [Fact]
    public void Of_TheOrderOfTheOutcomes_ChangesNothing()
    {
        var prices = Judged.Minutes(Judged.Walk(20 * 1440, 5));
        var outcomes = Enumerable.Range(8, 10).Select(number => Judged.Closed(number, number % 2 == 0 ? 1.7 : -1, day: number + 0.3)).ToArray();
        var (one, other) = (Judged.Card(outcomes, prices: prices), Judged.Card([.. outcomes.Reverse()], prices: prices));
        Assert.Equal((one.Expectancy, one.Skill, one.Results, one.Moves, one.Verdict), (other.Expectancy, other.Skill, other.Results, other.Moves, other.Verdict));
        Assert.Equal(one.Regimes, other.Regimes);
    }

    [Fact]
    public void Of_ASettingOutOfItsRange_IsRefusedByName()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Judged.Card([], new ScorecardSettings { Confidence = 1 }));
        Assert.Equal("Confidence", thrown.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Judged.Card([], new ScorecardSettings { LeastClosed = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Judged.Card([], new ScorecardSettings { RandomEntries = 18 }));
    }
}
