namespace TelegramTrader.Tests.Support;

/// <summary>
/// A clock that stands still until it is advanced. Timers fire inside <see cref="Advance"/>, each at its own moment and in order,
/// on the caller's thread; a timer due at once fires on the thread pool, as real ones do.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>How long, in real time, a test waits for something that must happen before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> IsWanted, TaskCompletionSource Seen)> _watchers = [];
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Since this clock was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
                return _elapsed;
        }
    }

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing what becomes due on the way, also what the fired timers set anew.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = Elapsed + by;
        while (TakeDue(end) is { } timer)
            timer.Fire();
    }

    /// <summary>Completes once a timer is set that is due in exactly <paramref name="dueIn"/> from now; fails after <see cref="Patience"/>.</summary>
    public Task WaitForTimerAsync(TimeSpan dueIn) => WaitForTimerAsync(due => due == dueIn, $"due in {dueIn}");

    private async Task WaitForTimerAsync(Func<TimeSpan, bool> isWanted, string what)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_timers.Exists(timer => isWanted(timer.Due!.Value - _elapsed)))
                return;
            _watchers.Add((isWanted, seen));
        }
        try
        {
            await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No timer {what} was set; there are: {Pending()}.");
        }
    }

    private string Pending()
    {
        lock (_gate)
            return string.Join(", ", _timers.Select(timer => timer.Due!.Value - _elapsed));
    }

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
            {
                _elapsed = end;
                return null;
            }
            if (next.Due > _elapsed)
                _elapsed = next.Due!.Value;
            next.Due = next.Period is { } period ? _elapsed + period : null;
            if (next.Due is null)
                _timers.Remove(next);
            return next;
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period : null;
            timer.Due = dueTime < TimeSpan.Zero ? null : _elapsed + dueTime;
            if (dueTime == TimeSpan.Zero)
            {
                timer.Due = timer.Period is { } each ? _elapsed + each : null;
                ThreadPool.QueueUserWorkItem(_ => timer.Fire());
            }
            if (timer.Due is null)
                return;
            _timers.Add(timer);
            foreach (var watcher in _watchers.FindAll(watcher => watcher.IsWanted(timer.Due.Value - _elapsed)))
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult();
            }
        }
    }

    private void Forget(ManualTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _isDisposed;

        /// <summary>On the owner's clock; null while not set.</summary>
        public TimeSpan? Due { get; set; }

        public TimeSpan? Period { get; set; }

        public void Fire()
        {
            if (!_isDisposed)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
                return false;
            owner.Set(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            owner.Forget(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
