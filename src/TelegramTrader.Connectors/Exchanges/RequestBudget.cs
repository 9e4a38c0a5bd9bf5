namespace TelegramTrader.Connectors.Exchanges;

/// <summary>What goes first when the budget is short.</summary>
public enum RequestPriority
{
    /// <summary>Closes, stops, withdrawals: what protects money.</summary>
    Protection,

    /// <summary>What looks for a position that may stand there without a stop. No pause holds it up, and it leaves as much to protection as entries do.</summary>
    Watch,

    /// <summary>Orders that open a position.</summary>
    Entry,

    /// <summary>Everything that only looks.</summary>
    Read,
}

/// <param name="Capacity">What may be spent at once, in requests of cost 1.</param>
/// <param name="PerSecond">What comes back each second.</param>
public sealed record RequestBudgetOptions(double Capacity = 100, double PerSecond = 10)
{
    /// <summary>The share of the capacity that reads must leave for what is more urgent.</summary>
    public double KeptFromReads { get; init; } = 0.4;

    /// <summary>The share that entries must leave for protection.</summary>
    public double KeptFromEntries { get; init; } = 0.15;

    /// <summary>How many reads may be under way at once. What protects is not counted and never waits for them.</summary>
    public int ReadsAtOnce { get; init; } = 4;
}

/// <summary>
/// The requests that one exchange allows, shared by all that talk to it: what protects goes before what looks for an unprotected position, that before entries, entries before reads, and in the order of their coming
/// within each. Reads and entries leave a part unspent, so that a stop finds the budget open also when everything else has used up its share.
/// </summary>
public sealed class RequestBudget : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RequestBudgetOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<Waiting>[] _queues = [new(), new(), new(), new()];
    private readonly ITimer _timer;
    private double _tokens;
    private long _refilledAt;
    private long _pausedAt;
    private TimeSpan _pause;
    private int _readsUnderWay;

    public RequestBudget(RequestBudgetOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _tokens = options.Capacity;
        _refilledAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Pump(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests that wait, of all priorities.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
                return _queues.Sum(queue => queue.Count(waiting => !waiting.Ready.Task.IsCompleted));
        }
    }

    /// <summary>Runs a request when its turn has come.</summary>
    /// <param name="cost">Above zero; one that is larger than the capacity counts as the whole capacity.</param>
    /// <exception cref="OperationCanceledException">Cancelled before its turn; nothing was sent.</exception>
    public async Task<T> SpendAsync<T>(RequestPriority priority, double cost, Func<Task<T>> request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cost);
        var waiting = new Waiting(priority, Math.Min(cost, _options.Capacity * (1 - _options.KeptFromReads)));
        lock (_lock)
            _queues[(int)priority].Enqueue(waiting);
        Pump();
        await using (cancellationToken.Register(() => waiting.Ready.TrySetCanceled(cancellationToken)))
            await waiting.Ready.Task;
        try
        {
            return await request();
        }
        finally
        {
            if (priority == RequestPriority.Read)
                lock (_lock)
                    _readsUnderWay--;
            Pump();
        }
    }

    /// <summary>The exchange asked for a pause: reads and entries wait for so long, and what protects keeps its part of the budget only.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_lock)
        {
            if (length > LeftOfPause())
                (_pausedAt, _pause) = (_time.GetTimestamp(), length);
            Refill();
            _tokens = Math.Min(_tokens, _options.Capacity * _options.KeptFromEntries);
        }

        Pump();
    }

    public void Dispose() => _timer.Dispose();

    private void Pump()
    {
        var ready = new List<Waiting>();
        lock (_lock)
        {
            Refill();
            foreach (var queue in _queues)
            {
                while (queue.TryPeek(out var next) && (next.Ready.Task.IsCompleted || MayGo(next)))
                {
                    queue.Dequeue();
                    if (next.Ready.Task.IsCompleted)
                        continue;
                    _tokens -= next.Cost;
                    if (next.Priority == RequestPriority.Read)
                        _readsUnderWay++;
                    ready.Add(next);
                }

                // What is less urgent does not overtake.
                if (queue.TryPeek(out var first))
                {
                    Wake(first);
                    break;
                }
            }
        }

        foreach (var waiting in ready)
            // Cancelled in this very moment: what it took comes back by itself with time; only its place among the reads is given back.
            if (!waiting.Ready.TrySetResult() && waiting.Priority == RequestPriority.Read)
                lock (_lock)
                    _readsUnderWay--;
    }

    private bool MayGo(Waiting waiting) => waiting.Priority switch
    {
        RequestPriority.Protection => _tokens >= waiting.Cost,
        RequestPriority.Watch => _tokens - waiting.Cost >= Kept(waiting.Priority),
        RequestPriority.Entry => LeftOfPause() == TimeSpan.Zero && _tokens - waiting.Cost >= Kept(waiting.Priority),
        _ => LeftOfPause() == TimeSpan.Zero && _readsUnderWay < _options.ReadsAtOnce && _tokens - waiting.Cost >= Kept(waiting.Priority),
    };

    private double Kept(RequestPriority priority) => _options.Capacity * priority switch
    {
        RequestPriority.Protection => 0,
        RequestPriority.Watch or RequestPriority.Entry => _options.KeptFromEntries,
        _ => _options.KeptFromReads,
    };

    private void Wake(Waiting first)
    {
        var missing = first.Cost + Kept(first.Priority) - _tokens;
        var wait = TimeSpan.FromSeconds(Math.Max(0, missing) / _options.PerSecond);
        if (first.Priority is RequestPriority.Entry or RequestPriority.Read && LeftOfPause() is var pause && pause > wait)
            wait = pause;
        // Only a read that ends can help the one that waits for its place.
        if (wait > TimeSpan.Zero)
            _timer.Change(wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void Refill()
    {
        var passed = _time.GetElapsedTime(_refilledAt);
        if (passed <= TimeSpan.Zero)
            return;
        _refilledAt = _time.GetTimestamp();
        _tokens = Math.Min(_options.Capacity, _tokens + passed.TotalSeconds * _options.PerSecond);
    }

    private TimeSpan LeftOfPause()
    {
        var left = _pause - _time.GetElapsedTime(_pausedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private sealed record Waiting(RequestPriority Priority, double Cost)
    {
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
