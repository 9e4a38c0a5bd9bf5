using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>What becomes of something that an exchange refused for a reason that may pass.</summary>
public enum AfterRefusal
{
    /// <summary>The bot tries again: stops, targets, closes, readings of the account.</summary>
    TriedAgain,

    /// <summary>It was decided on at the prices of its moment: entries.</summary>
    EntryGivenUp,

    /// <summary>A person asked, and may ask again.</summary>
    Over,
}

/// <summary>What an exchange refused, in words that a trader understands, with what to do. The exchange's own words follow.</summary>
public static class TraderWords
{
    /// <param name="exchange">How the exchange is called in the sentence, for example <c>binance</c> or <c>the exchange</c>.</param>
    public static string Of(ExchangeError error, string exchange, AfterRefusal then)
    {
        var meaning = Meaning(error.Kind, exchange, then);
        return $"{char.ToUpperInvariant(meaning[0])}{meaning[1..]} ({exchange}: {Shortened(error.Message)}{(error.Code.Length > 0 ? ", code " + error.Code : "")})";
    }

    private static string Meaning(ExchangeErrorKind kind, string exchange, AfterRefusal then) => kind switch
    {
        ExchangeErrorKind.InsufficientFunds => "There is not enough free money in the account for this order.",
        ExchangeErrorKind.RateLimited => $"{exchange} asks to slow down; {WhatFollows(then)}.",
        ExchangeErrorKind.Network => $"{exchange} can't be reached at the moment; {WhatFollows(then)}.",
        ExchangeErrorKind.Maintenance => $"{exchange} is under maintenance; {WhatFollows(then)}.",
        ExchangeErrorKind.InvalidOrder => $"{exchange} does not take this order as it is.",
        ExchangeErrorKind.BelowMinimum => $"The order is smaller than {exchange} allows.",
        ExchangeErrorKind.WrongPrecision => $"A price or quantity has more digits than {exchange} allows there.",
        ExchangeErrorKind.WouldTriggerAtOnce => "The market is already beyond this stop or target.",
        ExchangeErrorKind.ReduceOnlyRefused => $"{exchange} says that there is no position to reduce.",
        ExchangeErrorKind.DuplicateClientOrderId => $"{exchange} has this very order already.",
        ExchangeErrorKind.OrderNotFound => $"{exchange} does not know this order (any more).",
        ExchangeErrorKind.UnknownSymbol => $"{exchange} does not list this symbol.",
        ExchangeErrorKind.Authentication => "The API key or its secret is wrong, or was deleted: add the keys again with the verb keys add.",
        ExchangeErrorKind.PermissionDenied => "The API key may not do this: allow trading (futures where you trade perpetuals) for it, and check the address that it is bound to.",
        ExchangeErrorKind.AddressBanned => $"{exchange} bars this machine's address for a while, or the key is bound to another one.",
        ExchangeErrorKind.ClockSkew => $"This machine's clock and that of {exchange} lie too far apart; it is compared again by itself. Let the system keep its time (NTP).",
        ExchangeErrorKind.NotSupported => $"{exchange} does not offer this.",
        ExchangeErrorKind.TooLate => "The order was not sent: it could not leave in time, and the price it was decided on may be gone. It is not tried again.",
        ExchangeErrorKind.Unrecognised => $"{exchange} refused for a reason that has no name here.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not in the table of exchange errors."),
    };

    private static string WhatFollows(AfterRefusal then) => then switch
    {
        AfterRefusal.TriedAgain => "it is tried again by itself",
        AfterRefusal.EntryGivenUp => "an entry is not tried again",
        AfterRefusal.Over => "try again later",
        _ => throw new ArgumentOutOfRangeException(nameof(then), then, "Not in the set of what follows."),
    };

    // A whole page of HTML is what some exchanges answer when they are down.
    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
