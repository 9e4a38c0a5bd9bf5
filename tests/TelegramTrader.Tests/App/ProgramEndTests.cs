using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>A program that ends by itself says so: on its way out, or after the next start.</summary>
public sealed class ProgramEndTests : IAsyncLifetime
{
    private const string Secret = "wrong byte 0x7f in /home/ann/secret.key";
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-end-").FullName;
    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Engine_Fails_TheAdminIsToldOnTheWayOut_AndNotAgainAfterTheNextStart()
    {
        await using (var bot = await StartAsync())
        {
            await FailAsync(bot);
            Assert.Equal(ExitCodes.Failed, bot.Services.GetRequiredService<ProgramEnd>().ExitCode);
        }

        var told = Assert.Single(Told());
        Assert.Contains("PAPER THE PROGRAM HAS ENDED by itself at ", told, StringComparison.Ordinal);
        Assert.Contains("the engine fell over a mistake in the program.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.OrdinalIgnoreCase);
        await using (var again = await StartAsync())
            Assert.Single(Told());
    }

    [Fact]
    public async Task Engine_FailsWhileNobodyCanBeReached_IsToldAfterTheNextStart_Once()
    {
        await using (var bot = await StartAsync())
        {
            _server.Block(RunningBot.Admin);
            await FailAsync(bot);
        }

        Assert.Empty(Told());
        _server.AddPerson(RunningBot.Admin, "Ann");
        await using (var again = await StartAsync())
            Assert.Contains("PAPER THE PROGRAM HAD ENDED by itself at ", Assert.Single(Told()), StringComparison.Ordinal);
        await using (var third = await StartAsync())
            Assert.Single(Told());
    }

    [Fact]
    public async Task Engine_FailsWhileTelegramIsSilent_TheEndDoesNotWaitForIt()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using (var bot = await StartAsync(time))
        {
            _server.Faults.Always(new BotApiFault.Silence(), "sendMessage");
            var ending = EndingOf(bot);
            Fail(bot);
            await _server.WaitForCallAsync(call => call.Method == "sendMessage" && call.Text("text")!.Contains("ENDED", StringComparison.Ordinal), RunningBot.Patience);
            time.Advance(ProgramEnd.Patience);
            await ending.WaitAsync(RunningBot.Patience);
        }

        _server.Faults.Clear();
        await using (var again = await StartAsync())
            Assert.Contains("HAD ENDED", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_FailsSoonAfterEachStart_IsToldOnce()
    {
        for (var run = 0; run < 2; run++)
        {
            await using var bot = await StartAsync();
            await FailAsync(bot);
        }

        Assert.Single(Told());
    }

    /// <summary>Somebody has started it again, and believes that it runs.</summary>
    [Fact]
    public async Task Engine_FailsForTheSameReasonAfterAWhile_IsToldAgain()
    {
        await using (var bot = await StartAsync())
            await FailAsync(bot);
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using (var again = await StartAsync(time))
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await FailAsync(again);
        }

        Assert.Equal(2, Told().Length);
    }

    [Theory]
    [InlineData(false, "#1, #2: the stop rests at the exchange and stays there.", "#3: the stop, or a part of it, was watched by the bot alone. NOBODY WATCHES IT NOW", "#4: NO STOP is certain to work", "#5: entries wait at the exchange.")]
    [InlineData(true, "#1, #2: the stop rested at the exchange all the time.", "#3: nobody watched the stop, or a part of it, meanwhile.", "#4: no stop was certain to work meanwhile.", "#5: entries waited at the exchange.")]
    public void Text_OfWhatWasOpen_SaysWhatProtectsIt(bool hasGoneOn, params string[] expected)
    {
        var text = Text(new ProtectionLeft([1, 2], [3], [4], [5], IsSimulated: false), hasGoneOn);
        Assert.All(expected, line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.Contains(hasGoneOn ? "it has gone on from there" : "Nothing is traded or watched until it is started again", text.Replace("It has been started again and has", "it has", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithNothingOpen_OrNothingKnown_SaysSo()
    {
        Assert.Contains("No position is open.", Text(new ProtectionLeft([], [], [], [], IsSimulated: false), hasGoneOn: false), StringComparison.Ordinal);
        Assert.Contains("look at the exchange itself", Text(null, hasGoneOn: false), StringComparison.Ordinal);
        Assert.Contains("stand still meanwhile", Text(new ProtectionLeft([1], [], [], [], IsSimulated: true), hasGoneOn: false), StringComparison.Ordinal);
    }

    private static string Text(ProtectionLeft? left, bool hasGoneOn) => string.Join('\n', new NotificationText("LIVE", new Formats(TimeZoneInfo.Utc))
        .Write(new Notification.ProgramEnded(new Instant(1_700_000_000_000), "its clock went back", left, hasGoneOn), null).Rows.Select(row => row.PlainText));

    /// <summary>With its recording over and everything told.</summary>
    private async Task<RunningBot> StartAsync(TimeProvider? time = null)
    {
        var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording), _folder, null, time);
        await bot.FinishAsync();
        return bot;
    }

    private static async Task FailAsync(RunningBot bot)
    {
        var ending = EndingOf(bot);
        Fail(bot);
        await ending.WaitAsync(RunningBot.Patience);
    }

    private static void Fail(RunningBot bot) => bot.Services.GetRequiredService<EngineRunner>().Do(() => throw new InvalidOperationException(Secret));

    private static Task EndingOf(RunningBot bot)
    {
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bot.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(ending.SetResult);
        return ending.Task;
    }

    private string[] Told() => [.. _server.Messages(RunningBot.Admin).Select(message => message.Text).Where(text => text.Contains("ENDED", StringComparison.Ordinal))];
}
