using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>The posts that every release must read.</summary>
public sealed class SignalFixtureTests
{
    private static readonly SignalParser Parser = new();

    [Fact]
    public void Parse_BuyAtTargetStop_LongWithOneEntryOneTargetAndStop()
    {
        var idea = Idea("BUY BTCUSDT @ 64800, TP 65000, SL 64500");

        Assert.Equal(new PairName("BTC", "USDT"), idea.Pair);
        Assert.Equal(TradeSide.Long, idea.Side);
        Assert.Equal(new EntryPlan.AtLimit(new Price(64800m)), idea.Entry);
        Assert.Equal(new Price(65000m), Assert.IsType<TargetPlan.AtPrice>(Assert.Single(idea.Targets)).Price);
        Assert.Equal(new StopPlan.AtPrice(new Price(64500m)), idea.Stop);
    }

    [Fact]
    public void Parse_FreeFieldOrder_ShortWithThreeTargets()
    {
        var idea = Idea("sol/usdt short stop 151.9 tp 139 133.5 128 leverage 20x cross entry 146.2");

        Assert.Equal(TradeSide.Short, idea.Side);
        Assert.Equal([139m, 133.5m, 128m], Prices(idea));
        Assert.Equal(new EntryPlan.AtLimit(new Price(146.2m)), idea.Entry);
        Assert.Equal(new LeverageRange(20m, 20m), idea.Leverage);
        Assert.Equal(MarginMode.Cross, idea.Margin);
    }

    [Fact]
    public void Parse_ZoneWithPercentages_PercentTargetsAndStop()
    {
        var idea = Idea("LONG $ARB zone 0.82 - 0.79, TP1 +3% TP2 +6% TP3 +10%, SL -4%, isolated x5");

        Assert.Equal(new EntryPlan.InRange(new Price(0.82m), new Price(0.79m)), idea.Entry);
        Assert.Equal([0.03m, 0.06m, 0.10m], idea.Targets.Cast<TargetPlan.AtGain>().Select(target => target.Fraction));
        Assert.Equal(new StopPlan.AtLoss(0.04m), idea.Stop);
        Assert.Equal(MarginMode.Isolated, idea.Margin);
        Assert.Equal(new LeverageRange(5m, 5m), idea.Leverage);
    }

    [Fact]
    public void Parse_LongAbove_BreakoutWithTwoTargetsAndRunner()
    {
        var idea = Idea("ETH long above 3550, targets 3620/3700/open, stop 3490");

        Assert.Equal(new Price(3550m), Assert.IsType<EntryPlan.OnBreakout>(idea.Entry).Trigger);
        Assert.Equal([3620m, 3700m], Prices(idea));
        Assert.IsType<TargetPlan.Runner>(idea.Targets[^1]);
    }

    [Fact]
    public void Parse_AlertThenEditedWithLevels_WaitsAndThenOneSignal()
    {
        var alert = Assert.IsType<ParseResult.Doubtful>(Parse("SELL AVAX NOW"));
        Assert.Equal(Doubt.WaitsForDetails, alert.Doubt);

        var idea = Idea("SELL AVAX NOW\nEntry 35.10\nTP 33.90 32.50\nSL 36.20");

        Assert.Equal("AVAX", idea.Pair.Base);
        Assert.Equal(TradeSide.Short, idea.Side);
        Assert.Equal(new StopPlan.AtPrice(new Price(36.2m)), idea.Stop);
    }

    [Fact]
    public void Complete_AlertWithTheLevelsOfItsReply_IsSignal()
    {
        var alert = Assert.IsType<ParseResult.Doubtful>(Parse("SELL AVAX NOW"));
        var details = Assert.IsType<ParseResult.Doubtful>(Parser.Parse(Some.Post("TP 33.90 32.50\nSL 36.20", isReply: true), ParseContext.TextOnly));
        Assert.Equal(Doubt.OnlyDetails, details.Doubt);

        var result = Parser.Complete(alert.Draft!.CompletedBy(details.Draft!), ParseContext.TextOnly);

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(result).Ideas);
        Assert.Equal(TradeSide.Short, idea.Side);
        Assert.Equal([33.9m, 32.5m], Prices(idea));
    }

    [Fact]
    public void Parse_ReplyCloseHalf_PartialCloseAndBreakeven()
    {
        var update = Assert.IsType<ParseResult.Update>(Parser.Parse(Some.Post("close half, SL to entry", isReply: true), ParseContext.TextOnly)).Content;

        Assert.Equal(UpdateAction.ClosePartial, update.Action);
        Assert.Equal(0.5m, update.Fraction);
        Assert.Contains(UpdateAction.MoveStopToEntry, update.Also);
    }

    [Fact]
    public void Parse_CloseCommands_OneTradeOrAllLongs()
    {
        var one = Assert.IsType<ParseResult.Update>(Parser.Parse(Some.Post("/close", isReply: true), ParseContext.TextOnly)).Content;
        var longs = Assert.IsType<ParseResult.Update>(Parse("/close_long")).Content;

        Assert.Equal(UpdateAction.Close, one.Action);
        Assert.False(one.EveryTrade);
        Assert.True(longs.EveryTrade);
        Assert.Equal(TradeSide.Long, longs.OnlySide);
    }

    [Fact]
    public void Parse_ClaimOfHitTarget_ReportThatAsksForNothing()
    {
        var update = Assert.IsType<ParseResult.Update>(Parse("#ARB/USDT TP1 hit +62% 20x 🔥")).Content;

        Assert.Equal(UpdateAction.TargetHit, update.Action);
        Assert.Equal(1, update.TargetIndex);
        Assert.Equal(62m, update.ClaimedPercent);
        Assert.True(update.IsReport);
    }

    [Fact]
    public void Parse_CardWithTickBesideEntry_ReportAndNoOrder()
    {
        var update = Assert.IsType<ParseResult.Update>(Parse("#SXP/USDT long\nEntry targets:\n1) 0.8123 ✅\n2) 0.7990\nTake-profit targets:\n1) 0.8400\nStop 0.7700")).Content;

        Assert.Equal(UpdateAction.EntryFilled, update.Action);
        Assert.True(update.IsReport);
    }

    [Fact]
    public void Parse_TinyPrices_KeepsTheScaleOfThePost()
    {
        var idea = Idea("PEPE/USDT buy 0.0000121 stop 0.0000113 tp 0.000014");

        Assert.Equal(new PairName("PEPE", "USDT"), idea.Pair);
        Assert.Equal(new EntryPlan.AtLimit(new Price(0.0000121m)), idea.Entry);
    }

    [Fact]
    public void Parse_LooksReady_NoSignalWithReason()
    {
        var other = Assert.IsType<ParseResult.NotASignal>(Parse("BTC looks ready, targets soon"));

        Assert.Equal("commentary", other.Category);
        Assert.Contains("no entry, no stop", other.Reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_StopAboveLongEntry_MalformedWithValues()
    {
        var malformed = Assert.IsType<ParseResult.Malformed>(Parse("long ADA entry 0.50 stop 0.55 tp 0.60"));

        Assert.Equal("stop-wrong-side", malformed.Reason.Code);
        Assert.Equal("stop 0.55 is above the entry 0.5 of a long", malformed.Reason.Text);
    }

    private static ParseResult Parse(string text) => Parser.Parse(Some.Post(text), ParseContext.TextOnly);

    private static ParsedSignal Idea(string text) => Assert.Single(Assert.IsType<ParseResult.Signal>(Parse(text)).Ideas);

    private static IEnumerable<decimal> Prices(ParsedSignal idea) => idea.Targets.OfType<TargetPlan.AtPrice>().Select(target => target.Price.Value);

    [Fact]
    public void Parse_WhatNoStageForesaw_IsDoubtfulAndThrowsNothing()
    {
        var result = new SignalParser().Parse(Some.Post(null!), ParseContext.TextOnly);

        Assert.Equal(SignalParser.ErrorCode, Assert.IsType<ParseResult.Doubtful>(result).Reason.Code);
    }
}
