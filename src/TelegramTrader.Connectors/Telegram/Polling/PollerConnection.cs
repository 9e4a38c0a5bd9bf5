namespace TelegramTrader.Connectors.Telegram.Polling;

/// <summary>How the poller stands with Telegram. Reports each change once, and says how long to wait after trouble.</summary>
internal sealed class PollerConnection(TimeProvider time, Func<double> jitter, Action<PollerStatus> report)
{
    // Two instances push each other out in turns, and each gets a good answer in between.
    private static readonly TimeSpan QuietAfterConflict = TimeSpan.FromMinutes(2);

    private readonly long _start = time.GetTimestamp();
    private State _state = State.Unknown;
    private TimeSpan _since;
    private TimeSpan _lastConflict;
    private int _failures;
    private TimeSpan _lastRemoval = TimeSpan.MinValue / 2;
    private int _conflicts;
    private int _removals;

    private enum State
    {
        Unknown,
        Connected,
        Lost,
        Conflicting,
        TokenRefused,
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    public void Answered()
    {
        _failures = 0;
        if (_state == State.Conflicting && Now - _lastConflict < QuietAfterConflict)
            return;
        _conflicts = 0;
        var previous = _state;
        _state = State.Connected;
        if (previous != State.Connected)
            report(new PollerStatus.Connected(previous == State.Unknown ? null : Now - _since));
    }

    public TimeSpan Lost(string reason)
    {
        Enter(State.Lost, new PollerStatus.Lost(reason));
        return Backoff.Standard.After(++_failures, jitter());
    }

    public TimeSpan TokenRefused(string description)
    {
        Enter(State.TokenRefused, new PollerStatus.TokenRefused($"Telegram doesn't accept the bot token ({description}): ask BotFather for the present one and set it."));
        return Backoff.Standard.After(++_failures, jitter());
    }

    public TimeSpan Conflict()
    {
        Enter(
            State.Conflicting,
            new PollerStatus.ConflictingInstance("Another program reads this bot's messages with the same token: stop it, or give this one a bot of its own."));
        _lastConflict = Now;
        return Backoff.Standard.After(++_conflicts, jitter());
    }

    /// <summary>The first time at once; should something keep setting webhooks, ever slower.</summary>
    public TimeSpan WebhookRemoved()
    {
        report(new PollerStatus.WebhookRemoved());
        _removals = Now - _lastRemoval < QuietAfterConflict ? _removals + 1 : 1;
        _lastRemoval = Now;
        return _removals == 1 ? TimeSpan.Zero : Backoff.Standard.After(_removals - 1, jitter());
    }

    private void Enter(State state, PollerStatus status)
    {
        if (_state == state)
            return;
        if (_state is State.Unknown or State.Connected)
            _since = Now;
        _state = state;
        report(status);
    }
}
