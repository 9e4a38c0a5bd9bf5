using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>What the owner must hear about a channel: one of a closed set.</summary>
public abstract record ChannelAlarm
{
    private ChannelAlarm()
    {
    }

    public abstract ChannelId Channel { get; }

    public abstract string Title { get; }

    /// <summary>No post for longer than the channel's habit. Told once, until it posts again.</summary>
    public sealed record Silent(ChannelId Channel, string Title, TimeSpan Since, TimeSpan LongestUsual) : ChannelAlarm
    {
        public override ChannelId Channel { get; } = Channel;

        public override string Title { get; } = Title;
    }

    /// <summary>The channel cannot be listened to: left, banned, gone, or its name belongs to another channel now. Told once, until it works again.</summary>
    public sealed record Unreadable(ChannelId Channel, string Title, string Reason) : ChannelAlarm
    {
        public override ChannelId Channel { get; } = Channel;

        public override string Title { get; } = Title;
    }
}

/// <param name="Problem">Why it is not listened to at the moment; null when it is.</param>
/// <param name="LastPostAt">Unix milliseconds; null when none was seen.</param>
/// <param name="ConfirmedId">Up to this post the history was read without a hole.</param>
public sealed record ChannelStatus(ChannelId Channel, string Title, bool IsSubscribed, string? Problem, long? LastPostAt, long? ConfirmedId);

public sealed record ChannelListenerOptions
{
    /// <summary>How often each channel's history is looked at beside the push.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After a catch-up that failed.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>So many ids before the confirmed one are read again with each poll, for edits that no push brought.</summary>
    public int Overlap { get; init; } = 20;

    /// <summary>Each so manieth poll also looks whether recent posts are still there.</summary>
    public int PollsPerRecheck { get; init; } = 10;

    /// <summary>Posts that came so long before the latest one are looked at as well, and always the latest hundred.</summary>
    public TimeSpan RecheckWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>So many posts of a channel at most are looked at again, 100 with each question; at least 100.</summary>
    public int MostRechecked { get; init; } = 500;
}
