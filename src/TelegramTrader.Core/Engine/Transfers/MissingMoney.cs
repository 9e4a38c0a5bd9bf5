using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Transfers;

/// <summary>What a person says of money that is missing.</summary>
public enum MissingMoneyResolution
{
    /// <summary>It was taken out of the account: the loss limits count without it.</summary>
    Payout,

    /// <summary>It was lost, or nobody knows: it goes on counting as a loss, and is not asked about again.</summary>
    Loss,
}

/// <summary>
/// Money that left the account, that the trades do not explain, and about which nobody has decided: it counts as a loss until an admin says that it was taken out. Kept while a
/// period lasts in which it counts.
/// </summary>
public sealed record MissingMoney
{
    /// <summary>What people and buttons call it by; counted together with foreign positions and orders.</summary>
    public required int Number { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>How much; above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The first report that told of it.</summary>
    public required Instant Since { get; init; }

    /// <summary>How it counts in the day in which it went; null where it does not.</summary>
    public PeriodShare? Day { get; init; }

    /// <summary>How it counts in the week in which it went; null where it does not.</summary>
    public PeriodShare? Week { get; init; }

    public override string ToString() => $"{Number}: {Amount}";
}

/// <param name="Since">The first moment of the period.</param>
/// <param name="Amount">How much of it was in the equity at the beginning of the period and went afterwards; above zero.</param>
public sealed record PeriodShare(Instant Since, decimal Amount);
