using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

public sealed class ProfileTeachingTests
{
    private static readonly ChannelId Alpha = new("@alpha");

    [Fact]
    public void TaughtRules_OverARestart_StayAndTheJournalGivesTheSameOutputs()
    {
        using var folder = new TemporaryFolder();
        var parser = new ScriptedParser();
        using (var first = BusyRun.Desk(folder.Path, parser))
        {
            first.Start();
            BusyRun.Flat(first, 1000m);
            first.Command(id => new OperatorCommand.TeachRule(Alpha, new ProfileRule.Word("zona", OwnMeaning.Entry)) { Id = id, By = "Anna", ByAdmin = true });
            first.Command(id => new OperatorCommand.TeachRule(Alpha, new ProfileRule.Ignore("post")) { Id = id, By = "Anna", ByAdmin = true });
            first.Command(id => new OperatorCommand.ForgetRule(1) { Id = id, By = "Anna", ByAdmin = true });
            BusyRun.Flat(first, 1000m);
        }

        using (var second = BusyRun.Desk(folder.Path, parser))
        {
            second.Start();
            var taught = Assert.Single(second.State.TaughtRules);
            Assert.Equal((2, Alpha, new ProfileRule.Ignore("post"), "Anna"), (taught.Number, taught.Channel, taught.Rule, taught.By));
            Assert.Equal(3, second.State.ProfileVersion);
            second.Command(id => new OperatorCommand.TeachRule(Alpha, new ProfileRule.TargetsArePercent(true)) { Id = "later-" + id, By = "Boris", ByAdmin = true });
            Assert.Equal(4, second.State.TaughtRules[^1].Number);
            BusyRun.Flat(second, 1000m);
        }

        using var data = DataFolder.Open(folder.Path);
        Assert.Empty(new JournalReplay(data, BusyRun.Settings, parser, new ExchangeCapabilities(HoldsStops: true)).Differences());
        using var context = data.Read();
        Assert.Equal(["Anna", "Anna", "Anna", "Boris"], context.Commands.Where(row => row.Kind == "TeachRule" || row.Kind == "ForgetRule").Select(row => row.By).ToArray().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ChannelOf_TaughtRules_LieOverTheChannelsAndThoseOverThePersonsSettings()
    {
        var settings = new EngineSettings
        {
            Channels = new Dictionary<ChannelId, ChannelSettings>
            {
                [Alpha] = new() { DefaultStop = 0.1m, IgnoredPhrases = ["vip"], Profile = new ChannelProfile { DefaultQuote = "USDC", TwoPricesAreZone = false } },
            },
        };
        var state = EngineState.Restore(new EngineScalars(
            Some.Time, null, 1, new EngineState().Trading, null, null, null, [],
            [new TaughtRule(1, Alpha, new ProfileRule.DefaultQuote("BTC"), "Anna", Some.Time), new TaughtRule(2, Alpha, new ProfileRule.Ignore("news"), "Anna", Some.Time)], 2), [], [], [], []);
        var channel = state.ChannelOf(settings, Alpha);
        Assert.Equal(("BTC", false, 0.1m), (channel.Profile.DefaultQuote, channel.Profile.TwoPricesAreZone, channel.DefaultStop));
        Assert.Equal(["vip", "news"], channel.IgnoredPhrases);
        Assert.Same(ChannelSettings.None, state.ChannelOf(settings, new ChannelId("@beta")));
    }
}
