namespace TelegramTrader.Connectors.Candles;

/// <summary>Spans of Unix milliseconds, each from its start up to but without its end; sorted, never touching. Immutable.</summary>
public sealed class TimeSpans
{
    public static readonly TimeSpans None = new([]);

    private TimeSpans(IReadOnlyList<(long From, long To)> spans) => Spans = spans;

    public IReadOnlyList<(long From, long To)> Spans { get; }

    public TimeSpans With(long from, long to)
    {
        if (from >= to)
            return this;
        var apart = new List<(long From, long To)>();
        foreach (var span in Spans)
        {
            if (span.To < from || span.From > to)
                apart.Add(span);
            else
                (from, to) = (Math.Min(from, span.From), Math.Max(to, span.To));
        }

        apart.Add((from, to));
        return new TimeSpans([.. apart.OrderBy(span => span.From)]);
    }

    /// <summary>What of the span is in none of these.</summary>
    public IEnumerable<(long From, long To)> MissingIn(long from, long to)
    {
        foreach (var span in Spans)
        {
            if (span.From >= to)
                break;
            if (span.From > from)
                yield return (from, span.From);
            from = Math.Max(from, span.To);
        }

        if (from < to)
            yield return (from, to);
    }
}
