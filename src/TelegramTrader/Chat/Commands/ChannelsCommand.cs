using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ChannelsCommand(TradingDesk desk, Formats formats, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "channels";

    public override string Help => "the channels that are followed, and how they are heard";

    public override CommandGroup Group => CommandGroup.See;

    public override Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (services.GetService<ChannelListener>() is not { } listener)
            return Task.FromResult(ChannelAnswers.NotSetUp);
        var text = new AnswerBuilder();
        var parts = services.GetRequiredService<ChannelParts>();
        text.Line(parts.Account.State switch
        {
            AccountState.Ready ready => $"✓ reading as {ready.Account.Name}",
            AccountState.LoginNeeded login => $"✗ {login.Reason} End the bot and run: channels login",
            AccountState.Unreachable unreachable => $"✗ {unreachable.Reason}",
            _ => parts.Gateway.Health.ToString(),
        });
        foreach (var channel in listener.Channels)
        {
            text.Bold(channel.Title).Plain($" · {channel.Channel}").EndRow();
            text.Line(channel.Problem is { } problem ? $"  ✗ {problem}" : channel.LastPostAt is { } last ? $"  last post {Formats.ShortTime(new Instant(last))}" : "  no post seen yet");
        }

        if (listener.Channels.Count == 0)
            text.Line("No channel is followed. /follow @name begins.");
        return Task.FromResult(text.Build());
    }
}

/// <summary>What the commands about channels say alike.</summary>
internal static class ChannelAnswers
{
    public static ChatAnswer NotSetUp { get; } = ChatAnswer.Of(
        "Channels are not set up.", "Get api_id and api_hash at my.telegram.org, set Channels:ApiId and Channels:ApiHash, and run once: channels login");
}
