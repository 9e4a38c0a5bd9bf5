using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>How Binance writes things.</summary>
public static class BinanceText
{
    /// <summary>BTCUSDT.</summary>
    public static string Id(Symbol symbol) => symbol.Base + symbol.Quote;

    /// <summary>With eight decimals, as all amounts are.</summary>
    public static string Of(decimal number) => number.ToString("0.00000000", CultureInfo.InvariantCulture);

    public static string Of(Price? price) => Of(price?.Value ?? 0m);

    public static string Of(Quantity quantity) => Of(quantity.Value);

    public static string Of(OrderSide side) => side == OrderSide.Buy ? "BUY" : "SELL";

    public static string Of(VenueOrderStatus status) => status switch
    {
        VenueOrderStatus.Waiting or VenueOrderStatus.New => "NEW",
        VenueOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        VenueOrderStatus.Triggered or VenueOrderStatus.Filled => "FILLED",
        VenueOrderStatus.Cancelled => "CANCELED",
        VenueOrderStatus.Expired => "EXPIRED",
        VenueOrderStatus.Rejected => "REJECTED",
        _ => throw new InvalidOperationException($"{status} is not in the set of states."),
    };

    public static string Of(VenueTimeInForce time) => time switch
    {
        VenueTimeInForce.GoodTillCancelled => "GTC",
        VenueTimeInForce.ImmediateOrCancel => "IOC",
        VenueTimeInForce.FillOrKill => "FOK",
        VenueTimeInForce.PostOnly => "GTX",
        _ => throw new InvalidOperationException($"{time} is not in the set."),
    };

    public static VenueTimeInForce TimeInForce(string? text) => text switch
    {
        null or "GTC" or "GTE_GTC" => VenueTimeInForce.GoodTillCancelled,
        "IOC" => VenueTimeInForce.ImmediateOrCancel,
        "FOK" => VenueTimeInForce.FillOrKill,
        "GTX" => VenueTimeInForce.PostOnly,
        _ => throw new BinanceRefusal(-1115, "Invalid timeInForce."),
    };

    /// <summary>Decimals of a step such as 0.001.</summary>
    public static int Decimals(decimal step)
    {
        var decimals = 0;
        for (; step != Math.Truncate(step); step *= 10m)
            decimals++;
        return decimals;
    }
}
