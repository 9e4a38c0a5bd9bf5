using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine.Foreign;

/// <summary>What a person decides about a foreign order.</summary>
public enum ForeignOrderResolution
{
    /// <summary>It is withdrawn, if it is still what was shown.</summary>
    Withdraw,

    /// <summary>It stays, and is not told again as long as it is what it is.</summary>
    Leave,
}

/// <summary>
/// An order at the exchange that is not in our books, from the first list that has it until it is gone. One that was changed there (its price, its quantity) is another
/// foreign order with another number, so that a person's answer always means what was shown.
/// </summary>
public sealed record ForeignOrder
{
    /// <summary>What people and buttons call it by; counted together with foreign positions, apart from trades.</summary>
    public required int Number { get; init; }

    public required AccountId Account { get; init; }

    public required OpenOrder Order { get; init; }

    /// <summary>The first list that had it.</summary>
    public required Instant Since { get; init; }

    /// <summary>A later list had it as well.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>It is on the closing side of a position of ours in its symbol, so that its execution would take that away.</summary>
    public bool MayCloseOurs { get; init; }

    /// <summary>When a person was told; null before, and again when it has come to threaten a position of ours.</summary>
    public Instant? ToldAt { get; init; }

    /// <summary>Since when lists do not have it any more; the next one decides. Null while they do.</summary>
    public Instant? MissingSince { get; init; }

    /// <summary>Who wants it left alone; null when nobody does.</summary>
    public string? LeftBy { get; init; }

    /// <summary>A person's word to withdraw it, until it is gone or the word is spent.</summary>
    public WithdrawalRequest? Request { get; init; }

    /// <summary>It has the form of our own orders: of a bot with another data folder, or of books that were lost.</summary>
    public bool IsNamedLikeOurs => Order.ClientId is { } id && ClientOrderId.HasOurForm(id);

    public override string ToString() => $"{Number}: {Order}";
}

/// <param name="By">Who ordered it.</param>
/// <param name="At">When; it is good for a minute.</param>
/// <param name="SentAt">When the exchange was asked to withdraw it; null before the list that shows it unchanged.</param>
public sealed record WithdrawalRequest(string By, Instant At, Instant? SentAt = null);
