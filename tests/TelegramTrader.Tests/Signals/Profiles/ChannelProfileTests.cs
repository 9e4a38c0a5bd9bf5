using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Signals.Profiles;

public sealed class ChannelProfileTests
{
    private static readonly SignalParser Parser = new();

    [Fact]
    public void Parse_OwnWords_AreReadAsWhatTheyMean_AndTheSpansStayThoseOfThePost()
    {
        const string Text = "#BTCUSDT Жмём вверх\nЗабор 64800\nЗабег1: 65000\nЗабег2: 66000\nЗаслон - 64000";
        var profile = Profile(words: [("жмем вверх", OwnMeaning.Long), ("забор", OwnMeaning.Entry), ("забег", OwnMeaning.Target), ("заслон", OwnMeaning.Stop)]);
        Assert.IsNotType<ParseResult.Signal>(Parser.Parse(Some.Message(Text), ParseContext.TextOnly));
        var idea = Idea(Text, profile);
        Assert.Equal((TradeSide.Long, new EntryPlan.AtLimit(new Price(64800m))), (idea.Side, idea.Entry));
        Assert.Equal([new TargetPlan.AtPrice(new Price(65000m)), new TargetPlan.AtPrice(new Price(66000m))], idea.Targets);
        Assert.Equal(new StopPlan.AtPrice(new Price(64000m)), idea.Stop);
        foreach (var field in idea.Fields.Where(field => field.Length > 0))
            Assert.InRange(field.Start + field.Length, 1, Text.Length);
        Assert.Contains(idea.Fields, field => field.Length > 0 && Text.Substring(field.Start, field.Length).Contains("64000", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_Pattern_PutsTheFieldWhereItStands_AndWinsOverWhatElseIsReadForIt()
    {
        const string Text = "BTCUSDT long, pick it up around 64800 please. Entry 99999\nTP 66000\nSL 64000";
        var idea = Idea(Text, Profile(patterns: ["pick it up around {entry} please"]));
        Assert.Equal(new EntryPlan.AtLimit(new Price(64800m)), idea.Entry);
        Assert.Equal(new StopPlan.AtPrice(new Price(64000m)), idea.Stop);
    }

    [Theory]
    [InlineData("Zona:{entry}", "ZONA :  64800 - 64900")]
    [InlineData("zona : {entry}", "Zona: 64800 - 64900")]
    [InlineData("📍 zona {entry}", "📍 Zona 64800 - 64900")]
    public void Parse_Pattern_MindsNoCapitalsAndNoSpacesBesideSigns(string pattern, string line)
    {
        var idea = Idea($"BTCUSDT long\n{line}\nTP 66000\nSL 64000", Profile(patterns: [pattern]));
        Assert.Equal(new EntryPlan.InRange(new Price(64800m), new Price(64900m)), idea.Entry);
    }

    [Fact]
    public void Parse_PatternsOfEveryField_AreRead()
    {
        var profile = Profile(
            words: [("hoch", OwnMeaning.Long)],
            patterns: ["Münze: {symbol}", "Richtung: {side}", "rein bei {entry}", "raus bei {targets}", "Reißleine {stop}", "Kraft {leverage}"]);
        var idea = Idea("Münze: SOL\nRichtung: Hoch\nrein bei 140\nraus bei 150, 160\nReißleine 130\nKraft 5", profile);
        Assert.Equal(("SOL", TradeSide.Long, 5m), (idea.Pair.Base, idea.Side, idea.Leverage!.Value.Highest));
        Assert.Equal(new EntryPlan.AtLimit(new Price(140m)), idea.Entry);
        Assert.Equal([new TargetPlan.AtPrice(new Price(150m)), new TargetPlan.AtPrice(new Price(160m))], idea.Targets);
        Assert.Equal(new StopPlan.AtPrice(new Price(130m)), idea.Stop);
    }

    [Fact]
    public void Parse_TargetsArePercent_BareNumbersAreGains()
    {
        const string Text = "#SOLUSDT long\nEntry 140\nTargets: 3, 5, 10\nStop 130";
        var idea = Idea(Text, new ChannelProfile { TargetsArePercent = true });
        Assert.Equal([new TargetPlan.AtGain(0.03m), new TargetPlan.AtGain(0.05m), new TargetPlan.AtGain(0.1m)], idea.Targets);
        Assert.IsNotType<ParseResult.Signal>(Parser.Parse(Some.Message(Text), ParseContext.TextOnly));
    }

    [Fact]
    public void Parse_TargetsArePercent_PricesStayPrices()
    {
        var idea = Idea("#BTCUSDT long\nEntry 64800\nTargets: 65000, 66000\nStop 64000", new ChannelProfile { TargetsArePercent = true });
        Assert.Equal(new TargetPlan.AtPrice(new Price(65000m)), idea.Targets[0]);
    }

    [Fact]
    public void Parse_AWordWithinAnotherWord_IsNotTouched()
    {
        var profile = Profile(words: [("on", OwnMeaning.Short)]);
        Assert.Equal(TradeSide.Long, Idea("BTCUSDT long contract\nEntry 64800\nTP 66000\nSL 64000", profile).Side);
    }

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("Zone: entry", "has no hole")]
    [InlineData("Zone {entry} or {stop}", "more than one hole")]
    [InlineData("{entry}", "needs words or signs")]
    [InlineData("12 {entry}", "needs words or signs")]
    [InlineData("Zone: {}", "is no field")]
    [InlineData("Zone: {colour}", "is no field")]
    [InlineData("Zone: }entry{", "has no hole")]
    [InlineData("Zone:\n{entry}", "one line")]
    public void TryParse_WhatIsNoPattern_SaysWhy(string text, string why)
    {
        Assert.Null(FieldPattern.TryParse(text, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_AThousandCharacters_IsRefusedWithTheLimit()
    {
        Assert.Null(FieldPattern.TryParse(new string('a', 1000) + "{entry}", out var problem));
        Assert.Equal("a pattern has at most 80 characters, this one has 1007", problem);
    }

    /// <summary>What makes regular expressions explode is text like any other here.</summary>
    [Fact]
    public void Parse_PatternsMadeToBeSlow_OnALongPost_AreReadAndChangeNothing()
    {
        var patterns = Enumerable.Range(0, 40).Select(number => $"{new string('a', 30 + number)}({{entry}})+$").ToArray();
        var profile = Profile(patterns: patterns);
        var post = new string('a', 4096);
        Assert.Equal(Parser.Parse(Some.Message(post), ParseContext.TextOnly).GetType(), Parser.Parse(Some.Message(post), ParseContext.TextOnly with { Profile = profile }).GetType());
        Assert.IsNotType<ParseResult.Signal>(Parser.Parse(Some.Message(string.Concat(Enumerable.Repeat("a: 1 ", 800))), ParseContext.TextOnly with { Profile = Profile(patterns: ["a: {entry} b"]) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("tp1")]
    [InlineData("...")]
    public void TryMake_WhatIsNoWord_IsRefused(string text) => Assert.Null(OwnWord.TryMake(text, OwnMeaning.Entry, out _));

    private static ChannelProfile Profile((string Text, OwnMeaning Meaning)[]? words = null, string[]? patterns = null) => new()
    {
        Words = [.. (words ?? []).Select(word => OwnWord.TryMake(word.Text, word.Meaning, out _)!)],
        Patterns = [.. (patterns ?? []).Select(pattern => FieldPattern.TryParse(pattern, out var problem) ?? throw new FormatException(problem))],
    };

    private static ParsedSignal Idea(string text, ChannelProfile profile)
    {
        var result = Parser.Parse(Some.Message(text), ParseContext.TextOnly with { Profile = profile });
        Assert.True(result is ParseResult.Signal, result.ToString());
        return Assert.Single(((ParseResult.Signal)result).Ideas);
    }
}
