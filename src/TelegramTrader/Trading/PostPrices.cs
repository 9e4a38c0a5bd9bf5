using System.Collections.Concurrent;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Trading;

/// <summary>The latest quote of each symbol, for whoever stands beside the engine. Safe to use from any thread.</summary>
public sealed class LatestQuotes
{
    private readonly ConcurrentDictionary<Symbol, Quote> _quotes = [];

    public void See(Quote quote) => _quotes[quote.Symbol] = quote;

    public Quote? Of(Symbol symbol) => _quotes.TryGetValue(symbol, out var quote) ? quote : null;
}

/// <summary>
/// What the market says about a post when it comes, for the ledger. A symbol counts as known once it was quoted; the price is halfway between bid and ask, of one
/// contract as the exchange trades it.
/// </summary>
public sealed class PostPrices(LatestQuotes quotes, ISignalParser parser, IReadOnlyDictionary<string, string> quoteAliases) : IPostPrices
{
    public ObservedPrice? Of(ChannelMessage post)
    {
        var (pair, market) = Subject(parser.Parse(post, ParseContext.TextOnly));
        return pair is not null && VenueSymbols.Find(pair, market, null, quoteAliases, symbol => quotes.Of(symbol) is not null, _ => null).Found is { } found
            ? Of(found.Symbol)
            : null;
    }

    public ObservedPrice Of(Symbol symbol) => quotes.Of(symbol) is { } quote ? new ObservedPrice(symbol, quote.Mid, quote.Time) : new ObservedPrice(symbol, null, null);

    /// <summary>What a post is about, where it says.</summary>
    public static (PairName? Pair, MarketKind Market) Subject(ParseResult result) => result switch
    {
        ParseResult.Signal { Ideas: [var idea, ..] } => (idea.Pair, idea.Market),
        ParseResult.Update { Content.Pair: { } pair } => (pair, MarketKind.Unknown),
        ParseResult.Doubtful { Draft.Pair: { } pair } => (pair, MarketKind.Unknown),
        ParseResult.Doubtful { Content.Pair: { } pair } => (pair, MarketKind.Unknown),
        ParseResult.Malformed { Draft.Pair: { } pair } => (pair, MarketKind.Unknown),
        _ => (null, MarketKind.Unknown),
    };
}
