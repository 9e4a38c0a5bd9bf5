namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>At most <paramref name="Messages"/> in any stretch of <paramref name="Period"/>.</summary>
public sealed record RateLimit(int Messages, TimeSpan Period);

/// <summary>How fast we send, and how long we wait and keep. The defaults follow Telegram's FAQ for bots.</summary>
public sealed record SendingLimits
{
    /// <summary>In each chat: one a second on average, a few at once.</summary>
    public RateLimit PerChat { get; init; } = new(3, TimeSpan.FromSeconds(3));

    /// <summary>In each group, on top of <see cref="PerChat"/>. Groups have negative ids.</summary>
    public RateLimit PerGroup { get; init; } = new(20, TimeSpan.FromSeconds(60));

    /// <summary>Over all chats.</summary>
    public RateLimit Overall { get; init; } = new(30, TimeSpan.FromSeconds(1));

    /// <summary>The longest that "too many requests" is obeyed before trying again.</summary>
    public TimeSpan LongestObedience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When so many chats are told to wait at the same time, it is the bot that is too fast, and all chats wait.</summary>
    public int FloodedChatsForAll { get; init; } = 3;

    public Backoff Backoff { get; init; } = Backoff.Standard;

    /// <summary>
    /// A message that Telegram has been answering with server errors for so long lets the others of its chat pass, and is
    /// tried further behind them. Without an answer at all (no network) nothing passes.
    /// </summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>With so many messages waiting, further notices and cards are refused; alarms and answers never are.</summary>
    public int MaximumWaiting { get; init; } = 1000;

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting and its value.</summary>
    internal void Check()
    {
        foreach (var (name, limit) in new[] { (nameof(PerChat), PerChat), (nameof(PerGroup), PerGroup), (nameof(Overall), Overall) })
            if (limit.Messages < 1 || limit.Period <= TimeSpan.Zero)
                throw new ArgumentException($"{name} must allow at least 1 message in a time above zero, not {limit.Messages} in {limit.Period}.");
        if (LongestObedience <= TimeSpan.Zero)
            throw new ArgumentException($"{nameof(LongestObedience)} must be above zero, not {LongestObedience}.");
        if (FloodedChatsForAll < 1)
            throw new ArgumentException($"{nameof(FloodedChatsForAll)} must be at least 1, not {FloodedChatsForAll}.");
        if (MaximumWaiting < 1)
            throw new ArgumentException($"{nameof(MaximumWaiting)} must be at least 1, not {MaximumWaiting}.");
        if (Backoff.First <= TimeSpan.Zero || Backoff.Longest < Backoff.First)
            throw new ArgumentException($"{nameof(Backoff)} must begin above zero and not end before it begins, not {Backoff}.");
    }
}
