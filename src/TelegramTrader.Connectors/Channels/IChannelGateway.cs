using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>Telegram's channels, as the user's own account sees them.</summary>
public interface IChannelGateway
{
    /// <summary>Telegram gives at most so many messages at once.</summary>
    const int LargestPage = 100;

    /// <summary>Raised in order, one at a time. Handlers must be quick.</summary>
    event Action<ChannelNotice>? Noticed;

    /// <param name="reference">@name, number, t.me link or invite link.</param>
    Task<GatewayAnswer<ChannelInfo>> ResolveAsync(string reference, CancellationToken cancellationToken);

    /// <param name="expected">The channel that the reference must still name; null the first time.</param>
    Task<GatewayAnswer<ChannelInfo>> SubscribeAsync(string reference, ChannelId? expected, CancellationToken cancellationToken);

    /// <summary>True when it was subscribed.</summary>
    Task<GatewayAnswer<bool>> UnsubscribeAsync(ChannelId channel, CancellationToken cancellationToken);

    /// <param name="afterId">Posts with higher ids, oldest first; null: the latest posts.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    Task<GatewayAnswer<HistoryPage>> HistoryAsync(ChannelId channel, long? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>How these posts stand now; one that is gone comes back as a deletion.</summary>
    /// <param name="ids">1 to <see cref="LargestPage"/> of them.</param>
    Task<GatewayAnswer<IReadOnlyList<ChannelPost>>> MessagesAsync(ChannelId channel, IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
