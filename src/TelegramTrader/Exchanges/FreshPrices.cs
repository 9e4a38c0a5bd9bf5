using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Trading;

namespace TelegramTrader.Exchanges;

/// <summary>
/// Fetches the price of what a post is about before the engine decides on it: a symbol that nobody traded lately is not watched, and a signal without a price would be denied.
/// A price that does not come in time does not hold the post back.
/// </summary>
public sealed class FreshPrices(QuoteFeed feed, ListedMarkets markets, ISignalParser parser, IReadOnlyDictionary<string, string> quoteAliases, TimeProvider time, ILogger<FreshPrices> log) : IPostPreparation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task PrepareAsync(ChannelMessage post, CancellationToken cancellation)
    {
        var (pair, market) = PostPrices.Subject(parser.Parse(post, ParseContext.TextOnly));
        if (pair is null)
            return;
        // Every scale that is listed: which of them is meant is decided by their prices.
        var symbols = VenueSymbols.Candidates(pair, market, quoteAliases).Select(candidate => candidate.Symbol).Where(markets.Has).Distinct().ToArray();
        if (symbols.Length == 0)
            return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await feed.EnsureAsync(symbols, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("No price of {Symbols} came within {Seconds} s; the post {Message} is decided without", string.Join(", ", symbols.AsEnumerable()), Patience.TotalSeconds, post.MessageId);
        }
    }
}
