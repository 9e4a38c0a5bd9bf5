using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Risk;

/// <summary>What the risk rules may look at: the account and all its trades at the moment of the decision. A missing value denies.</summary>
public sealed record Portfolio
{
    public required Instant Now { get; init; }

    /// <summary>Wallet and open profit or loss together; null while the account was never reported.</summary>
    public required Money? Equity { get; init; }

    /// <summary>What may still be used as margin.</summary>
    public required Money? FreeMargin { get; init; }

    /// <summary>The last quote of the plan's instrument.</summary>
    public required Quote? Quote { get; init; }

    public required TradingState TradingState { get; init; }

    /// <summary>When the first question failed after the account's last report; null while the account can be read.</summary>
    public required Instant? AccountUnreadableSince { get; init; }

    /// <summary>The exchange holds stop orders.</summary>
    public bool HoldsStops { get; init; } = true;

    /// <summary>Since when there are stops that only the bot can watch, and no prices to watch them by; null while there are prices, and where the exchange holds stops.</summary>
    public Instant? StopsUnwatchedSince { get; init; }

    /// <summary>Symbols in which the account holds something that is not in our books.</summary>
    public IReadOnlyCollection<Symbol> ForeignIn { get; init; } = [];

    public required LossBaseline? Day { get; init; }

    public required LossBaseline? Week { get; init; }

    /// <summary>Open positions and waiting entries.</summary>
    public required IReadOnlyList<TradeExposure> Trades { get; init; }

    /// <summary>Ideas that were traded or are traded now, newest last.</summary>
    public required IReadOnlyList<RecentIdea> RecentIdeas { get; init; }
}

/// <summary>The equity at the start of a day or week, against which its loss is measured, open loss included.</summary>
/// <param name="Since">The first moment of the period.</param>
/// <param name="Equity">Equity then, or when the bot first ran in the period.</param>
/// <param name="LimitReached">Once the limit was reached it counts until the period ends, whatever the equity does then.</param>
/// <param name="Warned">The warning was given.</param>
public sealed record LossBaseline(Instant Since, Money Equity, bool LimitReached = false, bool Warned = false)
{
    /// <summary>
    /// What <see cref="Equity"/> has in it, more (positive) or less, that the trades did not explain when the period began; zero once that is cleared up. A movement of money that turns
    /// out to be this came before the period.
    /// </summary>
    public decimal Unexplained { get; init; }

    /// <summary>The limit would not have been reached without money that is missing and may have been taken out.</summary>
    public bool OnlyByMissingMoney { get; init; }

    /// <summary>(baseline − equity) ÷ baseline; negative is a gain.</summary>
    public decimal LossAt(Money equity) => (Equity - equity) / Equity;
}

/// <summary>What one trade puts at stake.</summary>
/// <param name="Notional">Value of the position and of its waiting entries.</param>
/// <param name="OpenRisk">What is lost from now on if it goes to its stop; never below zero.</param>
public sealed record TradeExposure(int Number, ChannelId Channel, Symbol Symbol, TradeSide Side, Money Notional, Money OpenRisk);

/// <summary>An earlier idea, for the recognition of duplicates.</summary>
public sealed record RecentIdea(int Number, SignalId Id, ChannelId Channel, long MessageId, Symbol Symbol, TradeSide Side, Price Entry, Instant At);

/// <summary>What the bot may do on its own.</summary>
public enum TradingMode
{
    /// <summary>All is allowed.</summary>
    Active,

    /// <summary>No entries; exits go on.</summary>
    ReducingOnly,

    /// <summary>Nothing automatic but protection; only what an admin orders.</summary>
    Halted,
}

/// <param name="By">Who set it: a user's name, or the part of the program.</param>
/// <param name="Reason">Why, in words for the user.</param>
/// <param name="Until">When it becomes active again by itself; null for never.</param>
/// <param name="NeedsAdmin">Only an admin may lift it.</param>
public sealed record TradingState(TradingMode Mode, string By, string Reason, Instant Since, Instant? Until = null, bool NeedsAdmin = false);
