using System.Globalization;
using TelegramTrader.Chat.Teaching;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Chat.Teaching;

public sealed class RuleReplayTests
{
    private static readonly SignalParser Parser = new();

    [Fact]
    public void Run_OverFiveThousandPosts_CountsWhatIsNewChangedAndLost()
    {
        var posts = Enumerable.Range(0, 5000).Select(number => Some.Message((number % 5) switch
        {
            0 => $"#BTCUSDT long\nAblage: {64000 + number}\nTP 90000\nSL 60000",
            1 => $"VIP #ETHUSDT long\nEntry {3000 + number}\nTP 9000\nSL 2500",
            _ => "Good morning everyone",
        }, id: number)).ToArray();
        var known = ChannelSettings.None;
        var region = RuleReplay.Run(Parser, posts, known, known.With(new ProfileRule.Pattern("Ablage: {entry}")), CancellationToken.None);
        Assert.Equal((5000, 1000, 0), (region.Posts, region.New.Count + region.Changed.Count, region.Lost.Count));
        var vip = RuleReplay.Run(Parser, posts, known, known.With(new ProfileRule.Ignore("vip")), CancellationToken.None);
        Assert.Equal((5000, 0, 0, 1000), (vip.Posts, vip.New.Count, vip.Changed.Count, vip.Lost.Count));
        var text = new TelegramTrader.Chat.AnswerBuilder();
        ReplayText.Write(text, vip);
        Assert.Contains(text.Build().Rows, row => row.Spans.Any(span => span is { Style: TelegramTrader.Chat.TextStyle.Bold } && span.Text.Contains("1000 signals or follow-ups that are read now would be lost", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("entry", "pattern «📍 Zona: {entry}»")]
    [InlineData("stop", "pattern «Exit {stop}»")]
    public void OfChoice_ANumberOfThePost_ProposesItsPlace(string topic, string rule)
    {
        const string Post = "#BTCUSDT up\n📍 Zona: 64800 - 64900\nExit 64000";
        var about = RuleProposals.Topic(topic)!;
        Assert.Equal(["64800 - 64900", "64000"], RuleProposals.Choices(about, Post));
        Assert.Equal(rule, RuleProposals.OfChoice(about, Post, topic == "entry" ? 0 : 1, out _)?.ToString());
        Assert.Null(RuleProposals.OfChoice(about, Post, 7, out var problem));
        Assert.Contains(2.ToString(CultureInfo.InvariantCulture), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OfChoice_ANumberAloneOnItsLine_ProposesNothing()
    {
        Assert.Null(RuleProposals.OfChoice(RuleProposals.Topic("entry")!, "BTC\n64800", 0, out var problem));
        Assert.Contains("nothing stands before", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Which? In full: /teach t0123456789ab entry WORD", "/teach t0123456789ab entry Zona")]
    [InlineData("Which channel? Or send: /teach t0123456789ab in @NAME", "/teach t0123456789ab in Zona")]
    [InlineData("BTC long /teach nothing", null)]
    [InlineData(null, null)]
    public void AnswerTo_ATextThatAnswersAQuestion_IsTheCommandOfThatQuestion(string? quoted, string? command) =>
        Assert.Equal(command, TelegramTrader.Chat.Commands.TeachCommand.AnswerTo(quoted, "Zona"));
}
