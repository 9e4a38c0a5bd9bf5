using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Chat;

/// <summary>What people read when money comes or goes without a trade, and what they can press.</summary>
public sealed class MoneyTextTests
{
    private static readonly Formats Formats = new(TimeZoneInfo.Utc);

    [Fact]
    public void PaidIn_SaysHowMuchAndFromWhatTheLimitsCount() => Assert.Equal(
        "500.00 USDT more than the trades explain · in the account main: taken for a payment in.\nThe loss limits count from 10,500.00 USDT (day) and 10,700.00 USDT (week) now.",
        Text(new Notification.MoneyPaidIn(Some.Account, Usdt(500m), Usdt(10_500m), Usdt(10_700m))));

    [Fact]
    public void PaidIn_NothingIsMeasuredYet_SaysSo() =>
        Assert.EndsWith("The loss limits count from the equity that is found next.", Text(new Notification.MoneyPaidIn(Some.Account, Usdt(500m), null, null)), StringComparison.Ordinal);

    [Fact]
    public void Missing_IsAnAlarmWithTwoButtons()
    {
        var missing = new Notification.MoneyMissing(7, Some.Account, Usdt(250m), Some.Time);
        var answer = new NotificationText("LIVE", Formats).Write(missing, null);
        Assert.Equal(
            "🚨 250.00 USDT less than the trades explain · in the account main, since 06 May 12:00\nIt counts as a loss, also for the loss limits, unless an admin says that it was taken out. What somebody did at the exchange by hand, or a position that was closed there by force, is a loss. If you know of nothing, look at the exchange.",
            Text(missing));
        Assert.Equal(Urgency.Alarm, missing.Urgency);
        Assert.Equal(
            [("It was a withdrawal", "r|/reconcile payout 7"), ("It was a loss", "r|/reconcile loss 7")],
            answer.Buttons.SelectMany(row => row).Select(button => (button.Label, button.Data)));
    }

    [Fact]
    public void Missing_CountsForNoPeriod_AsksNothing()
    {
        var answer = new NotificationText("LIVE", Formats).Write(new Notification.MoneyMissing(null, Some.Account, Usdt(250m), Some.Time), null);
        Assert.Empty(answer.Buttons.SelectMany(row => row));
        Assert.Contains("counts for neither loss limit", string.Join('\n', answer.Rows.Select(row => row.PlainText)), StringComparison.Ordinal);
    }

    [Fact]
    public void TakenOut_NamesWhoSaysSoAndWhatIsLifted() => Assert.Equal(
        "250.00 USDT were a withdrawal, says Ann. The loss limits count from 9,750.00 USDT (day) and 9,750.00 USDT (week) now.\nThe loss limit of the day and of the week had been reached only by it, and is lifted. Entries that were withdrawn stay withdrawn.",
        Text(new Notification.MoneyTakenOut(7, Some.Account, Usdt(250m), "Ann", Usdt(9_750m), Usdt(9_750m), ["day", "week"])));

    private static string Text(Notification notification) => string.Join('\n', new NotificationText("LIVE", Formats).Write(notification, null).Rows.Select(row => row.PlainText));

    private static Money Usdt(decimal amount) => new(amount, "USDT");
}
