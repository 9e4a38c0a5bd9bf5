using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>The channels over the gateway process.</summary>
public sealed class ChannelGateway : IChannelGateway
{
    // Longer than the gateway itself sits out a wait that Telegram asks for (10 s).
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(25);

    private readonly IGateway _gateway;
    private readonly ILogger<ChannelGateway> _logger;

    public ChannelGateway(IGateway gateway, TelegramAccount account, ILogger<ChannelGateway> logger)
    {
        _gateway = gateway;
        _logger = logger;
        gateway.Notified += OnNotified;
        account.Ready += () => Noticed?.Invoke(new ChannelNotice.Ready());
    }

    public event Action<ChannelNotice>? Noticed;

    public Task<GatewayAnswer<ChannelInfo>> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        _gateway.CallAsync<ChannelInfo>("channels.resolve", new { reference }, Timeout, cancellationToken);

    public Task<GatewayAnswer<ChannelInfo>> SubscribeAsync(string reference, ChannelId? expected, CancellationToken cancellationToken) =>
        _gateway.CallAsync<ChannelInfo>("channels.subscribe", new { reference, channel = expected?.Value }, Timeout, cancellationToken);

    public async Task<GatewayAnswer<bool>> UnsubscribeAsync(ChannelId channel, CancellationToken cancellationToken) =>
        (await _gateway.CallAsync<Unsubscribed>("channels.unsubscribe", new { channel = channel.Value }, Timeout, cancellationToken)).Select(answer => answer.WasSubscribed);

    public Task<GatewayAnswer<HistoryPage>> HistoryAsync(ChannelId channel, long? afterId, int limit, CancellationToken cancellationToken) =>
        _gateway.CallAsync<HistoryPage>("channels.history", new { channel = channel.Value, afterId, limit }, Timeout, cancellationToken);

    public async Task<GatewayAnswer<IReadOnlyList<ChannelPost>>> MessagesAsync(ChannelId channel, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        (await _gateway.CallAsync<PostList>("channels.messages", new { channel = channel.Value, ids }, Timeout, cancellationToken)).Select(answer => answer.Posts);

    private void OnNotified(GatewayNotification notification)
    {
        if (Read(notification) is { } notice)
            Noticed?.Invoke(notice);
    }

    private ChannelNotice? Read(GatewayNotification notification)
    {
        switch (notification.Method)
        {
            case "channels.message":
                if (GatewayJson.Read<ChannelPost>(notification.Method, notification.Parameters) is GatewayAnswer<ChannelPost>.Ok { Value: var post })
                    return new ChannelNotice.Post(post);
                // It may have been a post: the history has it in full.
                _logger.LogWarning("A post from the gateway could not be read; the history is asked instead.");
                return new ChannelNotice.Gap(null, "unreadable");
            case "channels.gap":
                return new ChannelNotice.Gap(Text(notification, "channel") is { } channel ? new ChannelId(channel) : null, Text(notification, "reason") ?? "gap");
            case GatewayNotification.NotificationsLost:
                return new ChannelNotice.Gap(null, "notificationsLost");
            case "channels.floodWait":
                var seconds = notification.Parameters.TryGetProperty("seconds", out var number) && number.TryGetInt32(out var whole) ? whole : 0;
                _logger.LogWarning("Telegram asks to wait {Seconds} s before the next {Method}.", seconds, Text(notification, "method"));
                return new ChannelNotice.FloodWait(Text(notification, "method") ?? "", TimeSpan.FromSeconds(seconds));
            default:
                return null;
        }
    }

    private static string? Text(GatewayNotification notification, string name) =>
        notification.Parameters.ValueKind == JsonValueKind.Object && notification.Parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private sealed record Unsubscribed(bool WasSubscribed);

    private sealed record PostList(IReadOnlyList<ChannelPost> Posts);
}
