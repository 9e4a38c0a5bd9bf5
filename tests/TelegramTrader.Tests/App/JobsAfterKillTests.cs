using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>The program killed in the middle of a job, as a process of its own.</summary>
public sealed class JobsAfterKillTests : IDisposable
{
    // Some seconds of work, also on a quick machine: averages of this kind have no quick way.
    private const string Long = "/optimize ema-cross ETH/USDT 1m fast=1..100:1 slow=1..100:1 windows=20 all";
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-jobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kill_InTheMiddleOfAJob_ItIsStartedAgainInTheSameMessageAndToldOnce()
    {
        await using var server = await RunningBot.ServerAsync();
        BotApiMessage running;
        using (var bot = Start(server))
        {
            server.Write(RunningBot.Admin, RunningBot.Admin, Long);
            running = await server.WaitForMessageAsync(message => message.Text.StartsWith("⚙ Job 1", StringComparison.Ordinal), RunningBot.Patience);
            bot.Kill();
            await bot.EndAsync(RunningBot.Patience);
        }

        using (var bot = Start(server))
        {
            var end = await server.WaitForMessageAsync(message => message.Text.StartsWith("✅ Job 1", StringComparison.Ordinal), TimeSpan.FromMinutes(5));
            Assert.Equal(running.MessageId, end.MessageId);
            bot.Terminate();
            var (exitCode, _, errors) = await bot.EndAsync(RunningBot.Patience);
            Assert.True(exitCode == 0, errors);
        }

        Assert.Single(server.Messages(RunningBot.Admin), message => message.Text.Contains("Job 1", StringComparison.Ordinal));
    }

    private BotProcess Start(BotApiServer server) => BotProcess.Start(_folder, new Dictionary<string, string>
    {
        ["TELEGRAMTRADER__Market__Source"] = "recorded",
        ["TELEGRAMTRADER__Market__Recording"] = RunningBot.DemoRecording,
        ["TELEGRAMTRADER__Market__Speed"] = "1",
        ["TELEGRAMTRADER__Telegram__BaseUrl"] = server.BaseUrl.ToString(),
        ["TELEGRAMTRADER__Telegram__BotToken"] = BotApiServer.Token.Reveal(),
        ["TELEGRAMTRADER__Telegram__Users__0__Id"] = "1001",
        ["TELEGRAMTRADER__Telegram__Users__0__Role"] = "admin",
    }, ["run"]);
}
