using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>What the parser does with a list of pairs, last prices and a channel's profile.</summary>
public sealed class SignalMarketTests
{
    private static readonly SignalParser Parser = new();

    [Fact]
    public void Parse_PriceFarFromMarket_Malformed()
    {
        var result = Parse("Long SOL/USDT entry 14.1 stop 13.6 tp 14.9", ("SOL/USDT", 141.5m));

        Assert.Equal("price-far-from-market", Assert.IsType<ParseResult.Malformed>(result).Reason.Code);
    }

    [Fact]
    public void Parse_PriceNearMarket_Signal() =>
        Assert.IsType<ParseResult.Signal>(Parse("Long SOL/USDT entry 141 stop 136 tp 149", ("SOL/USDT", 141.5m)));

    [Fact]
    public void Parse_PairNotListed_Doubtful()
    {
        var result = Parse("Long ABCX/USDT entry 1.41 stop 1.36 tp 1.49", ("SOL/USDT", 141.5m));

        Assert.Equal("unknown-symbol", Assert.IsType<ParseResult.Doubtful>(result).Reason.Code);
    }

    [Fact]
    public void Parse_WholeNumbersThatFitOnlyBitcoin_AreSatoshi()
    {
        // 355 satoshi = 0.00000355 BTC; in USDT the coin costs 0.21.
        var result = Parse("#HBAR buy 350 - 360, sell 380 - 410, stop 330", ("HBAR/BTC", 0.00000355m), ("HBAR/USDT", 0.21m));

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(result).Ideas);
        Assert.Equal(new PairName("HBAR", "BTC", true), idea.Pair);
        Assert.Equal(new EntryPlan.InRange(new Price(0.0000035m), new Price(0.0000036m)), idea.Entry);
        Assert.Equal(new StopPlan.AtPrice(new Price(0.0000033m)), idea.Stop);
    }

    [Fact]
    public void Parse_WholeNumbersWithoutMarket_StayAsWritten()
    {
        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(Parser.Parse(Some.Post("#HBAR buy 350 - 360, sell 380 - 410, stop 330"), ParseContext.TextOnly)).Ideas);

        Assert.Equal(new EntryPlan.InRange(new Price(350m), new Price(360m)), idea.Entry);
    }

    [Fact]
    public void Parse_PointsThatTheMarketSettles_AreThousands()
    {
        var result = Parse("BTC/USDT short entry 64.500 stop 65.800 tp 63.200", ("BTC/USDT", 64410m));

        Assert.Equal(new EntryPlan.AtLimit(new Price(64500m)), Assert.Single(Assert.IsType<ParseResult.Signal>(result).Ideas).Entry);
    }

    [Fact]
    public void Parse_PointsThatNothingSettles_Doubtful()
    {
        var result = Parser.Parse(Some.Post("BNB/USDT short entry 598.250 stop 612.400 tp 580.100"), ParseContext.TextOnly);

        Assert.Equal("separator-unsure", Assert.IsType<ParseResult.Doubtful>(result).Reason.Code);
    }

    [Theory]
    [InlineData("BTC/USDT short entry 64.500 stop 65.800 tp 63.200", "64500")]
    [InlineData("FET/USDT long entry 1,345 stop 1,262 tp 1,420", "1.345")]
    public void Parse_SeparatorsThatThePriceOfTheAssetSettles_ReadsThem(string text, string entry)
    {
        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(Parser.Parse(Some.Post(text), ParseContext.TextOnly)).Ideas);

        Assert.Equal(entry, Assert.IsType<EntryPlan.AtLimit>(idea.Entry).Price.ToString());
    }

    [Fact]
    public void Parse_ProfileQuoteAndMarket_AreUsedWhereThePostIsSilent()
    {
        var profile = new ChannelProfile { DefaultQuote = "USDC", DefaultMarket = MarketKind.Spot };

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(Parser.Parse(Some.Post("#ADA buy 0.455 tp 0.472 sl 0.441"), ParseContext.TextOnly with { Profile = profile })).Ideas);

        Assert.Equal(new PairName("ADA", "USDC", true), idea.Pair);
        Assert.Equal(MarketKind.Spot, idea.Market);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Parse_TwoPricesWithDash_AreZoneOrLadderByProfile(bool isZone, int kind)
    {
        var context = ParseContext.TextOnly with { Profile = new ChannelProfile { TwoPricesAreZone = isZone } };

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(Parser.Parse(Some.Post("Long ADA/USDT entry 0.455 - 0.448 tp 0.472 sl 0.431"), context)).Ideas);

        Assert.Equal(kind == 1 ? typeof(EntryPlan.InRange) : typeof(EntryPlan.AsLadder), idea.Entry.GetType());
        Assert.Equal([0.455m, 0.448m], idea.Entry.Prices.Select(price => price.Value));
    }

    [Fact]
    public void Parse_PercentWithLeverageByProfile_IsDivided()
    {
        // 100 % of the margin at 20x is 5 % of the price.
        var context = ParseContext.TextOnly with { Profile = new ChannelProfile { PercentIncludesLeverage = true } };

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(Parser.Parse(Some.Post("Long ADA/USDT 20x entry 0.455, targets 50% 100%, stop 0.441"), context)).Ideas);

        Assert.Equal([0.025m, 0.05m], idea.Targets.Cast<TargetPlan.AtGain>().Select(target => target.Fraction));
    }

    [Fact]
    public void Parse_StricterConfidence_MakesTheSameSignalDoubtful()
    {
        var context = ParseContext.TextOnly with { Profile = new ChannelProfile { LeastConfidence = 0.95 } };

        Assert.IsType<ParseResult.Doubtful>(Parser.Parse(Some.Post("#ADA entry 0.455 tp 0.472 sl 0.441"), context));
    }

    private static ParseResult Parse(string text, params (string Pair, decimal Last)[] market) =>
        Parser.Parse(Some.Post(text), new ParseContext(ChannelProfile.Default, Some.Market(market)));
}
