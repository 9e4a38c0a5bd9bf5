using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>One kind of market of the account: what Bybit calls a category.</summary>
internal sealed class BybitBook(string category, TradingVenue venue)
{
    public string Category => category;

    public TradingVenue Venue => venue;

    public bool IsSpot => venue.Settings.IsSpot;

    /// <summary>What Bybit says no with here; the same thing has another code on spot.</summary>
    public BybitRefusal Refusal(VenueRefusal refusal) => IsSpot ? BybitRefusal.OfSpot(refusal.Error) : BybitRefusal.OfLinear(refusal.Error);

    public VenueMarket Market(BybitRequest request) =>
        venue.Markets.FirstOrDefault(market => BybitText.Id(market.Instrument.Symbol) == request.Required("symbol"))
        ?? throw (IsSpot ? new BybitRefusal(170121, "Invalid symbol.") : BybitRefusal.Parameters("symbol invalid"));

    public IEnumerable<VenueMarket> Markets(BybitRequest request) => request.Text("symbol") is null ? venue.Markets : [Market(request)];

    public HashSet<Symbol> Symbols(BybitRequest request) => [.. Markets(request).Select(market => market.Instrument.Symbol)];
}
