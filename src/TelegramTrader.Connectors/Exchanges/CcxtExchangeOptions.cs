namespace TelegramTrader.Connectors.Exchanges;

public sealed record CcxtExchangeOptions
{
    /// <summary>How often executions are looked for while orders are open and the exchange does not push, and of an entry always.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often while it does, where no entry is open: a push may be lost.</summary>
    public TimeSpan LookEveryWhenPushed { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an account is read before it counts as unreadable.</summary>
    public int ReadAttempts { get; init; } = 3;

    /// <summary>How long after a reading that failed it is tried again.</summary>
    public TimeSpan ReadAgainAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often all orders of the account are listed at most.</summary>
    public TimeSpan ListOpenOrdersEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a reading waits for the account to be opened before it counts as failed.</summary>
    public TimeSpan WaitUntilOpen { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often leverage and modes are set before the entry is refused.</summary>
    public int PrepareAttempts { get; init; } = 3;

    /// <summary>How long after that failed it is tried again.</summary>
    public TimeSpan PrepareAgainAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long after it was handed over an entry may leave: what comes first and every wait together. Later it would be executed at prices on which nobody decided. One wait for the budget ends after
    /// <see cref="ExchangeSession.EntryWaitsAtMost"/>, whatever is left of this.
    /// </summary>
    public TimeSpan EntryLeavesWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How far the first look at a symbol goes back.</summary>
    public TimeSpan FirstLookBack { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an order that is over is still known by its numbers: longer than the engine asks about any.</summary>
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromDays(60);
}
