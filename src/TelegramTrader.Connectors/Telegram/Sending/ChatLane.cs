namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>The messages that wait for one chat, of which one is under way at a time. Guarded by the sender's lock.</summary>
internal sealed class ChatLane
{
    private readonly SendingLimits _limits;
    private readonly RateWindow[] _windows;
    private readonly List<PendingMessage> _waiting = [];

    public ChatLane(long chatId, SendingLimits limits)
    {
        _limits = limits;
        _windows = chatId < 0 ? [new RateWindow(limits.PerChat), new RateWindow(limits.PerGroup)] : [new RateWindow(limits.PerChat)];
    }

    /// <summary>Telegram told this chat to wait until then, on the sender's clock.</summary>
    public TimeSpan FloodedUntil { get; set; }

    public bool IsUnderway { get; private set; }

    public IReadOnlyList<PendingMessage> Waiting => _waiting;

    public void Add(PendingMessage pending) => _waiting.Add(pending);

    public bool Remove(PendingMessage pending) => _waiting.Remove(pending);

    /// <summary>The one whose turn it is, due or not: stuck ones last, then by priority, then in order; null when none waits.</summary>
    public PendingMessage? Next(TimeSpan now) =>
        _waiting.MinBy(pending => (pending.IsStuck(now, _limits.StuckAfter), pending.Message.Priority, pending.Sequence));

    /// <summary>When <paramref name="pending"/> may go as far as this chat is concerned.</summary>
    public TimeSpan ReadyAt(PendingMessage pending, TimeSpan now)
    {
        var ready = pending.NotBefore > FloodedUntil ? pending.NotBefore : FloodedUntil;
        foreach (var window in _windows)
            // One at a time is under way, so that a lane that is free always knows its next slot.
            if (window.NextSlot(now) is { } slot && slot > ready)
                ready = slot;
        return ready;
    }

    /// <summary>Whether nothing is lost by forgetting the lane.</summary>
    public bool IsAtRest(TimeSpan now) =>
        !IsUnderway && _waiting.Count == 0 && FloodedUntil <= now && Array.TrueForAll(_windows, window => window.IsAtRest(now));

    public void Begin()
    {
        IsUnderway = true;
        foreach (var window in _windows)
            window.Begin();
    }

    public void End(TimeSpan now)
    {
        IsUnderway = false;
        foreach (var window in _windows)
            window.End(now);
    }
}
