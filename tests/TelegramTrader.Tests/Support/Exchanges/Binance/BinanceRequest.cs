using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>Parameters of one request, read as strictly as Binance reads them.</summary>
public sealed class BinanceRequest(ExchangeCall call)
{
    public ExchangeCall Call => call;

    public string? Text(string name) => call[name] is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw BinanceRefusal.Malformed(name);

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BinanceRefusal(-1100, $"Illegal characters found in parameter '{name}'; legal range is '^([0-9]{{1,20}})(\\.[0-9]{{1,20}})?$'.");

    public long? Whole(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BinanceRefusal(-1100, $"Illegal characters found in parameter '{name}'; legal range is '^[0-9]{{1,20}}$'.");

    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw BinanceRefusal.Malformed(name),
    };

    /// <summary>How many entries are wanted; Binance takes too large a number for the largest.</summary>
    public int Limit(int usual, int largest) => (int)Math.Min(Whole("limit") ?? usual, largest);

    public bool IsWithin(Instant at) =>
        !(Whole("startTime") is { } from && at.UnixMilliseconds < from) && !(Whole("endTime") is { } until && at.UnixMilliseconds > until);

    public VenueMarket Market(TradingVenue venue) => Find(venue, Required("symbol")) ?? throw BinanceRefusal.InvalidSymbol;

    /// <summary>Of the symbol that is named, or all.</summary>
    public IEnumerable<VenueMarket> Markets(TradingVenue venue) => Text("symbol") is null ? venue.Markets : [Market(venue)];

    public OrderSide Side() => Required("side") switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw new BinanceRefusal(-1117, "Invalid side."),
    };

    public static VenueMarket? Find(TradingVenue venue, string id) => venue.Markets.FirstOrDefault(market => BinanceText.Id(market.Instrument.Symbol) == id);
}
