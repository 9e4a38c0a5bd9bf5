using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Judgement.Scorecards;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>What channels are worth, as people ask for it in Telegram, in the whole bot: stored posts over stored minutes.</summary>
public sealed class ScorecardsInChatTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AllChannels_InOneLine_AreRankedAsByTheCommandLine()
    {
        Plant();
        string file;
        await using (var bot = await StartAsync())
        {
            _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard");
            var card = await WaitAsync("✅ Job 1 · scorecard all");
            Assert.Contains("3 channels, by what one may count on", card.Text, StringComparison.Ordinal);
            Assert.Contains("1. @seer · follow", card.Text, StringComparison.Ordinal);
            Assert.Contains("2. @blind · leave", card.Text, StringComparison.Ordinal);
            Assert.Contains("– @newcomer · not enough data\n   1 closed position; at least 20 are needed", card.Text, StringComparison.Ordinal);
            Assert.Single(OfBot());

            _server.Press(card, RunningBot.Trader, "All of it as a file");
            var sent = await _server.WaitForMessageAsync(message => message.File is { IsPhoto: false }, RunningBot.Patience);
            Assert.Equal("1-scorecard.json", sent.File!.Name);
            file = System.Text.Encoding.UTF8.GetString(sent.File.Content.Span);
            Assert.Empty(bot.Log.Errors);
        }

        var settings = _folder.FileAt("appsettings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new { Storage = new { Directory = _folder.FileAt("data") } }));
        var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["scorecard", "--settings", settings, "--json"], TextReader.Null, output, TextWriter.Null));
        using var byChat = JsonDocument.Parse(file);
        using var byLine = JsonDocument.Parse(output.ToString());
        Assert.Equal(byLine.RootElement.GetProperty("channels").GetRawText(), byChat.RootElement.GetProperty("channels").GetRawText());
    }

    [Fact]
    public async Task OneChannel_TappedThrough_IsOneMessageFromTheQuestionToItsCard()
    {
        Plant();
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard SEER");
        var question = await WaitAsync("The scorecard of @seer: how far back from its last post?");
        Assert.Equal(["30 days", "90 days", "365 days", "All there are"], question.Keyboard.SelectMany(row => row).Select(button => button.Text));
        _server.Press(question, RunningBot.Trader, "90 days");
        var card = await WaitAsync("✅ Job 1 · scorecard @seer 90d");
        Assert.Equal(question.MessageId, card.MessageId);
        Assert.Contains("1. @seer · follow", card.Text, StringComparison.Ordinal);
        Assert.Contains("29 signals: 29 closed", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@blind", card.Text, StringComparison.Ordinal);

        _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard seer 7d delay=90 limits=1 least=3");
        card = await WaitAsync("✅ Job 2 · scorecard @seer 7d delay=90 limits=1 least=3");
        Assert.Contains("acted upon after 90 s", card.Text, StringComparison.Ordinal);
        Assert.Contains("8 signals: 8 closed", card.Text, StringComparison.Ordinal);
        Assert.Contains("Its positions are of 8 days; at least 10 are needed", card.Text, StringComparison.Ordinal);
        Assert.Contains("Each channel trades one account with all limits.", card.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Log.Errors);
    }

    [NodeFact(packages: true)]
    public async Task Results_WithNode_HaveTheirPictureBehindThem()
    {
        Plant();
        await using var bot = await StartAsync();
        foreach (var (command, name, title) in new[] { ("/scorecard all", "scorecard.png", "Job 1: What channels are worth"), ("/scorecard @seer all", "equity.png", "Job 2: @seer") })
        {
            _server.Write(RunningBot.Trader, RunningBot.Trader, command);
            var picture = await _server.WaitForMessageAsync(message => message.File?.Name == name, RunningBot.Patience);
            Assert.True(picture.File!.IsPhoto);
            Assert.StartsWith(title, picture.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FewSignals_OfARecording_AreNotEnoughData()
    {
        await using var bot = await StartAsync(RunningBot.ShortRecording);
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard");
        var card = await WaitAsync("✅ Job 1 · scorecard all");
        Assert.Contains("– @meadow_rehearsal · not enough data", card.Text, StringComparison.Ordinal);
        Assert.Contains("– @quarry_rehearsal · not enough data", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1. @", card.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task PostsWithoutPrices_FailTheJobWithASentence()
    {
        Plant(withCandles: false);
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard");
        Assert.StartsWith("❌ Job 1 · scorecard all\n", (await WaitAsync("candles fetch")).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Log.Errors);
    }

    [Theory]
    [InlineData("/scorecard nobody", "No posts of 'nobody' are stored. There are posts of @blind, @newcomer, @seer.")]
    [InlineData("/scorecard seer 9999d", "There may be 1d to 3650d or all for how far back it goes, and delay=, limits=, least=, but there is '9999d'.")]
    [InlineData("/scorecard 0d", "but there is '0d'.")]
    [InlineData("/scorecard 90d seer", "but there is 'seer'.")]
    [InlineData("/scorecard seer 7d all", "How far back it goes is said twice; the second time with 'all'.")]
    [InlineData("/scorecard delay=soon", "delay (seconds between a post and what is done about it) must be a number from 0 to 86400, but is 'soon'.")]
    [InlineData("/scorecard seer 7d limits=2", "limits (0: each signal alone; 1: one account a channel, with its limits) must be a whole number from 0 to 1, but is '2'.")]
    [InlineData("/scorecard least=0", "least (closed positions; with fewer a channel is not judged) must be a whole number from 1 to 100000, but is '0'.")]
    [InlineData("/scorecard delay=1 delay=2", "delay is given twice.")]
    [InlineData("/scorecard seed=3", "but there is 'seed=3'.")]
    public async Task WrongArguments_AreNamedWithTheirLimitAndNothingBegins(string command, string said)
    {
        Plant(withCandles: false);
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, command);
        await WaitAsync(said);
        Assert.Empty(bot.Services.GetRequiredService<JobStore>().Latest(1));
    }

    [Fact]
    public async Task WithoutAnyPosts_ItSaysHowTheyCome()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/scorecard");
        await WaitAsync("No posts are stored yet.");
        _server.Write(RunningBot.Viewer, RunningBot.Viewer, "/scorecard");
        await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Viewer && message.Text.Contains("/scorecard needs the role trader; you are viewer.", StringComparison.Ordinal), RunningBot.Patience);
        Assert.Empty(bot.Services.GetRequiredService<JobStore>().Latest(1));
    }

    private void Plant(bool withCandles = true)
    {
        using (var folder = DataFolder.Open(_folder.FileAt("data")))
        using (var inbox = new MessageInbox(folder))
            inbox.StoreHistory([.. PlantedMarket.Posts.Select(PlantedMarket.Historic)], Some.Time, "test");
        if (withCandles)
            new CandleStore(_folder.FileAt("data"), "binance").Add(Some.Btc, Timeframe.OneMinute, PlantedMarket.Candles, replace: false);
    }

    /// <param name="recording">Null: no prices are made, and posts are stored.</param>
    private Task<RunningBot> StartAsync(string? recording = null)
    {
        var settings = RunningBot.Settings(_server, recording ?? "");
        return RunningBot.StartAsync(settings with
        {
            Market = recording is null ? new MarketSettings() : settings.Market,
            Jobs = new JobSettings { Workers = 1, ProgressEvery = TimeSpan.FromMilliseconds(1) },
            Telegram = settings.Telegram with { AdminChatId = null },
        }, _folder.FileAt("data"));
    }

    /// <summary>Texts; pictures come where there is Node.js.</summary>
    private IEnumerable<BotApiMessage> OfBot() => _server.Messages(RunningBot.Trader).Where(message => message is { UserId: null, File: null });

    private Task<BotApiMessage> WaitAsync(string text) =>
        _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.UserId is null && message.Text.Contains(text, StringComparison.Ordinal), RunningBot.Patience);
}
