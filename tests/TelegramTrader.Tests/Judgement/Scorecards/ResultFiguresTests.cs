using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Tests.Judgement.Scorecards;

public sealed class ResultFiguresTests
{
    [Fact]
    public void Of_FiveResults_AreThoseOfTheSheet()
    {
        // +2, −1, −1, +0.5, −0.5: sum 0; won 2.5, lost 2.5, factor 1. Sums 2, 1, 0, 0.5, 0: deepest fall from 2 to 0.
        var figures = ResultFigures.Of([Judged.Closed(1, 2), Judged.Closed(2, -1), Judged.Closed(3, -1), Judged.Closed(4, 0.5), Judged.Closed(5, -0.5)]);
        Assert.Equal((5, 2, 3, 0), (figures.Positions, figures.Wins, figures.Losses, figures.Open));
        Assert.Equal(0.4, figures.WinRate!.Value, 12);
        Assert.Equal(0, figures.Expectancy!.Value, 12);
        Assert.Equal(1, figures.ProfitFactor!.Value, 12);
        Assert.Equal(2, figures.MaxDrawdown, 12);
        Assert.Equal(TimeSpan.FromHours(1), figures.MedianHeld);
    }

    [Fact]
    public void Of_TheOrderOfClosing_MakesTheDrawdown()
    {
        // Posted +1, −1, −1 but the winner closes last: −1, −2, −1; the deepest fall is 2 from the beginning.
        var winner = Judged.Closed(1, 1, held: TimeSpan.FromDays(30));
        Assert.Equal(2, ResultFigures.Of([winner, Judged.Closed(2, -1), Judged.Closed(3, -1)]).MaxDrawdown, 12);
    }

    [Fact]
    public void Of_OpenPositions_CountWithWhatTheyHaveMade()
    {
        var open = Judged.Closed(3, -0.8) with { End = SignalEnd.StillOpen, ClosedAt = null };
        var figures = ResultFigures.Of([Judged.Closed(1, 0.5), Judged.Closed(2, 0.5), open]);
        Assert.Equal((3, 1, 1), (figures.Positions, figures.Open, figures.Losses));
        Assert.Equal(-0.8, figures.OpenR, 12);
        Assert.Equal(0.2 / 3, figures.Expectancy!.Value, 12);
    }

    [Fact]
    public void Of_NoLossOrNoPosition_HasNoFactor()
    {
        Assert.Null(ResultFigures.Of([Judged.Closed(1, 1)]).ProfitFactor);
        var none = ResultFigures.Of([Judged.Without(1, SignalEnd.Denied, "stop-too-far"), Judged.Without(2, SignalEnd.Unfilled, "expired")]);
        Assert.Equal((0, null, null, null), (none.Positions, none.WinRate, none.Expectancy, none.MedianHeld));
    }

    [Fact]
    public void Of_HeldForAnEvenNumber_IsTheMeanOfTheMiddleTwo() => Assert.Equal(TimeSpan.FromMinutes(45), ResultFigures.Of(
        [.. new[] { 30, 60, 10, 600 }.Select((minutes, number) => Judged.Closed(number, 1, held: TimeSpan.FromMinutes(minutes)))]).MedianHeld);
}
