using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>What the gateway tells by itself: one of a closed set.</summary>
public abstract record ChannelNotice
{
    private ChannelNotice()
    {
    }

    public sealed record Post(ChannelPost Content) : ChannelNotice;

    /// <summary>Posts may be missing: the history has to be asked.</summary>
    /// <param name="Channel">Null: any channel.</param>
    public sealed record Gap(ChannelId? Channel, string Reason) : ChannelNotice;

    /// <summary>The account is logged in, and the gateway knows of no subscription: after each start and each login.</summary>
    public sealed record Ready : ChannelNotice;

    /// <summary>Telegram asked to wait.</summary>
    public sealed record FloodWait(string Method, TimeSpan Wait) : ChannelNotice;
}
