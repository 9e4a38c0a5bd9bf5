using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>What the post says comes first, then what was set for its channel, then the person's own settings.</summary>
public sealed class ChannelSettingsTests
{
    private static readonly ChannelSettings Own = new() { RiskPerTrade = 0.005m, Leverage = 2m, DefaultStop = 0.05m, DefaultTarget = 0.10m };

    // Equity 10,000. Entry at the market of 1,000; the stop lies 5 %, 15 % or, by the post, 2 % below. Risk 0.5 % = 50 or 1 % = 100: 50 ÷ 50 = 1; 100 ÷ 150 = 0.666; 50 ÷ 20 = 2.5.
    public static TheoryData<bool, decimal?, decimal, decimal, decimal, decimal> Cases() => new()
    {
        { true, null, 1m, 950m, 1100m, 2m },
        { false, null, 0.666m, 850m, 1150m, 3m },
        { true, 980m, 2.5m, 980m, 1100m, 2m },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trade_OfAChannelWithItsOwnSettings_HasThem(bool hasOwn, decimal? stop, decimal quantity, decimal expectedStop, decimal target, decimal leverage)
    {
        var desk = Desk(hasOwn ? Own : ChannelSettings.None);
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), stop is { } price ? new StopPlan.AtPrice(new Price(price)) : new StopPlan.Missing()));
        var trade = desk.State.Trades.Values.Single();
        Assert.Equal((quantity, expectedStop, target, leverage), (trade.Legs.Sum(leg => leg.Quantity.Value), trade.Exits.Stop.Price.Value, trade.Exits.Targets.Single().Price.Value, trade.Leverage));
    }

    [Fact]
    public void Signal_OfAChannelThatIsNotTraded_IsRecordedAndDenied()
    {
        var desk = Desk(new ChannelSettings { IsTraded = false });
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), new StopPlan.Missing()));
        Assert.Empty(desk.State.Trades);
        var decision = desk.Journal.Commits.SelectMany(commit => commit.Changes.Decisions).Single();
        Assert.Equal((DecisionOutcome.Denied, DenialCodes.ChannelNotTraded), (decision.Outcome, decision.Failure?.Code));
    }

    [Fact]
    public void Post_WithAnIgnoredPhrase_IsNotRead()
    {
        var desk = Desk(new ChannelSettings { IgnoredPhrases = ["vip results"] });
        // The scripted parser throws on a text that it was not taught.
        desk.Deliver(Some.Message("Yesterday's VIP Results: BTC long 1000", 7, "@alpha", desk.Now));
        var outcome = desk.Journal.Commits.SelectMany(commit => commit.Changes.Messages).Single();
        Assert.Equal(("not_signal", true), (outcome.Kind, outcome.Reason.Contains("'vip results'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Parser_GetsTheProfileOfTheChannel()
    {
        var profile = new ChannelProfile { DefaultQuote = "USDC" };
        var settings = new EngineSettings { Channels = new Dictionary<ChannelId, ChannelSettings> { [new ChannelId("@alpha")] = new() { Profile = profile } } };
        Assert.Equal((profile, ChannelProfile.Default), (settings.ChannelOf(new ChannelId("@alpha")).Profile, settings.ChannelOf(new ChannelId("@beta")).Profile));
    }

    private static PaperDesk Desk(ChannelSettings channel)
    {
        var desk = new PaperDesk(new EngineSettings { Channels = new Dictionary<ChannelId, ChannelSettings> { [new ChannelId("@alpha")] = channel } });
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        return desk;
    }
}
