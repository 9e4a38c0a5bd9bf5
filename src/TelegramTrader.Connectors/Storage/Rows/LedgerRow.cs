namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>
/// One version of one post in the ledger, in the database's own terms: what is hashed is what is stored. Instants are Unix milliseconds. Rows are only ever added;
/// see <see cref="Ledger.LedgerEncoding"/> for how they are chained.
/// </summary>
public sealed class LedgerRow
{
    /// <summary>1 for the first row, and one more for each.</summary>
    public long Number { get; set; }

    public required string Channel { get; set; }

    public required long MessageId { get; set; }

    public required int Revision { get; set; }

    public required string Change { get; set; }

    public required long PostedAt { get; set; }

    /// <summary>When the post first appeared, where that version itself was never seen.</summary>
    public long? FirstPostedAt { get; set; }

    public required long ReceivedAt { get; set; }

    public required string Text { get; set; }

    public long? ReplyTo { get; set; }

    public bool HasMedia { get; set; }

    /// <summary>How the post came to be here: see <see cref="Ledger.PostOrigin"/>.</summary>
    public required string Origin { get; set; }

    /// <summary>What the post is about, where that was known.</summary>
    public string? Symbol { get; set; }

    /// <summary>The market's price when the post was received, as exact text.</summary>
    public string? Price { get; set; }

    public long? PriceAt { get; set; }

    /// <summary>The hash of the row before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; set; }

    public required string Hash { get; set; }
}

/// <summary>How far the ledger goes: the one row of its table.</summary>
public sealed class LedgerHeadRow
{
    /// <summary>Always 1.</summary>
    public long Id { get; set; }

    public required long Count { get; set; }

    /// <summary>The hash of the last row.</summary>
    public required string Hash { get; set; }

    /// <summary>How many versions of posts had been stored when the ledger began; they are not in it.</summary>
    public required long PostsBefore { get; set; }

    /// <summary>The id of the last of those.</summary>
    public required long LastMessageBefore { get; set; }
}
