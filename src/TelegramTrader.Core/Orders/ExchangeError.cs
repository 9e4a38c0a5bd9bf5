namespace TelegramTrader.Core.Orders;

/// <summary>What kind of no an exchange said, shared by all exchanges.</summary>
public enum ExchangeErrorKind
{
    InsufficientFunds,
    RateLimited,
    Network,
    Maintenance,
    InvalidOrder,
    BelowMinimum,
    WrongPrecision,
    WouldTriggerAtOnce,
    ReduceOnlyRefused,
    DuplicateClientOrderId,
    OrderNotFound,
    UnknownSymbol,
    Authentication,
    PermissionDenied,

    /// <summary>The exchange bars this address, mostly for a while after too many requests.</summary>
    AddressBanned,

    /// <summary>Our clock and the exchange's lie too far apart for a signed request.</summary>
    ClockSkew,

    /// <summary>The exchange does not offer what was asked.</summary>
    NotSupported,

    /// <summary>Never sent: what came before it, or waiting for its turn, took too long.</summary>
    TooLate,
    Unrecognised,
}

/// <summary>A refusal by an exchange: our shared kind, the exchange's own code, and its words.</summary>
public sealed record ExchangeError(ExchangeErrorKind Kind, string Code, string Message)
{
    /// <summary>Whether it may pass on its own, so that asking again later makes sense.</summary>
    public bool MayPass => MayPassOnItsOwn(Kind);

    public static bool MayPassOnItsOwn(ExchangeErrorKind kind) => kind switch
    {
        ExchangeErrorKind.RateLimited or ExchangeErrorKind.Network or ExchangeErrorKind.Maintenance
            or ExchangeErrorKind.AddressBanned or ExchangeErrorKind.ClockSkew => true,
        ExchangeErrorKind.InsufficientFunds or ExchangeErrorKind.InvalidOrder or ExchangeErrorKind.BelowMinimum
            or ExchangeErrorKind.WrongPrecision or ExchangeErrorKind.WouldTriggerAtOnce or ExchangeErrorKind.ReduceOnlyRefused
            or ExchangeErrorKind.DuplicateClientOrderId or ExchangeErrorKind.OrderNotFound or ExchangeErrorKind.UnknownSymbol
            or ExchangeErrorKind.Authentication or ExchangeErrorKind.PermissionDenied
            or ExchangeErrorKind.NotSupported or ExchangeErrorKind.TooLate or ExchangeErrorKind.Unrecognised => false,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not in the table of exchange errors."),
    };

    public override string ToString() => $"{Kind} ({Code}): {Message}";
}
