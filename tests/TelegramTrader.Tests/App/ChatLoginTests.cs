using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Gateway;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Channels;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>The login in the admin's private chat, with the whole bot against a Bot API server and a gateway that answers as Telegram would.</summary>
public sealed class ChatLoginTests : IAsyncLifetime
{
    private const string Phone = "+491709876543";
    private const string Code = "90817263";
    private const string Password = "correct horse battery";
    private const string Session = "SESSION-THAT-NOBODY-MAY-SEE";
    private const string CodeSent = """{"state":"codeSent","by":"app","length":8}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-login-").FullName;
    private FakeGateway _gateway = new();
    private BotApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningBot.ServerAsync();
        _gateway.Answer("channels.start", """{"state":"loginNeeded","reason":"There is no session yet."}""");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Login_StepByStep_ListensAtOnce_AndLeavesNothingOfTheSecretsAnywhere()
    {
        _gateway.Answer("channels.login.phone", CodeSent);
        _gateway.Answer("channels.login.code", """{"state":"passwordNeeded","hint":"the usual"}""");
        _gateway.Answer("channels.login.password", """{"state":"refused","reason":"The password is wrong.","next":"password"}""");
        _gateway.Answer("channels.login.password", $$$"""{"state":"done","session":"{{{Session}}}","account":{"id":42,"name":"Ada"}}""");
        await using (var bot = await StartAsync())
        {
            await AskAsync("/login", "Send the phone number");
            var keypad = await AskAsync(Phone, "Telegram sent a code (app)");
            // Its length is known: it goes out with its last digit.
            Tap(keypad, [.. Code.Select(digit => digit.ToString())]);
            await WaitAsync("has a password");
            await AskAsync("wrong " + Password, "The password is wrong. Send the password again.");
            await AskAsync(Password, "Logged in as Ada");

            Assert.IsType<AccountState.Ready>(bot.Services.GetRequiredService<ChannelParts>().Account.State);
            Assert.Contains("reading as Ada", (await AskAsync("/channels", "PAPER · ")).Text, StringComparison.Ordinal);
            Assert.Contains("Logged in already", (await AskAsync("/login", "Logged in already")).Text, StringComparison.Ordinal);
            // What was typed is gone from the chat, and what was tapped never was in it.
            foreach (var secret in new[] { Phone, Password, Code })
                Assert.DoesNotContain(_server.Messages(RunningBot.Admin), message => message.Text.Contains(secret, StringComparison.Ordinal));
            Assert.Contains(_gateway.Calls, call => call == $$"""channels.login.code {"code":"{{Code}}"}""");
            Assert.Empty(bot.Log.Errors);
            foreach (var secret in new[] { Phone, Code, Password, Session })
                Assert.DoesNotContain(bot.Log.Texts, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            foreach (var secret in new[] { Phone, Phone[1..], Code, Password, Session })
                Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds {secret}");
    }

    [Fact]
    public async Task Keypad_Corrected_SendsWhatIsLeft_AndAWrittenCodeIsDeletedAndNotTaken()
    {
        _gateway.Answer("channels.login.phone", CodeSent);
        _gateway.Answer("channels.login.code", """{"state":"refused","reason":"The code is wrong.","next":"code"}""");
        _gateway.Answer("channels.login.code", $$$"""{"state":"done","session":"{{{Session}}}","account":{"id":42,"name":"Ada"}}""");
        await using var bot = await StartAsync();
        await AskAsync("/login", "Send the phone number");
        var keypad = await AskAsync(Phone, "Telegram sent a code");
        await AskAsync("1-2-3-4-5", "Tap the code on the buttons");
        Tap(keypad, "7", "⌫", "1", "2", "3", "✓");
        var again = await WaitAsync("The code is wrong.");
        Assert.Contains("Code: –", again.Text, StringComparison.Ordinal);
        Tap(again, [.. Code.Select(digit => digit.ToString())]);
        await WaitAsync("Logged in as Ada");
        Assert.Equal(["""channels.login.code {"code":"123"}""", $$"""channels.login.code {"code":"{{Code}}"}"""], _gateway.Calls.Where(call => call.StartsWith("channels.login.code", StringComparison.Ordinal)));
        Assert.DoesNotContain(_server.Messages(RunningBot.Admin), message => message.Text.Contains("1-2-3-4-5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Login_AskedForByOthersOrInAGroup_IsNotLed()
    {
        _server.AddPerson(666, "Mallory");
        _server.AddGroup(-5, "desk");
        await using var bot = await StartAsync();
        _server.Write(666, 666, "/login");
        _server.Write(RunningBot.Trader, RunningBot.Trader, "/login");
        await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Trader && message.Text.Contains("needs the role admin"), RunningBot.Patience);
        _server.Write(-5, RunningBot.Admin, "/login");
        await _server.WaitForMessageAsync(message => message.ChatId == -5 && message.Text.Contains("only led in your private chat"), RunningBot.Patience);
        Assert.DoesNotContain(_server.Messages(666), message => message.UserId is null);
        Assert.DoesNotContain(_gateway.Calls, call => call.StartsWith("channels.login", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Login_CutByARestart_DeletesWhatWasMeantForIt_AndOtherCommandsWorkMeanwhile()
    {
        await using (await StartAsync())
        {
            await AskAsync("/login", "Send the phone number");
            await AskAsync("/version", "on .NET");
        }

        _gateway = new FakeGateway();
        _gateway.Answer("channels.start", """{"state":"loginNeeded","reason":"There is no session yet."}""");
        await using var bot = await StartAsync();
        await AskAsync(Phone, "The login has expired");
        Assert.DoesNotContain(_server.Messages(RunningBot.Admin), message => message.Text.Contains(Phone, StringComparison.Ordinal));
        Assert.DoesNotContain(_gateway.Calls, call => call.StartsWith("channels.login", StringComparison.Ordinal));
        await AskAsync("/login", "Send the phone number");
        await AskAsync("/cancel", "The login is cancelled");
        Assert.Contains("PAPER · ", (await AskAsync("good morning", "PAPER · ")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_TelegramOutOfReach_SaysSoAndEnds()
    {
        _gateway.Answer("channels.login.phone", null);
        await using var bot = await StartAsync();
        await AskAsync("/login", "Send the phone number");
        await AskAsync(Phone, "/login begins anew");
    }

    private void Tap(BotApiMessage keypad, params string[] keys)
    {
        foreach (var key in keys)
            _server.Press(keypad, RunningBot.Admin, key);
    }

    private async Task<RunningBot> StartAsync()
    {
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording) with
        {
            Account = new ChannelAccountSettings { ApiId = 12345, ApiHash = "0123456789abcdef0123456789abcdef", KeyFile = Path.Combine(_folder, "secret.key") },
        };
        var bot = await RunningBot.StartAsync(settings, Path.Combine(_folder, "data"), new GatewayProcess(_gateway, RunAsync));
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var account = bot.Services.GetRequiredService<ChannelParts>().Account;
        account.StateChanged += _ => known.TrySetResult();
        if (account.State is AccountState.Waiting)
            await known.Task.WaitAsync(RunningBot.Patience);
        return bot;
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        await _gateway.StartAsync(cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<BotApiMessage> AskAsync(string text, string wanted)
    {
        var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, text);
        return _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.UserId is null && message.MessageId > asked.MessageId && message.Text.Contains(wanted, StringComparison.Ordinal), RunningBot.Patience);
    }

    private Task<BotApiMessage> WaitAsync(string wanted) =>
        _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.UserId is null && message.Text.Contains(wanted, StringComparison.Ordinal), RunningBot.Patience);
}
