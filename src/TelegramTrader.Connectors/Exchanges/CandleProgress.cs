using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Up to where the candles of one series have been told: each once, in order, and none before the exchange has said that it is closed or its own clock has passed its end.
/// What comes too early waits for what is missing. No input, no output, no clock; not safe for several threads.
/// </summary>
internal sealed class CandleProgress(CandleSeries series, Instant next)
{
    private readonly SortedDictionary<Instant, Candle> _waiting = [];
    private Instant? _missedAt;

    /// <summary>When the candle begins that is told next.</summary>
    public Instant Next { get; private set; } = next;

    public Instant NextCloses => Next + series.Timeframe.Length;

    /// <summary>The exchange has said that everything that ends before is closed.</summary>
    public Instant ClosedUntil { get; private set; } = next;

    /// <summary>A later candle is there than the next one.</summary>
    public bool HasGap => _waiting.Count > 0;

    /// <summary>What can be told once the exchange has pushed a candle as closed: nothing when it was told before, or when an earlier one is missing.</summary>
    public IReadOnlyList<Candle> Pushed(Candle candle)
    {
        if (!IsAhead(candle))
            return [];
        _waiting.TryAdd(candle.OpenTime, candle);
        ClosedUntil = Instant.Later(ClosedUntil, candle.CloseTime);
        return Ready();
    }

    /// <summary>
    /// What can be told once the exchange has answered with its candles from <see cref="Next"/> on. A candle that two answers lack which have later ones does not exist there:
    /// nothing was traded.
    /// </summary>
    /// <param name="answer">In any order; the open one may be among them.</param>
    /// <param name="closedBy">By the exchange's clock what ends before is closed.</param>
    public IReadOnlyList<Candle> Answered(IReadOnlyCollection<Candle> answer, Instant closedBy)
    {
        var closed = answer.Where(candle => IsAhead(candle) && candle.CloseTime <= Instant.Later(closedBy, ClosedUntil)).ToArray();
        foreach (var candle in closed)
            _waiting.TryAdd(candle.OpenTime, candle);
        var ready = Ready();
        if (closed.Length == 0 || closed.Max(candle => candle.OpenTime) < Next)
            return ready;
        if (_missedAt != Next)
        {
            _missedAt = Next;
            return ready;
        }

        var last = closed.Max(candle => candle.OpenTime);
        var told = ready.ToList();
        while (Next <= last)
        {
            Next = _waiting.Keys.First();
            told.AddRange(Ready());
        }

        return told;
    }

    /// <summary>Leaves out what ended before.</summary>
    public void StartAt(Instant next)
    {
        Next = Instant.Later(Next, next);
        foreach (var passed in _waiting.Keys.Where(open => open < Next).ToArray())
            _waiting.Remove(passed);
    }

    private bool IsAhead(Candle candle) => candle.Timeframe == series.Timeframe && candle.OpenTime >= Next && series.OpenAt(candle.OpenTime) == candle.OpenTime;

    private List<Candle> Ready()
    {
        var ready = new List<Candle>();
        while (_waiting.Remove(Next, out var candle))
        {
            ready.Add(candle);
            Next = candle.CloseTime;
        }

        return ready;
    }
}
