using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Bybit says no: with a code in an answer that is otherwise a good one.</summary>
public sealed class BybitRefusal(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static BybitRefusal Parameters(string what) => new(10001, $"params error: {what}");

    public static BybitRefusal OfLinear(ExchangeError error) => (error.Kind, error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds, _) => new(110007, "ab not enough for new order"),
        (ExchangeErrorKind.ReduceOnlyRefused, _) => new(110017, "current position is zero, cannot fix reduce-only order qty"),
        (ExchangeErrorKind.WouldTriggerAtOnce, _) => new(110093, "expect Falling, but trigger_price is not below the last price"),
        (ExchangeErrorKind.DuplicateClientOrderId, _) => new(110072, "OrderLinkedID is duplicate"),
        (ExchangeErrorKind.OrderNotFound, _) => new(110001, "order not exists or too late to cancel"),
        (ExchangeErrorKind.BelowMinimum, "minimum-notional") => new(110094, "Order does not meet minimum order value 5USDT"),
        (ExchangeErrorKind.Maintenance, _) => new(10016, "Server error."),
        _ => Parameters(error.Message),
    };

    public static BybitRefusal OfSpot(ExchangeError error) => (error.Kind, error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds or ExchangeErrorKind.ReduceOnlyRefused, _) => new(170131, "Insufficient balance."),
        (ExchangeErrorKind.WouldTriggerAtOnce, _) => new(170218, "The LIMIT-MAKER order is rejected due to invalid price."),
        (ExchangeErrorKind.DuplicateClientOrderId, _) => new(170141, "Duplicate clientOrderId"),
        (ExchangeErrorKind.OrderNotFound, _) => new(170213, "Order does not exist."),
        (ExchangeErrorKind.BelowMinimum, "minimum-quantity") => new(170136, "Order quantity exceeded lower limit."),
        (ExchangeErrorKind.BelowMinimum, _) => new(170140, "Order value exceeded lower limit."),
        (ExchangeErrorKind.Maintenance, _) => new(170007, "Timeout waiting for response from backend server."),
        (ExchangeErrorKind.UnknownSymbol, _) => new(170121, "Invalid symbol."),
        _ => Parameters(error.Message),
    };
}
