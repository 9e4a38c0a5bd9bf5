using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Backtest;

/// <summary>Examples worked out by hand. Bars are (open, high, low, close), a minute each; the signal comes half a minute before bar 1 and enters 3 at its open, 100, unless said otherwise; no fee.</summary>
public sealed class SignalBacktestTests
{
    private static readonly IndependentSettings Three = new() { Size = 3m };

    public static TheoryData<string, string, decimal[], decimal, int?, string> Examples => new()
    {
        // bars from bar 1 on; side; targets; stop; longest hold; end, hits, bar of the end, pnl, conflict
        { "the stop comes first in the bar of the entry too|100 120 90 110", "long", [110m], 95m, null, "Stop 0 1 -15 True" },
        { "one target, then the stop: 1 x 5 - 2 x 5|100 104 99 101|101 106 96 97|97 98 94 94", "long", [105m, 110m, 115m], 95m, null, "Stop 1 3 -5 False" },
        { "all targets in one bar|100 120 99 101", "long", [105m, 110m, 115m], 95m, null, "Target 3 1 30 False" },
        { "two in the bar of the entry, the third later|100 111 99 101|101 115 100 101", "long", [105m, 110m, 115m], 95m, null, "Target 3 2 30 False" },
        { "targets in any order are left by distance|100 106 99 101|101 102 90 91", "long", [115m, 105m, 110m], 95m, null, "Stop 1 2 -5 False" },
        { "a gap through the stop: at the stop all the same|100 101 99 100|80 85 79 84", "long", [105m], 95m, null, "Stop 0 2 -15 False" },
        { "a gap over the target: at the target|100 101 99 100|120 125 119 121", "long", [105m], 95m, null, "Target 1 2 15 False" },
        { "touched to the tick|100 104.99 95.01 100|100 105 99 100", "long", [105m], 95m, null, "Target 1 2 15 False" },
        { "the rest goes at the stop although the next target lies there: 5 - 2 x 5|100 105 99 100|100 110 95 100", "long", [105m, 110m, 115m], 95m, null, "Stop 1 2 -5 True" },
        { "the stop of a short lies above|100 105 99 101", "short", [95m], 105m, null, "Stop 0 1 -15 False" },
        { "targets of a short|100 101 94 95|95 96 85 86", "short", [95m, 90m, 85m], 105m, null, "Target 3 2 30 False" },
        { "a short whose stop and target lie in one bar|100 106 94 95", "short", [95m], 105m, null, "Stop 0 1 -15 True" },
        { "two bars at most, closed at the last close: 3 x 2|100 101 99 100|100 103 99 102|102 110 101 109", "long", [105m], 95m, 2, "Time 0 2 6 False" },
        { "what lies in the last bar still comes before its close: 5 + 2 x 1|100 101 99 100|100 105 99 101", "long", [105m, 110m, 115m], 95m, 2, "Time 1 2 7 False" },
        { "one bar at most|100 101 99 98.5|98 110 97 98", "long", [105m], 95m, 1, "Time 0 1 -4.5 False" },
        { "the candles end before|100 101 99 100|100 103 99 102", "long", [105m], 95m, 3, "End 0 2 6 False" },
        { "without a limit|100 101 99 100|100 103 99 102", "short", [90m], 110m, null, "End 0 2 -6 False" },
        { "without a target only the stop counts|100 900 99 100|100 103 95 102", "long", [], 95m, null, "Stop 0 2 -15 False" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Run_Example_IsAsWorkedOutByHand(string bars, string side, decimal[] targets, decimal stop, int? hold, string expected)
    {
        var candles = Candles(["100 200 1 100", .. bars.Split('|')[1..]]);
        var outcome = new SignalBacktest(candles, Symbol.Parse("BTC/USDT"), Three with { MaxHold = hold }).Run(Signal(side, targets, stop, Minute(0) + 30_000));
        Assert.Equal(1, outcome.EntryBar);
        Assert.Equal(100m, outcome.Closed!.AverageEntry.Value);
        Assert.Equal(expected, FormattableString.Invariant($"{outcome.End} {outcome.TargetsHit} {outcome.ExitBar} {outcome.Closed.Net.Amount:0.##} {outcome.Conflict}"));
    }

    [Fact]
    public void Run_Fees_AreTakenOfEachFill()
    {
        var outcome = new SignalBacktest(Candles("100 200 1 100", "100 104 99 101", "101 106 96 97", "97 98 94 94"), Symbol.Parse("BTC/USDT"), Three with { Fee = 0.001m })
            .Run(Signal("long", [105m, 110m, 115m], 95m, Minute(0)));
        // 300 in, 105 and 190 out.
        Assert.Equal((0.595m, -5.595m), (outcome.Closed!.Fees.Amount, outcome.Closed.Net.Amount));
    }

    [Fact]
    public void Run_SpreadAndSlippage_AreAgainstUsOnTheTickAtTheMarketAndNotAtTargets()
    {
        var candles = Candles("100 200 1 100", "100.01 104 99 101", "101 105 96 97", "97 98 94 94");
        var settings = Three with { Size = 2m, Spread = 0.002m, Slippage = 0.001m };
        // Long: bought at 100.01 x 1.002 = 100.21002, up to 100.22; one sold at 105; the other at 95 x 0.998 = 94.81.
        var bought = new SignalBacktest(candles, Symbol.Parse("BTC/USDT"), settings).Run(Signal("long", [105m, 110m], 95m, Minute(0)));
        Assert.Equal((100.22m, 105m + 94.81m - 200.44m), (bought.Closed!.AverageEntry.Value, bought.Closed.Net.Amount));
        // Short: sold at 99.80998, down to 99.80; bought back at the last close, 94 x 1.002 = 94.188, up to 94.19.
        var sold = new SignalBacktest(candles, Symbol.Parse("BTC/USDT"), settings).Run(Signal("short", [90m], 110m, Minute(0)));
        Assert.Equal((99.80m, 2m * (99.80m - 94.19m)), (sold.Closed!.AverageEntry.Value, sold.Closed.Net.Amount));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(59_999, 1)]
    [InlineData(60_000, 2)]
    public void Run_TimeOfTheSignal_EntersAtTheFirstOpenAfterIt(long milliseconds, int bar) =>
        Assert.Equal(bar, new SignalBacktest(Candles("100 101 99 100", "100 101 99 100", "100 101 99 100"), Symbol.Parse("BTC/USDT"), Three).Run(Signal("long", [150m], 50m, Minute(0) + milliseconds)).EntryBar);

    [Fact]
    public void Run_NoBarAfterTheSignal_IsUnfilled()
    {
        var outcome = new SignalBacktest(Candles("100 101 99 100", "100 101 99 100"), Symbol.Parse("BTC/USDT"), Three).Run(Signal("long", [150m], 50m, Minute(1)));
        Assert.Equal((IndependentEnd.Unfilled, null, 0), (outcome.End, outcome.Closed, outcome.TargetsHit));
        Assert.Contains("no candle opens after", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("long", 95, 95)]
    [InlineData("long", 90, 95)]
    [InlineData("short", 110, 105)]
    public void Run_TargetNotBeyondTheStop_IsRejected(string side, int target, int stop)
    {
        var outcome = new SignalBacktest(Candles("100 101 99 100", "100 101 99 100"), Symbol.Parse("BTC/USDT"), Three).Run(Signal(side, [target], stop, Minute(0)));
        Assert.Equal((IndependentEnd.Rejected, null), (outcome.End, outcome.Closed));
        Assert.Contains($"the target {target} of a {side} is not beyond its stop {stop}", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SharesThatDoNotDivide_LeaveNothingBehind()
    {
        var outcome = new SignalBacktest(Candles("100 101 99 100", "100 120 99 101"), Symbol.Parse("BTC/USDT"), new IndependentSettings { Size = 1m }).Run(Signal("long", [105m, 110m, 115m], 95m, Minute(0)));
        Assert.Equal((IndependentEnd.Target, 3, 1m), (outcome.End, outcome.TargetsHit, outcome.Closed!.Quantity.Value));
        Assert.Equal(10m, outcome.Closed.Net.Amount, 9);
    }

    private static IndependentSignal Signal(string side, decimal[] targets, decimal stop, long time) =>
        new("s", new Instant(time), side == "long" ? TradeSide.Long : TradeSide.Short, [.. targets.Select(price => new Price(price))], new Price(stop));

    private static PriceRanges Candles(params string[] bars)
    {
        var prices = bars.Select(bar => bar.Split(' ').Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return new PriceRanges(
            [.. prices.Select((_, bar) => Minute(bar))], [.. prices.Select(bar => bar[0])], [.. prices.Select(bar => bar[1])], [.. prices.Select(bar => bar[2])], [.. prices.Select(bar => bar[3])]);
    }

    private static long Minute(int bar) => 1_500_000_000_000 + bar * 60_000L;
}
