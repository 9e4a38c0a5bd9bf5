namespace TelegramTrader.Connectors.Storage.Ledger;

/// <summary>What a check of the ledger found: one of three.</summary>
public abstract record LedgerCheck
{
    private LedgerCheck()
    {
    }

    /// <summary>Every row is as it was written, in its place, and agrees with the stored message.</summary>
    /// <param name="Head">The hash of the last row. Whoever notes it elsewhere can tell later that nothing up to it was rewritten.</param>
    /// <param name="PostsBefore">Versions of posts that were stored before the ledger began, and are not in it.</param>
    public sealed record Sound(long Count, string Head, long PostsBefore) : LedgerCheck;

    /// <summary>Something was changed, inserted, removed or reordered.</summary>
    /// <param name="Number">The first row where it shows; 0 where it is about no row.</param>
    /// <param name="Post">Channel, message and revision, where there is a row to take them from.</param>
    /// <param name="What">A sentence that says what differs.</param>
    public sealed record Broken(long Number, string? Post, string What) : LedgerCheck;

    /// <summary>The database is there, but was last used by a version that kept no ledger.</summary>
    public sealed record NotBegun : LedgerCheck;
}
