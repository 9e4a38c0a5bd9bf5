using System.Text.Json.Nodes;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>Binance says no, in its own words.</summary>
public sealed class BinanceRefusal(int code, string message, int status = 400) : Exception(message)
{
    public int Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>When to come back; null where it is not said.</summary>
    public int? RetryAfterSeconds { get; init; }

    public string Body => new JsonObject { ["code"] = Code, ["msg"] = Message }.ToJsonString();

    public static BinanceRefusal Malformed(string parameter) => new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static BinanceRefusal InvalidSymbol { get; } = new(-1121, "Invalid symbol.");

    public static BinanceRefusal NoSuchOrder { get; } = new(-2013, "Order does not exist.");

    public static BinanceRefusal OfFutures(ExchangeError error) => (error.Kind, error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds, _) => new(-2019, "Margin is insufficient."),
        (ExchangeErrorKind.ReduceOnlyRefused, _) => new(-2022, "ReduceOnly Order is rejected."),
        (ExchangeErrorKind.WouldTriggerAtOnce, "post-only") => new(-5022, "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history"),
        (ExchangeErrorKind.WouldTriggerAtOnce, _) => new(-2021, "Order would immediately trigger."),
        (ExchangeErrorKind.DuplicateClientOrderId, _) => new(-4116, "ClientOrderId is duplicated."),
        (ExchangeErrorKind.OrderNotFound, _) => new(-2011, "Unknown order sent."),
        (ExchangeErrorKind.WrongPrecision, _) => new(-1111, "Precision is over the maximum defined for this asset."),
        (ExchangeErrorKind.BelowMinimum, "minimum-quantity") => new(-4004, "Quantity less than min quantity."),
        (ExchangeErrorKind.BelowMinimum, _) => new(-4164, "Order's notional must be no smaller than 5 (unless you choose reduce only)."),
        (ExchangeErrorKind.InvalidOrder, "leverage") => new(-4028, "Leverage is not valid"),
        (ExchangeErrorKind.Maintenance, _) => new(-4108, "Symbol is not in trading status"),
        (ExchangeErrorKind.UnknownSymbol, _) => InvalidSymbol,
        _ => new(-2010, error.Message),
    };

    public static BinanceRefusal OfSpot(ExchangeError error) => (error.Kind, error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds or ExchangeErrorKind.ReduceOnlyRefused, _) => new(-2010, "Account has insufficient balance for requested action."),
        (ExchangeErrorKind.WouldTriggerAtOnce, "post-only") => new(-2010, "Order would immediately match and take."),
        (ExchangeErrorKind.WouldTriggerAtOnce, "pair-prices") => new(-2010, error.Message),
        (ExchangeErrorKind.WouldTriggerAtOnce, _) => new(-2010, "Stop price would trigger immediately."),
        (ExchangeErrorKind.DuplicateClientOrderId, _) => new(-2010, "Duplicate order sent."),
        (ExchangeErrorKind.OrderNotFound, _) => new(-2011, "Unknown order sent."),
        (ExchangeErrorKind.WrongPrecision, "price-tick") => new(-1013, "Filter failure: PRICE_FILTER"),
        (ExchangeErrorKind.WrongPrecision, _) or (ExchangeErrorKind.BelowMinimum, "minimum-quantity") => new(-1013, "Filter failure: LOT_SIZE"),
        (ExchangeErrorKind.BelowMinimum, _) => new(-1013, "Filter failure: NOTIONAL"),
        (ExchangeErrorKind.Maintenance, _) => new(-1013, "Market is closed."),
        (ExchangeErrorKind.UnknownSymbol, _) => InvalidSymbol,
        _ => new(-2010, error.Message),
    };

    public static BinanceRefusal Of(TradingVenue venue, VenueRefusal refusal) => venue.Settings.IsSpot ? OfSpot(refusal.Error) : OfFutures(refusal.Error);
}
