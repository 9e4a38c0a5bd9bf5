using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement;

/// <summary>How a signal of a channel ended for a follower.</summary>
public enum SignalEnd
{
    /// <summary>No order was ever made; <see cref="SignalOutcome.Reason"/> is the code of the denial.</summary>
    Denied,

    /// <summary>Orders were out and none of them was filled.</summary>
    Unfilled,

    /// <summary>There was a position and it is closed.</summary>
    Closed,

    /// <summary>There is a position where the prices end; money and R are those it has made so far.</summary>
    StillOpen,
}

/// <summary>
/// What one signal was worth to somebody who followed its channel: the first text that was seen, from the moment he could have acted. Money is net where it does not say otherwise, in the
/// quote asset of the account. Signals that made no position stay in every count.
/// </summary>
public sealed record SignalOutcome
{
    public required SignalId Id { get; init; }

    public required ChannelId Channel { get; init; }

    public required long MessageId { get; init; }

    public required Symbol Symbol { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>When the channel posted it.</summary>
    public required Instant PostedAt { get; init; }

    /// <summary>When the follower had it and could act: its own time, and the delay.</summary>
    public required Instant ActedAt { get; init; }

    public required SignalEnd End { get; init; }

    /// <summary>Why: the code of the denial, why there never was a position, or why the last part was closed.</summary>
    public string? Reason { get; init; }

    /// <summary>Mean price of the fills that opened the position; null where there was none.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>The first fill.</summary>
    public Instant? OpenedAt { get; init; }

    /// <summary>The last fill that closed something; null while open.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>The stop it began with; null where there was no plan.</summary>
    public decimal? Stop { get; init; }

    /// <summary>The targets of the plan, the nearest first.</summary>
    public IReadOnlyList<decimal> Targets { get; init; } = [];

    public int TargetsReached { get; init; }

    public decimal Gross { get; init; }

    public decimal Fees { get; init; }

    /// <summary>Positive when it was received.</summary>
    public decimal Funding { get; init; }

    public decimal Net { get; init; }

    /// <summary>Net result ÷ what would have been lost between entry and first stop; null without a position.</summary>
    public decimal? RMultiple { get; init; }

    /// <summary>How often stop and target shared a candle and the stop was taken.</summary>
    public int SameCandleConflicts { get; init; }

    /// <summary>The post itself named a stop.</summary>
    public bool PostHadStop { get; init; }

    /// <summary>The post was changed afterwards.</summary>
    public bool EditedLater { get; init; }

    /// <summary>The post was taken back afterwards.</summary>
    public bool DeletedLater { get; init; }
}
