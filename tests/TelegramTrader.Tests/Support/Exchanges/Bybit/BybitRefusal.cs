using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Bybit says no: with a code in an answer that is otherwise a good one.</summary>
public sealed class BybitRefusal(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static BybitRefusal Parameters(string what) => new(10001, $"params error: {what}");

    public static BybitRefusal Of(VenueRefusal refusal) => (refusal.Error.Kind, refusal.Error.Code) switch
    {
        (ExchangeErrorKind.InsufficientFunds, _) => new(110007, "ab not enough for new order"),
        (ExchangeErrorKind.ReduceOnlyRefused, _) => new(110017, "current position is zero, cannot fix reduce-only order qty"),
        (ExchangeErrorKind.WouldTriggerAtOnce, _) => new(110093, "expect Falling, but trigger_price is not below the last price"),
        (ExchangeErrorKind.DuplicateClientOrderId, _) => new(110072, "OrderLinkedID is duplicate"),
        (ExchangeErrorKind.OrderNotFound, _) => new(110001, "order not exists or too late to cancel"),
        (ExchangeErrorKind.BelowMinimum, "minimum-notional") => new(110094, "Order does not meet minimum order value 5USDT"),
        (ExchangeErrorKind.Maintenance, _) => new(10016, "Server error."),
        _ => Parameters(refusal.Error.Message),
    };
}
