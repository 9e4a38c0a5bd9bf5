using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Parsing.Checks;

namespace TelegramTrader.Tests.Signals.Parsing.Checks;

public sealed class SignalChecksTests
{
    // A sound long: stop 90 < entry 100 < target 110. Each row changes one thing.
    [Theory]
    [InlineData("long", 100, 110, 90, null)]
    [InlineData("short", 100, 90, 110, null)]
    [InlineData("long", 100, 110, 100, "stop-wrong-side")]
    [InlineData("long", 100, 110, 101, "stop-wrong-side")]
    [InlineData("long", 100, 110, 99, null)]
    [InlineData("short", 100, 90, 99, "stop-wrong-side")]
    [InlineData("short", 100, 90, 101, null)]
    [InlineData("long", 100, 100, 90, "target-wrong-side")]
    [InlineData("long", 100, 101, 90, null)]
    [InlineData("short", 100, 101, 110, "target-wrong-side")]
    // 90 to 900 is ten times, exactly at the limit; 901 is beyond.
    [InlineData("long", 100, 900, 90, null)]
    [InlineData("long", 100, 901, 90, "prices-far-apart")]
    public void Judge_Prices_FirstFailingRule(string side, int entry, int target, int stop, string? code)
    {
        var result = Judge(Draft(side == "long" ? TradeSide.Long : TradeSide.Short, entry, target, stop));

        Assert.Equal(code, Code(result));
        if (code is not null)
            Assert.IsType<ParseResult.Malformed>(result);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(125, null)]
    [InlineData(126, "leverage-out-of-bounds")]
    public void Judge_Leverage_IsBoundedByTheProfile(int leverage, string? code)
    {
        var draft = Draft(TradeSide.Long, 100, 110, 90) with { Leverage = new LeverageRange(1m, leverage) };

        Assert.Equal(code, Code(Judge(draft)));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "too-many-entries")]
    public void Judge_Entries_AreCounted(int count, string? code)
    {
        var rungs = Enumerable.Range(0, count).Select(i => new LadderRung(new Price(100m - 0.1m * i), 1m / count)).ToList();

        Assert.Equal(code, Code(Judge(Draft(TradeSide.Long, 100, 110, 90) with { Entry = new EntryPlan.AsLadder(rungs) })));
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "too-many-targets")]
    public void Judge_Targets_AreCounted(int count, string? code)
    {
        IReadOnlyList<TargetPlan> targets = [.. Enumerable.Range(0, count).Select(i => new TargetPlan.AtPrice(new Price(110m + i)))];

        Assert.Equal(code, Code(Judge(Draft(TradeSide.Long, 100, 110, 90) with { Targets = targets })));
    }

    [Fact]
    public void Judge_NeitherStopNorTarget_WaitsForDetails()
    {
        var result = Judge(Draft(TradeSide.Long, 100, 110, 90) with { Targets = [], Stop = new StopPlan.Missing() });

        Assert.Equal(Doubt.WaitsForDetails, Assert.IsType<ParseResult.Doubtful>(result).Doubt);
    }

    [Theory]
    [InlineData(0.99, null)]
    [InlineData(1.0, "stop-percent-too-big")]
    public void Judge_StopInPercent_LeavesSomething(double fraction, string? code) =>
        Assert.Equal(code, Code(Judge(Draft(TradeSide.Long, 100, 110, 90) with { Stop = new StopPlan.AtLoss((decimal)fraction) })));

    [Fact]
    public void Judge_ForexMarket_IsNeverTradedUnasked() =>
        Assert.Equal("not-a-crypto-market", Code(Judge(Draft(TradeSide.Long, 100, 110, 90) with { Market = MarketKind.Forex })));

    [Fact]
    public void Judge_MarketEntryWithStopBeyondTarget_Malformed() =>
        Assert.Equal("stop-beyond-target", Code(Judge(Draft(TradeSide.Long, 100, 110, 120) with { Entry = new EntryPlan.AtMarket(null) })));

    [Theory]
    [InlineData(0.59, typeof(ParseResult.Doubtful))]
    [InlineData(0.6, typeof(ParseResult.Signal))]
    public void Judge_Confidence_BelowTheProfilesLeastIsDoubtful(double confidence, Type kind) =>
        Assert.IsType(kind, Judge(Draft(TradeSide.Long, 100, 110, 90), confidence));

    private static SignalDraft Draft(TradeSide side, int entry, int target, int stop) => new()
    {
        Pair = new PairName("ADA", "USDT"),
        Side = side,
        Entry = new EntryPlan.AtLimit(new Price(entry)),
        Targets = [new TargetPlan.AtPrice(new Price(target))],
        Stop = new StopPlan.AtPrice(new Price(stop)),
    };

    private static ParseResult Judge(SignalDraft draft, double confidence = 0.9) =>
        SignalChecks.Judge(new SignalFigures(draft, draft.Pair!, draft.Side!.Value, draft.Entry!), confidence, null, ParseContext.TextOnly);

    private static string? Code(ParseResult result) => result switch
    {
        ParseResult.Malformed malformed => malformed.Reason.Code,
        ParseResult.Doubtful doubtful => doubtful.Reason.Code,
        _ => null,
    };
}
