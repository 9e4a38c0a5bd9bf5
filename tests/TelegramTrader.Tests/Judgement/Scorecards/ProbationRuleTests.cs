using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Judgement.Scorecards;

public sealed class ProbationRuleTests
{
    private static readonly ScorecardSettings Settings = Judged.Quick with { Resamples = 500 };

    [Fact]
    public void Decide_ADecayingChannel_IsPutOnProbation_AndEarnsItBack()
    {
        // 60 good days, 60 bad ones, 60 good ones: 3 wins of 4 at +1 R, then 1 of 4, then 3 of 4.
        var outcomes = Enumerable.Range(0, 180).Select(day => Judged.Closed(day, (day / 60 == 1) == (day % 4 == 0) ? 1 : -1)).ToArray();
        var (since, changes) = ((Instant?)null, new List<(int Day, bool On)>());
        for (var day = 1; day <= outcomes.Length; day++)
            if (ProbationRule.Decide(outcomes.Take(day), since, new ProbationSettings { Latest = 40 }, Settings) is { } change)
            {
                changes.Add((day, change.OnProbation));
                since = change.OnProbation ? outcomes[day - 1].PostedAt : null;
            }

        // It begins too soon to be sure, settles, falls within the 40 that count, and comes back within 40 and the run-up.
        Assert.False(changes.LastOrDefault(change => change.Day <= 60).On);
        var fall = changes.First(change => change.Day > 60);
        Assert.True(fall.On);
        Assert.InRange(fall.Day, 61, 75);
        var back = changes.First(change => change.Day > fall.Day);
        Assert.False(back.On);
        Assert.InRange(back.Day, 121, 165);
        Assert.False(changes[^1].On);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_TooLittleData_ChangesNothing(bool isOn)
    {
        var onProbation = isOn ? Judged.Start : (Instant?)null;
        Assert.Null(ProbationRule.Decide(Enumerable.Range(0, 19).Select(day => Judged.Closed(day, -1)), onProbation, new ProbationSettings(), Settings));
        Assert.Null(ProbationRule.Decide(Enumerable.Range(0, 50).Select(number => Judged.Closed(number, -1, day: number % 9)), onProbation, new ProbationSettings(), Settings));
        Assert.Null(ProbationRule.Decide([], onProbation, new ProbationSettings(), Settings));
    }

    [Fact]
    public void Decide_SaysWhy_AndOnlyWhenSomethingChanges()
    {
        var bad = Enumerable.Range(0, 30).Select(day => Judged.Closed(day, day % 5 == 0 ? 1 : -1)).ToArray();
        var change = ProbationRule.Decide(bad, null, new ProbationSettings(), Settings)!;
        Assert.StartsWith("its latest 30 positions brought -0.60 R each", change.Reason, StringComparison.Ordinal);
        Assert.Null(ProbationRule.Decide(bad, Judged.Start, new ProbationSettings(), Settings));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Decide_ToBeLetOff_ItNeedsNewPositions(int since, bool isLetOff)
    {
        var good = Enumerable.Range(0, 60).Select(day => Judged.Closed(day, day % 4 == 0 ? -1 : 1)).ToArray();
        Assert.Equal(isLetOff, ProbationRule.Decide(good, good[^(since + 1)].PostedAt, new ProbationSettings(), Settings) is { OnProbation: false });
    }

    [Fact]
    public void Decide_AWindowBelowWhatIsNeeded_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ProbationRule.Decide([], null, new ProbationSettings { Latest = 19 }, Settings));
}
