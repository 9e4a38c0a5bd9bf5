using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Engine;

/// <summary>The market as the parser may see it: which pairs are listed, and about where they trade, in the scale of the posts.</summary>
internal sealed class EngineMarketView(EngineState state, EngineSettings settings) : IMarketView
{
    public bool? IsListed(PairName pair) => state.Markets.Values.Any(market => market.Instrument is not null) ? Find(pair) is not null : null;

    public Price? LastPrice(PairName pair) =>
        Find(pair) is { } venue && state.Market(venue.Symbol).Quote is { } quote ? new Price(quote.Mid.Value / venue.PriceMultiplier) : null;

    private VenueSymbol? Find(PairName pair) => VenueSymbols.Find(
        pair, MarketKind.Unknown, null, settings.QuoteAliases,
        symbol => state.Markets.TryGetValue(symbol, out var market) && market.Instrument is not null,
        _ => null).Found;
}
