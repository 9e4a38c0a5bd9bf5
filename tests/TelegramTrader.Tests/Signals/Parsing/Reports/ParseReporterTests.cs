using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Parsing.Reports;

namespace TelegramTrader.Tests.Signals.Parsing.Reports;

public sealed class ParseReporterTests
{
    [Theory]
    [InlineData("BUY BTCUSDT @ 64800, TP 65000, SL 64500", "signal", true, null)]
    [InlineData("#ARB/USDT TP1 hit +62% 20x", "update", true, null)]
    [InlineData("Join our VIP channel now, 50% discount, contact @someadmin", "not_signal", false, "advert")]
    [InlineData("SELL AVAX NOW", "signal", false, "no-stop-no-target")]
    [InlineData("long ADA entry 0.50 stop 0.55 tp 0.60", "signal", false, "stop-wrong-side")]
    [InlineData("XAUUSD SELL 2391 SL 2400 TP 2386", "signal", false, "not-a-crypto-market")]
    [InlineData("Close all positions now", "update", true, null)]
    [InlineData("When TP1 hits move your stop to entry on ETH", "update", false, "conditional")]
    public void Report_Result_SaysKindAutoAndReason(string text, string kind, bool auto, string? reason)
    {
        var report = Report(text);

        Assert.Equal(kind, report.Kind);
        Assert.Equal(auto, report.Auto);
        Assert.Equal(reason, report.Reason);
        Assert.Equal("7", report.Id);
    }

    [Fact]
    public void Report_Signal_HasAllFields()
    {
        var signal = Report("LONG $ARB zone 0.82 - 0.79, TP1 +3% TP2 +6%, SL -4%, isolated 3-5x").Signal!;

        Assert.Equal("ARB/USDT", signal.Symbol);
        Assert.True(signal.QuoteInferred);
        Assert.Equal("futures", signal.Market);
        Assert.Equal("long", signal.Side);
        Assert.Equal("range", signal.Entry!.Type);
        Assert.Equal([0.82m, 0.79m], signal.Entry.Prices);
        Assert.Equal([new PercentReport(3m), new PercentReport(6m)], signal.Targets);
        Assert.Equal(new PercentReport(4m), signal.Stop);
        Assert.Equal(new[] { 3m, 5m }, signal.Leverage);
        Assert.Equal("isolated", signal.Margin);
    }

    [Fact]
    public void Report_Breakout_IsLimitWithTrigger()
    {
        var entry = Report("ETH long above 3550, targets 3620/3700/open, stop 3490").Signal!.Entry!;

        Assert.Equal("limit", entry.Type);
        Assert.Equal("breakout", entry.Trigger);
    }

    [Fact]
    public void Report_TwoIdeas_SecondIsBesideTheFirst()
    {
        var report = Report("BTC/USDT long\nEntry 61200\nTP 62500\nSL 60400\n\nETH/USDT short\nEntry 2480\nTP 2390\nSL 2540");

        Assert.Equal("BTC/USDT", report.Signal!.Symbol);
        Assert.Equal("ETH/USDT", Assert.Single(report.AlsoSignals!).Symbol);
    }

    [Fact]
    public void Report_Update_NamesTheAction()
    {
        var update = Report("Book 50% profit on DYDX and move SL to entry").Update!;

        Assert.Equal("close_partial", update.Action);
        Assert.Equal(["move_sl_to_entry"], update.Also);
        Assert.Equal(0.5m, update.Fraction);
        Assert.Equal("DYDX", update.Symbol);
    }

    private static ParseReport Report(string text) => ParseReporter.Report("7", new SignalParser().Parse(Some.Post(text), ParseContext.TextOnly));
}
