using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Signals;
using TelegramTrader.Notifications;
using TelegramTrader.Tests.Judgement.Scorecards;

namespace TelegramTrader.Tests.Chat;

public sealed class ScorecardTextTests
{
    private static readonly Formats Formats = new(TimeZoneInfo.Utc);

    [Fact]
    public void Card_HasEveryFigureInARowThatAPhoneCanShow()
    {
        // 24 days at +2 and −1 by turns: mean 0.5, factor 2, and a few that were no position.
        SignalOutcome[] now =
        [
            .. Enumerable.Range(0, 24).Select(day => Judged.Closed(day, day % 2 == 0 ? 2 : -1, held: TimeSpan.FromMinutes(90))),
            Judged.Closed(30, -0.5) with { End = SignalEnd.StillOpen, ClosedAt = null },
            Judged.Without(31, SignalEnd.Denied, "price-past-entry"), Judged.Without(32, SignalEnd.Unfilled, "expired"),
        ];
        SignalOutcome[] late = [.. now.Select(outcome => outcome with { RMultiple = outcome.RMultiple - 0.1m })];
        var card = Scorecard.Of(
            new ChannelRecord
            {
                Channel = Judged.Channel, Run = new DelayedRun(TimeSpan.Zero, now), OtherDelays = [new DelayedRun(TimeSpan.FromMinutes(2), late)], Claims = new ClaimTally(4, 1, 2),
            },
            Judged.Quick);

        var rows = Rows(text => ScorecardText.Write(text, new RankedCard(3, card), Formats));

        Assert.Equal("3. @judged · paper only", rows[0]);
        Assert.StartsWith("+0.46 R a trade may be luck: the interval begins at -", rows[1], StringComparison.Ordinal);
        Assert.Equal(
            [
                "01 Jan 00:00 to 02 Feb 00:00, acted upon at once",
                "27 signals: 24 closed, 1 still open, 1 unfilled, 1 denied (1 price-past-entry)",
                "0 edited later, 0 deleted, 0 without a stop",
            ],
            rows[2..5]);
        Assert.Matches(@"^Expectancy \+0\.46 R a trade \(−0\.\d\d to \+1\.\d\d\), on 25 days$", rows[5]);
        Assert.Equal(
            [
                "48 % won · profit factor 1.92 · sum +11.50 R · deepest fall 1.50 R · held 90 min (median)",
                "1 still open, so far −0.50 R; counted with that",
                "Acting after 2 min instead of at once: −0.10 R a signal (−0.10 to −0.10), −0.050 R a minute; 0 of 25 missed",
                "Claims: 4 true, 1 false, 2 could not be checked",
                "Kind of market not known: 25 trades, +0.46 R a trade, 48 % won",
                "⚠ 1 of 5 claims that could be checked were false.",
                "⚠ Acting after 2 min instead of at once costs 0.10 R a signal.",
            ],
            rows[6..]);
    }

    [Fact]
    public void Card_OfNothing_IsShort()
    {
        var rows = Rows(text => ScorecardText.Write(text, new RankedCard(null, Judged.Card([])), Formats));
        Assert.Equal(["@judged · not enough data", "0 closed positions; at least 20 are needed.", "0 signals: 0 closed, 0 still open, 0 unfilled, 0 denied", "0 edited later, 0 deleted, 0 without a stop"], rows);
    }

    [Fact]
    public void Ranking_HasTwoRowsAChannel()
    {
        var good = Judged.Card([.. Enumerable.Range(0, 40).Select(day => Judged.Closed(day, day % 4 == 0 ? -1 : 1))], channel: new ChannelId("@good"));
        var rows = Rows(text => ScorecardText.WriteRanking(text, ChannelRanking.Of([Judged.Card([Judged.Closed(1, 1)]), good])));
        Assert.Equal(("2 channels, by what one may count on", "1. @good · follow"), (rows[0], rows[1]));
        Assert.Matches(@"^   \+0\.\d\d R … \+0\.50 R … \+0\.\d\d R · 40 trades, 75 % won, factor 3\.00$", rows[2]);
        Assert.Equal(("– @judged · not enough data", "   1 closed position; at least 20 are needed"), (rows[3], rows[4]));
    }

    [Fact]
    public void Probation_IsToldWithWhatItMeans()
    {
        var text = new NotificationText("LIVE", Formats);
        var on = Plain(text.Write(new Notification.ProbationChanged(Judged.Channel, true, "its latest 30 positions brought -0.60 R each"), null));
        Assert.Contains("@judged is on probation: its latest 30 positions brought -0.60 R each.\nIts signals make no live entries", on, StringComparison.Ordinal);
        Assert.Contains("is off probation: better", Plain(text.Write(new Notification.ProbationChanged(Judged.Channel, false, "better"), null)), StringComparison.Ordinal);
    }

    private static string[] Rows(Action<AnswerBuilder> write)
    {
        var text = new AnswerBuilder();
        write(text);
        return Plain(text.Build()).Split('\n');
    }

    private static string Plain(ChatAnswer answer) => string.Join('\n', answer.Rows.Select(row => row.PlainText));
}
