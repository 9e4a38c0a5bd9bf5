using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement;

/// <summary>Stories worked by hand: what one signal was worth, and which number says so.</summary>
public sealed class PostBacktestTests
{
    [Fact]
    public void Long_TwoTargets_EntersAtTheOpenAfterThePostAndTakesHalfAtEach()
    {
        // 100 ÷ 5 a unit = 20 units, 10 at each target: 10 × 5 + 10 × 10 = 150.
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 106m, 100m, 105m).Bar(105m, 111m, 104m, 110m).Still(110m).Long(1.5, 7, 95m, 105m, 110m).Only();

        Assert.Equal((SignalEnd.Closed, "target", 2, 150m, 1.5m), (outcome.End, outcome.Reason, outcome.TargetsReached, outcome.Net, outcome.RMultiple));
        Assert.Equal((100m, 95m), (outcome.EntryPrice, outcome.Stop));
        Assert.Equal([105m, 110m], outcome.Targets);
        Assert.Equal(Some.Time + TimeSpan.FromMinutes(2), outcome.OpenedAt);
        Assert.Equal((7L, "@alpha", Some.Btc, TradeSide.Long, true, false, false), (outcome.MessageId, outcome.Channel.Value, outcome.Symbol, outcome.Side, outcome.PostHadStop, outcome.EditedLater, outcome.DeletedLater));
    }

    [Fact]
    public void Short_Stopped_LosesOneR()
    {
        var outcome = new PostStory().Still(100m, 3).Bar(100m, 106m, 99m, 101m).Still(101m).Short(1.5, 1, 105m, 90m).Only();

        Assert.Equal((SignalEnd.Closed, "stop", 0, -100m, -1m), (outcome.End, outcome.Reason, outcome.TargetsReached, outcome.Net, outcome.RMultiple));
    }

    [Fact]
    public void Ladder_BothRungs_EntersAtTheirMean()
    {
        // Mean 97, stop 93: 100 ÷ 4 = 25 units, 12.5 at each rung. Target 101: 25 × 4 = 100.
        var ladder = new EntryPlan.AsLadder([new LadderRung(new Price(98m), 0.5m), new LadderRung(new Price(96m), 0.5m)]);
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 100m, 95.5m, 97m).Bar(97m, 102m, 97m, 101m).Still(101m)
            .Post(1.5, 1, PostStory.Signal(TradeSide.Long, ladder, 93m, 101m)).Only(order => order with { Settings = order.Settings with { Risk = order.Settings.Risk with { DistanceFromMarket = 1m } } });

        Assert.Equal((97m, 100m, 1m), (outcome.EntryPrice, outcome.Net, outcome.RMultiple));
    }

    [Fact]
    public void FirstTargetReached_StopGoesToTheEntry()
    {
        // 10 units at 105 = +50, the other 10 leave at 100.
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 106m, 100m, 105m).Bar(105m, 105m, 98m, 99m).Still(99m).Long(1.5, 1, 95m, 105m, 110m).Only();

        Assert.Equal((SignalEnd.Closed, "breakeven", 1, 50m, 0.5m), (outcome.End, outcome.Reason, outcome.TargetsReached, outcome.Net, outcome.RMultiple));
    }

    [Fact]
    public void Trailing_FollowsTheHighestAndLeavesThere()
    {
        // Five per cent below 110 is 104.5: 20 × 4.5 = 90.
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 110m, 100m, 109m).Bar(109m, 109m, 100m, 101m).Still(101m).Long(1.5, 1, 95m, 130m)
            .Only(order => order with { Settings = order.Settings with { Trailing = new TrailingStop(0.05m, 0.02m) } });

        Assert.Equal((SignalEnd.Closed, "trailing-stop", 90m), (outcome.End, outcome.Reason, outcome.Net));
    }

    [Fact]
    public void FeesAndFunding_AreTakenFromTheResult()
    {
        // 20 units at 100 and out at 110: fees 0.001 × (2000 + 2200) = 4.2; funding 0.0001 × 2000 = 0.2 paid by the long.
        var outcome = new PostStory().Still(100m, 4).Bar(100m, 111m, 100m, 110m).Still(110m).Long(1.5, 1, 95m, 110m).Only(order => order with
        {
            Simulation = order.Simulation with { MakerFee = 0.001m, TakerFee = 0.001m },
            Funding = [new FundingRate(Some.Btc, Some.Time + TimeSpan.FromMinutes(3), 0.0001m)],
        });

        Assert.Equal((200m, 4.2m, -0.2m, 195.6m), (outcome.Gross, outcome.Fees, outcome.Funding, outcome.Net));
    }

    [Fact]
    public void EntryNeverReached_StaysInTheCountAsUnfilled()
    {
        var result = new PostStory().Still(100m, 2).Bar(100m, 112m, 100m, 111m).Still(111m, 2).Post(1.5, 1, PostStory.Signal(TradeSide.Long, new EntryPlan.AtLimit(new Price(99m)), 95m, 110m)).Run();

        var outcome = Assert.Single(result.Outcomes);
        Assert.Equal((SignalEnd.Unfilled, "target 1 was reached before the entry", 0m), (outcome.End, outcome.Reason, outcome.Net));
        Assert.Null(outcome.EntryPrice);
        Assert.Null(outcome.RMultiple);
        Assert.Equal(10_000m, result.FinalEquity.Amount);
    }

    [Fact]
    public void Denied_StaysInTheCountWithItsCode()
    {
        var outcome = new PostStory().Still(100m, 4).Long(1.5, 1, 99.9m, 110m).Only();

        Assert.Equal((SignalEnd.Denied, "stop-too-near", Some.Btc), (outcome.End, outcome.Reason, outcome.Symbol));
    }

    [Fact]
    public void StillOpenAtTheEnd_IsValuedAtTheLastPrice()
    {
        var result = new PostStory().Still(100m, 2).Bar(100m, 104m, 100m, 103m).Long(1.5, 1, 95m, 110m).Run();

        var outcome = Assert.Single(result.Outcomes);
        Assert.Equal((SignalEnd.StillOpen, 60m, 0.6m), (outcome.End, outcome.Net, outcome.RMultiple));
        Assert.Null(outcome.ClosedAt);
        Assert.Equal(10_060m, result.FinalEquity.Amount);
    }

    [Fact]
    public void EditedAfterwards_TheFirstTextCountsAndIsMarked()
    {
        // The stop is widened after it was hit: it does not help.
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 100m, 94m, 96m).Still(96m, 3).Long(1.5, 1, 95m, 110m)
            .Post(4.5, 1, PostStory.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), 85m, 110m), 2, MessageChange.Edited).Only();

        Assert.Equal((SignalEnd.Closed, -100m, 95m, true, false), (outcome.End, outcome.Net, outcome.Stop, outcome.EditedLater, outcome.DeletedLater));
    }

    [Fact]
    public void DeletedAfterwards_StaysInTheCountAndIsMarked()
    {
        var outcome = new PostStory().Still(100m, 2).Bar(100m, 100m, 94m, 96m).Still(96m, 3).Long(1.5, 1, 95m, 110m)
            .Post(4.5, 1, new ParseResult.NotASignal("chat", new RuleFailure("x", "x")) { Confidence = 1 }, 2, MessageChange.Deleted).Only();

        Assert.Equal((-100m, false, true), (outcome.Net, outcome.EditedLater, outcome.DeletedLater));
    }

    [Fact]
    public void Delay_EntersAtTheOpenAfterIt()
    {
        var story = new PostStory().Still(100m, 2).Bar(100m, 101m, 100m, 101m).Bar(101m, 102m, 101m, 102m).Bar(102m, 103m, 102m, 103m).Still(103m, 3).Long(1.5, 1, 95m, 120m);

        Assert.Equal(100m, story.Only().EntryPrice);
        var late = story.Only(order => order with { Delay = TimeSpan.FromSeconds(100) });
        Assert.Equal((102m, Some.Time + TimeSpan.FromSeconds(190)), (late.EntryPrice, late.ActedAt));
        Assert.Equal(Some.Time + TimeSpan.FromMinutes(1.5), late.PostedAt);
    }

    [Fact]
    public void Delay_LongerThanASignalMayBeOld_IsDeniedAsStale()
    {
        var outcome = new PostStory().Still(100m, 12).Long(1.5, 1, 95m, 110m).Only(order => order with { Delay = TimeSpan.FromMinutes(6) });

        Assert.Equal((SignalEnd.Denied, "stale-signal"), (outcome.End, outcome.Reason));
    }

    [Fact]
    public void Delay_Negative_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new PostStory().Still(100m).Run(order => order with { Delay = TimeSpan.FromSeconds(-1) }));

    [Fact]
    public void SecondSignalOfASymbol_IsDeniedWithLimitsAndTakenAloneWithout()
    {
        var story = new PostStory().Still(100m, 2).Bar(100m, 100m, 99m, 100m).Bar(100m, 100m, 94m, 95m).Still(95m, 2).Long(1.5, 1, 95m, 130m).Short(2.5, 2, 110m, 95m);

        Assert.Equal([SignalEnd.Closed, SignalEnd.Denied], story.Run().Outcomes.Select(outcome => outcome.End));
        var alone = story.Run(order => order with { WithLimits = false });
        // The short: 100 ÷ 10 = 10 units, from 100 to 95.
        Assert.Equal([(SignalEnd.Closed, -100m), (SignalEnd.Closed, 50m)], alone.Outcomes.Select(outcome => (outcome.End, outcome.Net)));
        Assert.Equal((9_950m, 2, 2), (alone.FinalEquity.Amount, alone.Posts.Read, alone.Posts.Signals));
        Assert.Equal(0.01m, alone.DeepestDrawdown);
    }

    [Fact]
    public void Posts_AreCountedByWhatTheyAre()
    {
        var other = new ParseResult.NotASignal("chat", new RuleFailure("x", "x")) { Confidence = 1 };
        var story = new PostStory().Still(100m, 5).Long(1.5, 1, 95m, 110m).Post(1.6, 2, other).Post(1.7, 3, other)
            .Post(1.8, 4, new ParseResult.Doubtful(Doubt.Uncertain, new RuleFailure("x", "x")) { Confidence = 0.5 })
            .Post(2, 5, PostStory.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), 95m, 110m), 2, MessageChange.Edited)
            .Long(90, 6, 95m, 110m);
        var expected = new PostCounts(Read: 6, Signals: 1, Updates: 0, Doubtful: 1, Malformed: 0, NotSignals: 2, FirstTextUnknown: 1, WithoutPrices: 1);

        Assert.Equal(expected, story.Run().Posts);
        Assert.Equal(expected, story.Run(order => order with { WithLimits = false }).Posts);
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, -100)]
    public void StopAndTargetInOneCandle_FinerCandlesTellWhichCameFirst(bool targetFirst, int net)
    {
        // One hour in which 95 (stop) and 105 (target) both lie.
        var story = new PostStory { Timeframe = new Timeframe(60) }.Still(100m, 2).Bar(100m, 106m, 94m, 100m).Still(100m).Long(61, 1, 95m, 105m);
        story.FinerBar(120, 100m, targetFirst ? 106m : 100m, targetFirst ? 100m : 94m, 100m).FinerBar(121, 100m, targetFirst ? 100m : 106m, targetFirst ? 94m : 100m, 100m);
        for (var minute = 122; minute < 180; minute++)
            story.FinerBar(minute, 100m, 100m, 100m, 100m);

        var resolved = story.Run();
        Assert.Equal((net, 0, 1), (resolved.Outcomes[0].Net, resolved.SameCandleConflicts, resolved.ResolvedOnFinerCandles));
        var coarse = story.Run(order => order with { FinerCandles = null });
        Assert.Equal((-100m, 1, 0), (coarse.Outcomes[0].Net, coarse.SameCandleConflicts, coarse.ResolvedOnFinerCandles));
        Assert.Equal(1, coarse.Outcomes[0].SameCandleConflicts);
    }

    [Fact]
    public void FinerCandlesThatMissAnExtreme_AreNotBelieved()
    {
        var story = new PostStory { Timeframe = new Timeframe(60) }.Still(100m, 2).Bar(100m, 106m, 94m, 100m).Still(100m).Long(61, 1, 95m, 105m)
            .FinerBar(120, 100m, 106m, 100m, 100m).FinerBar(121, 100m, 100m, 99m, 100m);

        var result = story.Run();
        Assert.Equal((-100m, 1, 0), (result.Outcomes[0].Net, result.SameCandleConflicts, result.ResolvedOnFinerCandles));
    }

    [Fact]
    public void Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => new PostBacktest(new ScriptedParser()).Run(new PostStory().Still(100m, 3).Order, null, new CancellationToken(canceled: true)));
}
