using TelegramTrader.Chat;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;

namespace TelegramTrader.Tests.Chat;

public sealed class TwinTextTests
{
    private static readonly Formats Formats = new(TimeZoneInfo.Utc);

    [Fact]
    public void Line_OfSeveralTrades_SaysEachPartAndWhatIsMissing() => Assert.Equal(
        "live minus paper: −12.30 USDT over 14 trades (delay −3.10, slippage −6.00, fees −2.90, funding −0.30, missed fills 0.00); 1 without a twin",
        TwinText.Line(new ExecutionSum("USDT", new ExecutionDifference(-12.3m, -3.1m, -6m, -2.9m, -0.3m, 0m, 0m), 14, 1), Formats));

    [Fact]
    public void Line_WithOtherExits_NamesThem() => Assert.Equal(
        "live minus paper: +1.00 USDT over 1 trade (delay 0.00, slippage 0.00, fees 0.00, funding 0.00, missed fills 0.00, other exits +1.00)",
        TwinText.Line(new ExecutionSum("USDT", ExecutionDifference.None with { Total = 1m, OtherExits = 1m }, 1, 0), Formats));

    [Fact]
    public void Line_WithoutATradeToCompare_SaysSo() =>
        Assert.Equal("live minus paper: no trade to compare yet; 2 without a twin", TwinText.Line(new ExecutionSum("USDT", ExecutionDifference.None, 0, 2), Formats));

    [Fact]
    public void DailyReport_WithATwin_HasTheLineOfTheDay()
    {
        var none = Money.Zero("USDT");
        var day = new Notification.DayReported(
            new DateOnly(2025, 5, 6), 1, 0, none, 0m, none, none, 1, 1, null, 0, [new ExecutionSum("USDT", ExecutionDifference.None with { Total = -2m, Fees = -2m }, 1, 0)]);

        var text = string.Join('\n', new NotificationText("LIVE", Formats).Write(day, null).Rows.Select(row => row.PlainText));

        Assert.Contains("live minus paper: −2.00 USDT over 1 trade (", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TwinStopped_IsTold_NamesPaperAndThatLiveGoesOn()
    {
        var text = string.Join('\n', new NotificationText("LIVE", Formats).Write(new Notification.TwinStopped("the disk is full"), null).Rows.Select(row => row.PlainText));

        Assert.Contains("The PAPER twin has stopped: the disk is full. LIVE trading goes on", text, StringComparison.Ordinal);
    }
}
