using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels;

public sealed class TelegramAccountTests
{
    private const string ReadyAnswer = """{"state":"ready","account":{"id":42,"name":"Ada"}}""";

    private readonly FakeGateway _gateway = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLogger<TelegramAccount> _logger = new();

    [Fact]
    public async Task Start_WithAStoredSession_LogsInAndTellsThatItIsReady()
    {
        var account = Account(new FakeSessions("stored session"));
        var ready = 0;
        account.Ready += () => ready++;
        _gateway.Answer("channels.start", ReadyAnswer);
        _gateway.Answer("channels.start", ReadyAnswer);
        await _gateway.StartAsync();
        // After each start, not only the first.
        await _gateway.StartAsync();
        Assert.Equal((new AccountState.Ready(new LoggedInAccount(42, "Ada")), 2), (account.State, ready));
        Assert.Equal("""channels.start {"apiId":7,"apiHash":"hash of the application","session":"stored session"}""", _gateway.Calls.First());
    }

    [Fact]
    public async Task Start_WithoutSession_NeedsALogin()
    {
        var account = Account(new FakeSessions());
        _gateway.Answer("channels.start", """{"state":"loginNeeded","reason":"There is no session yet."}""");
        await _gateway.StartAsync();
        Assert.Equal(new AccountState.LoginNeeded("There is no session yet."), account.State);
        Assert.Contains("\"session\":null", _gateway.Calls.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TelegramOutOfReach_IsTriedAgain()
    {
        var account = Account(new FakeSessions("stored session"));
        _gateway.Answer("channels.start", null);
        _gateway.Answer("channels.start", new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asks to wait 30 s.", TimeSpan.FromSeconds(30)));
        _gateway.Answer("channels.start", ReadyAnswer);
        var starting = _gateway.StartAsync();
        Assert.IsType<AccountState.Unreachable>(account.State);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(30));
        await starting.WaitAsync(ManualTimeProvider.Patience);
        Assert.IsType<AccountState.Ready>(account.State);
    }

    [Fact]
    public async Task Login_StepByStep_StoresTheSessionBeforeItIsDone()
    {
        var sessions = new FakeSessions();
        var account = Account(sessions);
        var storedWhenReady = "";
        account.Ready += () => storedWhenReady = sessions.Stored;
        _gateway.Answer("channels.login.phone", """{"state":"codeSent","by":"sms","length":5}""");
        _gateway.Answer("channels.login.code", """{"state":"refused","reason":"The code is wrong.","next":"code"}""");
        _gateway.Answer("channels.login.code", """{"state":"passwordNeeded","hint":null}""");
        _gateway.Answer("channels.login.password", """{"state":"done","session":"SECRET-SESSION","account":{"id":42,"name":"Ada"}}""");

        Assert.Equal(new LoginStep.CodeSent("sms", 5), Value(await account.GivePhoneAsync("+49170", CancellationToken.None)));
        Assert.Equal(new LoginStep.Refused("The code is wrong.", NextLoginStep.Code, null), Value(await account.GiveCodeAsync("1", CancellationToken.None)));
        Assert.Equal(new LoginStep.PasswordNeeded(null), Value(await account.GiveCodeAsync("2", CancellationToken.None)));
        Assert.Equal(new LoginStep.Done(new LoggedInAccount(42, "Ada")), Value(await account.GivePasswordAsync("pw", CancellationToken.None)));

        Assert.Equal(("SECRET-SESSION", "SECRET-SESSION"), (sessions.Stored, storedWhenReady));
        Assert.DoesNotContain(_logger.Entries, entry => entry.Text.Contains("SECRET", StringComparison.Ordinal));
        Assert.DoesNotContain("hash", new TelegramApplication(7, "hash of the application").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogOut_ByTelegram_NeedsALogin()
    {
        var account = Account(new FakeSessions("stored session"));
        _gateway.Answer("channels.start", ReadyAnswer);
        await _gateway.StartAsync();
        _gateway.Notify("channels.loggedOut", """{"reason":"SESSION_REVOKED"}""");
        Assert.IsType<AccountState.LoginNeeded>(account.State);
    }

    [Fact]
    public async Task Gateway_CallsAndNotices_AreReadAsTheyAreSent()
    {
        var account = Account(new FakeSessions("stored session"));
        var channels = new ChannelGateway(_gateway, account, NullLogger<ChannelGateway>.Instance);
        var notices = new List<ChannelNotice>();
        channels.Noticed += notices.Add;
        _gateway.Answer("channels.start", ReadyAnswer);
        _gateway.Answer("channels.subscribe", """{"channel":"-1001","title":"Signals","username":null,"kind":"channel","isMember":true}""");
        _gateway.Answer("channels.history", """{"posts":[{"change":"edited","channel":"-1001","messageId":12,"postedAt":1000,"editedAt":2000,"text":"a","replyTo":null,"hasMedia":false}],"lastId":13,"isComplete":false}""");
        _gateway.Answer("channels.messages", """{"posts":[{"change":"deleted","channel":"-1001","messageId":12,"postedAt":null,"editedAt":null,"text":"","replyTo":null,"hasMedia":false}]}""");
        _gateway.Answer("channels.unsubscribe", """{"wasSubscribed":true}""");
        var id = new Core.Signals.ChannelId("-1001");
        await _gateway.StartAsync();

        Assert.Equal(new ChannelInfo("-1001", "Signals", null, "channel", true), Value(await channels.SubscribeAsync("@signals", id, CancellationToken.None)));
        var page = Value(await channels.HistoryAsync(id, 11, 100, CancellationToken.None));
        Assert.Equal((13L, false), (page.LastId, page.IsComplete));
        Assert.Equal(new ChannelPost(Core.Signals.MessageChange.Edited, "-1001", 12, 1000, 2000, "a", null, false), Assert.Single(page.Posts));
        Assert.Equal(Core.Signals.MessageChange.Deleted, Assert.Single(Value(await channels.MessagesAsync(id, [12], CancellationToken.None))).Change);
        Assert.True(Value(await channels.UnsubscribeAsync(id, CancellationToken.None)));
        Assert.Equal(
            [
                """channels.subscribe {"reference":"@signals","channel":"-1001"}""", """channels.history {"channel":"-1001","afterId":11,"limit":100}""",
                """channels.messages {"channel":"-1001","ids":[12]}""", """channels.unsubscribe {"channel":"-1001"}""",
            ],
            _gateway.Calls.Skip(1));

        _gateway.Notify("channels.message", """{"change":"posted","channel":"-1001","messageId":14,"postedAt":1000,"editedAt":null,"text":"b","replyTo":12,"hasMedia":true}""");
        _gateway.Notify("channels.message", """{"change":"posted"}""");
        _gateway.Notify("channels.gap", """{"channel":"-1001","reason":"tooLong"}""");
        _gateway.Notify("channels.gap", """{"channel":null,"reason":"reconnected"}""");
        _gateway.Notify("channels.floodWait", """{"method":"messages.getHistory","seconds":17}""");
        _gateway.Notify(GatewayNotification.NotificationsLost, "null");
        _gateway.Notify("channels.connection", """{"state":"offline"}""");
        Assert.Equal(
            [
                new ChannelNotice.Ready(),
                new ChannelNotice.Post(new ChannelPost(Core.Signals.MessageChange.Posted, "-1001", 14, 1000, null, "b", 12, true)),
                new ChannelNotice.Gap(null, "unreadable"), new ChannelNotice.Gap(id, "tooLong"), new ChannelNotice.Gap(null, "reconnected"),
                new ChannelNotice.FloodWait("messages.getHistory", TimeSpan.FromSeconds(17)), new ChannelNotice.Gap(null, "notificationsLost"),
            ],
            notices);
    }

    private TelegramAccount Account(FakeSessions sessions) => new(_gateway, new TelegramApplication(7, "hash of the application"), sessions, _time, _logger);

    private static T Value<T>(GatewayAnswer<T> answer) => Assert.IsType<GatewayAnswer<T>.Ok>(answer).Value;
}
