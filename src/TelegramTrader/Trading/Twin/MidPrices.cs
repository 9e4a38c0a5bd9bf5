using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading.Twin;

/// <summary>The market of the last minutes, so that an execution that is heard of later is held against the price of its own moment.</summary>
public sealed class MidPrices
{
    /// <summary>A price this far from the moment that is asked about says nothing of it.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromSeconds(60);

    private const int MostKept = 4_000;

    private readonly Dictionary<Symbol, Queue<Quote>> _quotes = [];

    public void See(in Quote quote)
    {
        if (!_quotes.TryGetValue(quote.Symbol, out var quotes))
            _quotes.Add(quote.Symbol, quotes = new Queue<Quote>());
        quotes.Enqueue(quote);
        if (quotes.Count > MostKept)
            quotes.Dequeue();
    }

    /// <summary>The mid at a moment: of the last price before it, else of the first after it; null where none is near.</summary>
    public Price? At(Symbol symbol, Instant moment)
    {
        if (!_quotes.TryGetValue(symbol, out var quotes))
            return null;
        Quote? before = null, after = null;
        foreach (var quote in quotes)
        {
            if (quote.Time <= moment)
                before = quote;
            else
                after ??= quote;
        }

        if (before is { } last && moment - last.Time <= Near)
            return last.Mid;
        return after is { } first && first.Time - moment <= Near ? first.Mid : null;
    }
}
