using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot against a Bot API server that refuses what Telegram refuses.</summary>
public sealed class TelegramEndToEndTests : IAsyncLifetime
{
    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Recording_ThroughTheBot_IsToldInTheAdminChatWithoutARefusal()
    {
        _server.AddUnknownFields = true;
        // Slow enough for messages to go out while positions live: six hours in six seconds.
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording);
        await using var bot = await RunningBot.StartAsync(settings with { Market = settings.Market with { Speed = 3600m } });
        await bot.FinishAsync();

        var messages = _server.Messages(RunningBot.Admin);
        var cards = messages.Where(message => message.Keyboard.SelectMany(row => row).Any(button => button.Text == "Why")).ToArray();
        Assert.NotEmpty(cards);
        Assert.All(messages.Where(message => message.Text.Contains('#') && !message.Text.StartsWith("Update not carried out", StringComparison.Ordinal)), message => Assert.True(message.Text.Contains("PAPER") || message.Text.Contains("not traded") || message.Text.Contains("doubt"), message.Text));
        Assert.Contains(cards, card => card.Edits > 0);
        Assert.Contains(messages, message => message.Text.Contains("closed") && message.ReplyTo is not null);
        Assert.Empty(bot.Log.Errors);
        Assert.DoesNotContain(bot.Log.Texts, text => text.Contains("refused", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task EveryCommand_Asked_IsAnsweredUnderTheStateLine()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        await _server.WaitForCallAsync(call => call.Method == "setMyCommands", RunningBot.Patience);
        var menu = _server.Commands();
        foreach (var required in new[] { "start", "help", "status", "positions", "position", "close", "closeall", "balances", "statistics", "signals", "why", "parse", "pause", "resume", "stop", "panic", "risk", "health", "version" })
            Assert.Contains(menu, entry => entry.Command == required);

        foreach (var (command, _) in menu.OrderBy(entry => entry.Command == "resume"))
        {
            var argument = command is "position" or "why" or "close" or "breakeven" ? " 1" : "";
            var before = _server.Messages(RunningBot.Admin).Count;
            var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, $"/{command}{argument}");
            var answer = await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.MessageId > asked.MessageId && message.UserId is null && message.Text.StartsWith("PAPER · ", StringComparison.Ordinal), RunningBot.Patience);
            Assert.True(_server.Messages(RunningBot.Admin).Count > before, command);
            Assert.DoesNotContain("mistake in the program", answer.Text);
        }

        Assert.Empty(bot.Log.Errors);
    }

    [NodeFact(packages: true)]
    public async Task Chart_OfATradeAndOfTheResult_IsAPictureWithTheAnswerUnderIt()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        foreach (var (command, name, text) in new[] { ("/chart 1", "trade-1.png", "PAPER #1 "), ("/chart", "equity.png", "PAPER result over time"), ("/chart months", "months.png", "PAPER results by month") })
        {
            var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, command);
            var answer = await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.MessageId > asked.MessageId && message.UserId is null && message.Text.Contains(text), RunningBot.Patience);
            Assert.True(answer.File is { IsPhoto: true } file && file.Name == name, answer.Text);
            Assert.Equal(1080, PngPicture.SizeOf(answer.File!.Content.Span)!.Value.Width);
            Assert.StartsWith("PAPER · ", answer.Text, StringComparison.Ordinal);
        }

        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Chart_OfWhatIsNotThere_IsAnsweredInWords()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        foreach (var (command, text) in new[] { ("/chart 999", "There is no trade #999."), ("/chart equity @nobody", "No picture (Result of closed trades): No trade has closed in that time."), ("/chart soon", "Use it so: /chart") })
        {
            var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, command);
            var answer = await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.MessageId > asked.MessageId && message.UserId is null && message.Text.Contains(text), RunningBot.Patience);
            Assert.Null(answer.File);
        }

        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Stranger_Writes_GetsNothingAndTheAdminHearsOnce()
    {
        const long Stranger = 666;
        _server.AddPerson(Stranger, "Mallory <b>");
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        _server.Write(Stranger, Stranger, "/status");
        _server.Write(Stranger, Stranger, "/panic");
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/version");
        await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.Text.Contains("on .NET"), RunningBot.Patience);
        await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.Text.Contains("User id 666"), RunningBot.Patience);

        Assert.DoesNotContain(_server.Messages(Stranger), message => message.UserId is null);
        Assert.Single(_server.Messages(RunningBot.Admin), message => message.Text.Contains("User id 666"));
        Assert.Equal("active", await TradingStateAsync(bot));
    }

    [Theory]
    [InlineData(RunningBot.Viewer, "/pause")]
    [InlineData(RunningBot.Viewer, "/close 1")]
    [InlineData(RunningBot.Viewer, "/closeall")]
    [InlineData(RunningBot.Trader, "/panic")]
    public async Task Command_BeyondTheRole_IsRefused(long user, string command)
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        _server.Write(user, user, command);
        var answer = await _server.WaitForMessageAsync(message => message.ChatId == user && message.UserId is null, RunningBot.Patience);
        Assert.Contains("needs the role", answer.Text);
        Assert.Equal("active", await TradingStateAsync(bot));
    }

    [Fact]
    public async Task Button_PressedBySomebodyWithoutTheRole_IsRefused()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        _server.AddGroup(-5, "desk");
        _server.Write(-5, RunningBot.Trader, "/pause");
        var paused = await _server.WaitForMessageAsync(message => message.ChatId == -5 && message.Text.Contains("Paused until"), RunningBot.Patience);
        _server.Press(paused, RunningBot.Viewer, "Resume");
        await _server.WaitForMessageAsync(message => message.ChatId == -5 && message.Text.Contains("needs the role trader"), RunningBot.Patience);
        Assert.Equal("reducing only", await TradingStateAsync(bot));
        _server.Press(paused, RunningBot.Trader, "Resume");
        await _server.WaitForMessageAsync(message => message.ChatId == -5 && message.Text.Contains("Trading is active"), RunningBot.Patience);
        Assert.Equal("active", await TradingStateAsync(bot));
    }

    [Fact]
    public async Task Panic_OneTap_StopsAtOnceAndOnlyAnAdminLiftsIt()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/panic");
        await _server.WaitForMessageAsync(message => message.Text.Contains("No new entries until an admin lifts it"), RunningBot.Patience);
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/resume");
        await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.Text.Contains("can only be lifted by an admin"), RunningBot.Patience);
        Assert.Equal("reducing only", await TradingStateAsync(bot));
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/resume");
        await _server.WaitForMessageAsync(message => message.Text.Contains("Trading is active: "), RunningBot.Patience);
    }

    [Fact]
    public async Task SentWhileDown_LowersRisk_IsCarriedOutWithItsAge_AndWhatRaisesRiskExpires()
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-late-").FullName;
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording) with { };
        settings = settings with { Telegram = settings.Telegram with { CommandExpiresAfter = TimeSpan.FromMilliseconds(1) } };
        _server.Write(RunningBot.Admin, RunningBot.Admin, "/stop");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/resume");
        await using (var bot = await RunningBot.StartAsync(settings, folder))
        {
            await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.Text.Contains("Stopped: no new entries") && message.Text.Contains("while I was not there, and carried out now"), RunningBot.Patience);
            await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.Text.Contains("it has expired"), RunningBot.Patience);
            Assert.Equal("reducing only", await TradingStateAsync(bot));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task TelegramAway_WhileTheRecordingRuns_NothingIsLost()
    {
        _server.Faults.Always(new BotApiFault.CutBefore());
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        _server.Faults.Clear();
        await bot.FinishAsync();
        var closed = await bot.Desk.ReadAsync(state => state.Trades.Values.Count(trade => trade.Stage == Core.Engine.TradeStage.Closed));
        Assert.True(closed > 0);
        Assert.Equal(closed, _server.Messages(RunningBot.Admin).Count(message => message.Text.Contains("✅ closed") || message.Text.Contains("🔴 closed")));
    }

    private static async Task<string> TradingStateAsync(RunningBot bot) =>
        (await bot.Desk.SnapshotAsync()).Trading.Mode == Core.Risk.TradingMode.Active ? "active" : "reducing only";

    [Fact]
    public async Task PastedPost_TradeIt_AsksAndTradesOnceUnderTheRules()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        // A symbol in which the recording left nothing open.
        var (coin, price) = await bot.Desk.ReadAsync(state => state.Markets
            .Where(market => market.Value.Quote is not null && state.ActiveTrades.All(trade => trade.Instrument.Symbol != market.Key))
            .Select(market => (market.Key.Base, market.Value.Quote!.Value.Bid.Value)).First());
        _server.Write(RunningBot.Trader, RunningBot.Trader, $"{coin}/USDT long\nEntry {Level(price, 0.95m)}\nTargets {Level(price, 0.99m)}, {Level(price, 1.01m)}\nStop {Level(price, 0.92m)}");
        var card = await WaitAsync(RunningBot.Trader, message => message.Text.Contains("Signal", StringComparison.Ordinal) && message.Keyboard.Count > 0);
        _server.Press(card, RunningBot.Trader, "Trade it");
        var question = await WaitAsync(RunningBot.Trader, message => message.Text.Contains("with all risk rules?", StringComparison.Ordinal));
        _server.Press(question, RunningBot.Trader, "Yes, trade it");
        var done = await WaitAsync(RunningBot.Trader, message => message.MessageId == question.MessageId && !message.Text.Contains("with all risk rules?", StringComparison.Ordinal));
        Assert.True(done.Text.Contains("is on its way", StringComparison.Ordinal), done.Text);

        // The same question answered again trades nothing more.
        _server.Press(card, RunningBot.Trader, "Trade it");
        var second = await WaitAsync(RunningBot.Trader, message => message.MessageId > question.MessageId && message.Text.Contains("with all risk rules?", StringComparison.Ordinal));
        _server.Press(second, RunningBot.Trader, "Yes, trade it");
        await WaitAsync(RunningBot.Trader, message => message.MessageId == second.MessageId && message.Text.Contains("not traded twice", StringComparison.Ordinal));

        // A viewer is not offered it.
        _server.Write(RunningBot.Viewer, RunningBot.Viewer, $"{coin}/USDT long entry {Level(price, 0.99m)} target {Level(price, 1.03m)} stop {Level(price, 0.97m)}");
        Assert.Empty((await WaitAsync(RunningBot.Viewer, message => message.Text.Contains("Signal", StringComparison.Ordinal))).Keyboard);
        Assert.Empty(bot.Log.Errors);
    }

    private Task<BotApiMessage> WaitAsync(long chat, Func<BotApiMessage, bool> isWanted) =>
        _server.WaitForMessageAsync(message => message.ChatId == chat && message.UserId is null && isWanted(message), RunningBot.Patience);

    private static string Level(decimal price, decimal factor) => Math.Round(price * factor, 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
