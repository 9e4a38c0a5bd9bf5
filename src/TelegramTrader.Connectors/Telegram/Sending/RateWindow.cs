namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>
/// Keeps a <see cref="RateLimit"/>. Telegram counts when a request arrives, which lies between our sending and its answer;
/// a request therefore counts from the moment it is sent until the period has gone by after its answer.
/// </summary>
internal sealed class RateWindow(RateLimit limit)
{
    private readonly Queue<TimeSpan> _answered = new();
    private int _underway;

    public bool IsAtRest(TimeSpan now)
    {
        Forget(now);
        return _underway == 0 && _answered.Count == 0;
    }

    /// <summary>When the next may be sent: now or later; null when that depends on one that is under way.</summary>
    public TimeSpan? NextSlot(TimeSpan now)
    {
        Forget(now);
        var tooMany = _underway + _answered.Count - limit.Messages + 1;
        if (tooMany <= 0)
            return now;
        return tooMany <= _answered.Count ? _answered.ElementAt(tooMany - 1) + limit.Period : null;
    }

    public void Begin() => _underway++;

    public void End(TimeSpan now)
    {
        _underway--;
        _answered.Enqueue(now);
    }

    private void Forget(TimeSpan now)
    {
        while (_answered.TryPeek(out var first) && first + limit.Period <= now)
            _answered.Dequeue();
    }
}
