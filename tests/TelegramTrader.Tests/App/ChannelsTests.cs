using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>The commands about channels over the real gateway, which reaches no network: an account that was never logged in needs none.</summary>
public sealed class ChannelsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-channels-").FullName;
    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact(packages: true)]
    public async Task Channels_NeverLoggedIn_SaysWhatToDo_AndFollowingIsRefusedWithItsReason()
    {
        var settings = RunningBot.Settings(_server, RunningBot.ShortRecording) with
        {
            Account = new ChannelAccountSettings { ApiId = 12345, ApiHash = "0123456789abcdef0123456789abcdef", KeyFile = Path.Combine(_folder, "secret.key") },
        };
        await using var bot = await RunningBot.StartAsync(settings);
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var account = bot.Services.GetRequiredService<ChannelParts>().Account;
        account.StateChanged += _ => known.TrySetResult();
        if (account.State is AccountState.Waiting)
            await known.Task.WaitAsync(RunningBot.Patience);

        Assert.Contains("run: channels login", await AskAsync("/channels"), StringComparison.Ordinal);
        Assert.Contains("Not followed: ", await AskAsync("/follow @somebody"), StringComparison.Ordinal);
        Assert.Contains("'nothing' is not followed", await AskAsync("/unfollow nothing"), StringComparison.Ordinal);
        Assert.Empty(bot.Log.Errors);
        Assert.DoesNotContain(bot.Log.Texts, text => text.Contains(settings.Account.ApiHash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Channels_NotSetUp_SaysHow()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        Assert.Contains("my.telegram.org", await AskAsync("/channels"), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string command)
    {
        var asked = _server.Write(RunningBot.Admin, RunningBot.Admin, command);
        return (await _server.WaitForMessageAsync(
            message => message.ChatId == RunningBot.Admin && message.UserId is null && message.MessageId > asked.MessageId && message.Text.StartsWith("PAPER · ", StringComparison.Ordinal), RunningBot.Patience)).Text;
    }
}
