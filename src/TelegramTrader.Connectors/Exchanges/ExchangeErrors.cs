using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>The one table from the gateway's kinds of refusal to ours, and what a call that brought no result means.</summary>
internal static class ExchangeErrors
{
    internal static readonly IReadOnlyDictionary<string, ExchangeErrorKind> Kinds = new Dictionary<string, ExchangeErrorKind>(StringComparer.Ordinal)
    {
        ["insufficientFunds"] = ExchangeErrorKind.InsufficientFunds,
        ["rateLimited"] = ExchangeErrorKind.RateLimited,
        ["network"] = ExchangeErrorKind.Network,
        ["maintenance"] = ExchangeErrorKind.Maintenance,
        ["invalidOrder"] = ExchangeErrorKind.InvalidOrder,
        ["belowMinimum"] = ExchangeErrorKind.BelowMinimum,
        ["wrongPrecision"] = ExchangeErrorKind.WrongPrecision,
        ["wouldTriggerAtOnce"] = ExchangeErrorKind.WouldTriggerAtOnce,
        ["reduceOnlyRefused"] = ExchangeErrorKind.ReduceOnlyRefused,
        ["duplicateClientOrderId"] = ExchangeErrorKind.DuplicateClientOrderId,
        ["orderNotFound"] = ExchangeErrorKind.OrderNotFound,
        ["unknownSymbol"] = ExchangeErrorKind.UnknownSymbol,
        ["authentication"] = ExchangeErrorKind.Authentication,
        ["permissionDenied"] = ExchangeErrorKind.PermissionDenied,
        ["timestamp"] = ExchangeErrorKind.ClockSkew,
        ["bannedAddress"] = ExchangeErrorKind.AddressBanned,
        ["notSupported"] = ExchangeErrorKind.NotSupported,
        ["tooLate"] = ExchangeErrorKind.TooLate,
        ["unrecognised"] = ExchangeErrorKind.Unrecognised,
        // The gateway has just been started and the account is being opened in it again: nothing was sent.
        ["notOpened"] = ExchangeErrorKind.Network,
    };

    /// <summary>What came of a call that brought no result; null when it brought one.</summary>
    public static ExchangeFailure? Of<T>(GatewayAnswer<T> answer) => answer switch
    {
        GatewayAnswer<T>.Ok => null,
        GatewayAnswer<T>.Refused { Refusal: { Exchange: { } exchange } refusal } =>
            new ExchangeFailure(new ExchangeError(Kinds.GetValueOrDefault(exchange.Kind, ExchangeErrorKind.Unrecognised), exchange.Code, refusal.Message), exchange.MayHaveHappened, refusal.Wait),
        // A call that the gateway did not take to the exchange.
        GatewayAnswer<T>.Refused { Refusal: { Kind: GatewayRefusalKind.Parameters } refusal } => new ExchangeFailure(new ExchangeError(ExchangeErrorKind.InvalidOrder, "gateway", refusal.Message), false, null),
        // Anything else that the gateway says, its own failures and an answer that can't be read: the exchange may have acted.
        GatewayAnswer<T>.Refused { Refusal: var refusal } => new ExchangeFailure(new ExchangeError(ExchangeErrorKind.Unrecognised, "gateway", refusal.Message), true, refusal.Wait),
        GatewayAnswer<T>.TimedOut or GatewayAnswer<T>.Lost => new ExchangeFailure(new ExchangeError(ExchangeErrorKind.Network, "gateway", answer.Trouble!), true, null),
        GatewayAnswer<T>.NotRunning => new ExchangeFailure(new ExchangeError(ExchangeErrorKind.Network, "gateway", answer.Trouble!), false, null),
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is not in the set of answers."),
    };
}

/// <summary>A call to an exchange that brought no result.</summary>
/// <param name="MayHaveHappened">Of a write: its outcome is unknown, and it is never sent again.</param>
/// <param name="Wait">How long the exchange asks to wait.</param>
public sealed record ExchangeFailure(ExchangeError Error, bool MayHaveHappened, TimeSpan? Wait);
