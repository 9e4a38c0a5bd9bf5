using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>Long work as people ask for it in Telegram, in the whole bot.</summary>
public sealed class JobsInChatTests : IAsyncLifetime
{
    private const string Whole = "/optimize ema-cross ETH/USDT 1m fast=5..20:5 slow=30..60:10 all";
    private readonly GatedJob _gate = new();
    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Optimize_InOneLine_IsAnsweredAtOnceAndItsMessageBecomesTheResult()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, Whole);
        var card = await WaitAsync(RunningBot.Trader, "✅ Job 1 · optimize ema-cross ETH/USDT:USDT 1m fast=5..20:5 slow=30..60:10 all");
        Assert.Contains("16 combinations over 288 candles of ETH/USDT:USDT 1m (recording), 2025-05-", card.Text, StringComparison.Ordinal);
        Assert.Contains("on the last 20 %, kept apart: ", card.Text, StringComparison.Ordinal);
        Assert.Contains("There are too few days or trades to tell skill from luck.", card.Text, StringComparison.Ordinal);
        Assert.Contains("Walking forward, each of 4 windows", card.Text, StringComparison.Ordinal);
        Assert.Equal(["Again", "All of it as a file"], card.Keyboard.SelectMany(row => row).Select(button => button.Text));
        Assert.Single(OfBot(RunningBot.Trader));

        _server.Press(card, RunningBot.Trader, "All of it as a file");
        var sent = await _server.WaitForMessageAsync(message => message.File is { IsPhoto: false }, RunningBot.Patience);
        Assert.Equal("1-optimize.json", sent.File!.Name);
        Assert.Contains("\"combos\":16", Encoding.UTF8.GetString(sent.File.Content.Span), StringComparison.Ordinal);

        _server.Press(card, RunningBot.Trader, "Again");
        await WaitAsync(RunningBot.Trader, "✅ Job 2 · optimize ema-cross");
        Assert.Empty(bot.Log.Errors);
    }

    [Theory]
    [InlineData("/optimize", new[] { "bollinger", "XRP/USDT 1m", "All there is" }, "✅ Job 1 · optimize bollinger XRP/USDT:USDT 1m period=10..60:5 width=1..3:0.5 all")]
    [InlineData("/backtest", new[] { "sma-cross", "SOL/USDT 1m", "fast 10, slow 30", "7 days" }, "✅ Job 1 · backtest sma-cross SOL/USDT:USDT 1m fast=10 slow=30 7d")]
    [InlineData("/backtest macd ethusdt", new[] { "1m (recording)", "30 days" }, "✅ Job 1 · backtest macd ETH/USDT:USDT 1m 30d")]
    public async Task Wizard_TappedThrough_IsOneMessageFromTheQuestionToTheResult(string command, string[] taps, string end)
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, command);
        var shown = await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.UserId is null, RunningBot.Patience);
        foreach (var tap in taps)
        {
            shown = await _server.WaitForMessageAsync(message => message.MessageId == shown.MessageId && message.ChatId == RunningBot.Trader && message.Keyboard.SelectMany(row => row).Any(button => button.Text == tap), RunningBot.Patience);
            _server.Press(shown, RunningBot.Trader, tap);
        }

        var result = await WaitAsync(RunningBot.Trader, end);
        Assert.Equal(shown.MessageId, result.MessageId);
        Assert.Single(OfBot(RunningBot.Trader));
        Assert.Empty(bot.Log.Errors);
    }

    [NodeFact]
    public async Task Result_WithNode_HasItsPicturesBehindIt()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, Whole);
        var card = await WaitAsync(RunningBot.Trader, "✅ Job 1");
        foreach (var name in new[] { "heat-map.png", "equity.png" })
        {
            var picture = await _server.WaitForMessageAsync(message => message.File?.Name == name, RunningBot.Patience);
            Assert.True(picture.File!.IsPhoto);
            Assert.Equal(card.MessageId, picture.ReplyTo);
            Assert.StartsWith("Job 1: ema-cross", picture.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Channel_OfTheRecording_ComesToWhatItBroughtOnPaper()
    {
        await using var bot = await StartAsync();
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        var channel = await bot.Desk.ReadAsync(state => state.Trades.Values.First().Signal.Channel.Value);
        _server.Write(RunningBot.Trader, RunningBot.Trader, $"/backtest {channel}");
        var question = await WaitAsync(RunningBot.Trader, $"The posts of {channel}: how far back from the last?");
        _server.Press(question, RunningBot.Trader, "30 days");
        var card = await WaitAsync(RunningBot.Trader, $"✅ Job 1 · channel {channel} 30d");
        Assert.Equal(question.MessageId, card.MessageId);
        Assert.Contains(" with signals, ", card.Text, StringComparison.Ordinal);
        Assert.Contains("too few to judge the channel by", card.Text, StringComparison.Ordinal);
        _server.Write(RunningBot.Trader, RunningBot.Trader, $"/backtest {channel} delay=-3");
        await WaitAsync(RunningBot.Trader, "delay (seconds between a post and what is done about it) must be a number from 0 to 86400, but is '-3'.");
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Progress_OfARunningJob_EditsItsOneMessageAndTheEndReplacesIt()
    {
        await using var bot = await StartAsync();
        _gate.Progress = 0.31;
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate one");
        var bar = await WaitAsync(RunningBot.Trader, "▰▰▰▱▱▱▱▱▱▱ 31 % · ");
        Assert.StartsWith("⚙ Job 1 · gate one", bar.Text, StringComparison.Ordinal);
        Assert.Contains(" left", bar.Text, StringComparison.Ordinal);
        _gate.Progress = 0.64;
        Assert.Equal(bar.MessageId, (await WaitAsync(RunningBot.Trader, "▰▰▰▰▰▰▱▱▱▱ 64 % · ")).MessageId);
        _gate.Open("one");
        var end = await WaitAsync(RunningBot.Trader, "The gate one was opened.");
        Assert.Equal(bar.MessageId, end.MessageId);
        Assert.StartsWith("✅ Job 1 · gate one", end.Text, StringComparison.Ordinal);
        Assert.True(end.Edits >= 3);
        Assert.Single(OfBot(RunningBot.Trader));
        Assert.DoesNotContain(bot.Log.Texts, text => text.Contains("refused", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Job_OnAllItsThreads_KeepsToThreadsOfLowestPriorityAndTheBotAnswers()
    {
        await using var bot = await StartAsync(jobs => jobs with { Workers = 3 });
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate all");
        await WaitAsync(RunningBot.Trader, "⚙ Job 1 · gate all");
        foreach (var command in new[] { "/status", "/positions", "/jobs" })
        {
            var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, command);
            await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.UserId is null && message.MessageId > asked.MessageId && message.Text.StartsWith("PAPER · ", StringComparison.Ordinal), RunningBot.Patience);
        }

        _gate.Open("all");
        await WaitAsync(RunningBot.Trader, "✅ Job 1");
        Assert.All(_gate.Threads, thread => Assert.True(thread is { Name: "work 1" or "work 2" or "work 3", Priority: ThreadPriority.Lowest, IsPool: false }, $"{thread}"));
    }

    [Fact]
    public async Task Cancel_OfWhatRuns_StopsTheWorkAndSaysSo_OnlyForTheOneWhoAskedOrAnAdmin()
    {
        await using var bot = await StartAsync();
        _server.AddGroup(-5, "desk");
        _server.Write(-5, RunningBot.Admin, "/backtest gate one");
        var card = await WaitAsync(-5, "⚙ Job 1 · gate one");
        _server.Press(card, RunningBot.Viewer, "Cancel");
        await WaitAsync(-5, "/jobs cancel needs the role trader; you are viewer.");
        _server.Press(card, RunningBot.Trader, "Cancel");
        await WaitAsync(-5, "Job 1 was asked for by Ann; only Ann or an admin may cancel it.");
        _server.Press(card, RunningBot.Admin, "Cancel");
        await WaitAsync(-5, "Job 1 is being cancelled.");
        var end = await WaitAsync(-5, "there is no result.");
        Assert.StartsWith("✖ Job 1 · gate one\nCancelled at ", end.Text, StringComparison.Ordinal);
        Assert.Equal(card.MessageId, end.MessageId);
        // Nothing else happens to it.
        _server.Write(-5, RunningBot.Admin, "/jobs cancel 1");
        Assert.Contains("Job 1 has ended already.", (await WaitAsync(-5, "has ended already")).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task SecondJob_WaitsForTheFirst_AndTheThirdOfOnePersonIsRefused()
    {
        await using var bot = await StartAsync(jobs => jobs with { WaitingPerPerson = 2 });
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate one");
        await WaitAsync(RunningBot.Trader, "⚙ Job 1 · gate one");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate two");
        await WaitAsync(RunningBot.Trader, "Waits for its turn.");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate three");
        await WaitAsync(RunningBot.Trader, "Waits for its turn; one job is before it.");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate four");
        await WaitAsync(RunningBot.Trader, "2 jobs of yours wait already, and the limit is 2 (setting Jobs:WaitingPerPerson).");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/jobs cancel 2");
        await WaitAsync(RunningBot.Trader, "Job 2 is cancelled; it had not begun.");
        await WaitAsync(RunningBot.Trader, "✖ Job 2 · gate two\nCancelled before it began.");
        Assert.Equal(["one"], _gate.Starts);
        _gate.Open("one");
        await WaitAsync(RunningBot.Trader, "⚙ Job 3 · gate three");
        _gate.Open("three");
        await WaitAsync(RunningBot.Trader, "✅ Job 3");
        Assert.Equal(["one", "three"], _gate.Starts);

        _server.Write(RunningBot.Viewer, RunningBot.Viewer, "/jobs");
        var list = await WaitAsync(RunningBot.Viewer, "/jobs NUMBER shows one.");
        Assert.Contains("#3 ✅ gate three – done in ", list.Text, StringComparison.Ordinal);
        Assert.Contains("#2 ✖ gate two – cancelled, asked for by Tom", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_InTheMiddle_BeginsTheJobAgainInTheSameMessageAndTellsOneResult()
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-jobs-").FullName;
        BotApiMessage card;
        await using (await StartAsync(folder: folder))
        {
            _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate one");
            card = await WaitAsync(RunningBot.Trader, "⚙ Job 1 · gate one");
            _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate two");
            // The first edit shows that the bot knows its message.
            await _server.WaitForMessageAsync(message => message.Text.Contains("Job 2", StringComparison.Ordinal) && message.Edits > 0, RunningBot.Patience);
        }

        _gate.Open("one");
        _gate.Open("two");
        await using (var bot = await StartAsync(folder: folder))
        {
            var end = await WaitAsync(RunningBot.Trader, "✅ Job 1 · gate one");
            Assert.Equal(card.MessageId, end.MessageId);
            await WaitAsync(RunningBot.Trader, "✅ Job 2 · gate two");
            Assert.Equal(1, bot.Services.GetRequiredService<JobStore>().Find(1)!.Starts);
            // A bot that ends between the message and the note that it was sent tells it once more.
            await ToldAsync(bot);
            Assert.Empty(bot.Log.Errors);
        }

        Assert.Equal(["one", "one", "two"], _gate.Starts);
        Assert.Equal(2, OfBot(RunningBot.Trader).Count());
        // A third start has nothing left to do.
        await using (var bot = await StartAsync(folder: folder))
            Assert.Empty(bot.Services.GetRequiredService<JobStore>().Untold());
        Assert.Equal(3, _gate.Starts.Count);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task FailingJob_TellsWhyInASentence_AndTheNextRuns()
    {
        await using var bot = await StartAsync();
        _gate.Ends = name => name == "one" ? new JobOutcome.Failed("The gate is rusty.") : throw new InvalidTimeZoneException("bad");
        _gate.Open("one");
        _gate.Open("two");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate one");
        Assert.StartsWith("❌ Job 1 · gate one\nThe gate is rusty.", (await WaitAsync(RunningBot.Trader, "rusty")).Text, StringComparison.Ordinal);
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/backtest gate two");
        await WaitAsync(RunningBot.Trader, "❌ Job 2 · gate two\nA mistake in the program: InvalidTimeZoneException. The log has the details. Nothing else stopped.");
        Assert.Single(bot.Log.Errors);
    }

    [Theory]
    [InlineData("/optimize macdd", "The strategy must be one of sma-cross, ema-cross, rsi, macd, bollinger, donchian, supertrend, but is 'macdd'.")]
    [InlineData("/backtest macdd", "'macdd' is nothing that /backtest knows.")]
    [InlineData("/optimize rsi DOGE/USDT 1m 7d", "No candles of 'DOGE/USDT' are stored. There are ETH/USDT:USDT 1m, SOL/USDT:USDT 1m, XRP/USDT:USDT 1m.")]
    [InlineData("/optimize rsi ETH/USDT 5y 7d", "The timeframe must be one such as 1m, 4h or 1d, but is '5y'.")]
    [InlineData("/optimize rsi ETH/USDT 4h 7d", "No candles of ETH/USDT 4h are stored. Of it there are 1m.")]
    [InlineData("/optimize rsi ETH/USDT 1m 9999d", "1d to 3650d or all for how far back it goes, but there is '9999d'.")]
    [InlineData("/optimize rsi ETH/USDT 1m 7d all", "How far back it goes is said twice; the second time with 'all'.")]
    [InlineData("/optimize rsi ETH/USDT 1m later=95 7d", "later (per cent of the candles, at the end, that are kept apart) must be a whole number from 0 to 90, but is '95'.")]
    [InlineData("/optimize rsi ETH/USDT 1m fee=1 7d", "fee (of each fill, as a fraction: 0.001 is 0.1 %) must be a number from 0 to 0.1, but is '1'.")]
    [InlineData("/optimize rsi ETH/USDT 1m fee=0 fee=0 7d", "fee is given twice.")]
    [InlineData("/optimize rsi ETH/USDT 1m period=1..20000:1", "The grid may have at most 10000 combinations here but has 20000; optimize at the command line takes more.")]
    [InlineData("/optimize rsi ETH/USDT 1m period=x 7d", "but is 'period=x'.")]
    [InlineData("/optimize rsi ETH/USDT 1m low=200 7d", "low must be 0 to 100 but is 200.")]
    [InlineData("/backtest rsi ETH/USDT 1m slow=3 7d", "rsi has the parameters period, low and high, but was given slow.")]
    [InlineData("/jobs 99", "There is no job 99. /jobs lists the latest.")]
    [InlineData("/jobs cancel 99", "There is no job 99. /jobs lists the latest.")]
    [InlineData("/jobs dance", "'dance' is not understood.")]
    public async Task WrongArguments_AreNamedWithTheirLimitAndNothingBegins(string command, string said)
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, command);
        await WaitAsync(RunningBot.Trader, said);
        Assert.Empty(bot.Services.GetRequiredService<JobStore>().Latest(1));
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task TooFewCandles_FailTheJobWithTheNumber()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/optimize ema-cross ETH/USDT 1m windows=300 all");
        await WaitAsync(RunningBot.Trader, "Walking forward over 300 windows needs at least 301 bars, but there are 288.");
    }

    [Fact]
    public async Task AskedByAViewer_IsRefused()
    {
        await using var bot = await StartAsync();
        _server.Write(RunningBot.Viewer, RunningBot.Viewer, Whole);
        await WaitAsync(RunningBot.Viewer, "/optimize needs the role trader; you are viewer.");
        Assert.Empty(bot.Services.GetRequiredService<JobStore>().Latest(1));
    }

    [Fact]
    public async Task SameRequestTwice_IsOneJob()
    {
        await using var bot = await StartAsync();
        _gate.Open("one");
        var chat = bot.Services.GetRequiredService<ChatDesk>();
        var now = bot.Desk.Now;
        var request = new ChatRequest("update-7", new ChatUser("1002", "Tom", Role.Trader), [], "", now, now, false, null);
        await chat.AnswerAsync("/backtest gate one", request, CancellationToken.None);
        await chat.AnswerAsync("/backtest gate one", request, CancellationToken.None);
        Assert.Single(bot.Services.GetRequiredService<JobStore>().Latest(5));
    }

    private Task<RunningBot> StartAsync(Func<JobSettings, JobSettings>? change = null, string? folder = null)
    {
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording);
        var jobs = new JobSettings { Workers = 1, ProgressEvery = TimeSpan.FromMilliseconds(1) };
        return RunningBot.StartAsync(settings with { Jobs = change?.Invoke(jobs) ?? jobs, Telegram = settings.Telegram with { AdminChatId = null } }, folder, kinds: [_gate]);
    }

    /// <summary>Texts; pictures come where there is Node.js.</summary>
    private IEnumerable<BotApiMessage> OfBot(long chat) => _server.Messages(chat).Where(message => message is { UserId: null, File: null });

    /// <summary>Until every result is noted as told. Bounded.</summary>
    private static async Task ToldAsync(RunningBot bot)
    {
        using var patience = new CancellationTokenSource(RunningBot.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (bot.Services.GetRequiredService<JobStore>().Untold().Count > 0)
            await look.WaitForNextTickAsync(patience.Token);
    }

    private Task<BotApiMessage> WaitAsync(long chat, string text) =>
        _server.WaitForMessageAsync(message => message.ChatId == chat && message.UserId is null && message.Text.Contains(text, StringComparison.Ordinal), RunningBot.Patience);
}
