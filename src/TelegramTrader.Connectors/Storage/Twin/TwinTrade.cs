using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Twin;

/// <summary>One live trade and its simulated twin, tied by the id of their signal. Immutable; each change is a new record.</summary>
public sealed record TwinTrade
{
    /// <summary>Of the trade, on both desks.</summary>
    public required int Number { get; init; }

    public required SignalId Signal { get; init; }

    /// <summary>The live account.</summary>
    public required AccountId Account { get; init; }

    public required Symbol Symbol { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>Base units of one contract.</summary>
    public required decimal ContractSize { get; init; }

    public required string Asset { get; init; }

    public required Instant DecidedAt { get; init; }

    public ExecutedTrade Live { get; init; } = ExecutedTrade.Nothing;

    public ExecutedTrade Twin { get; init; } = ExecutedTrade.Nothing;

    /// <summary>Funding was settled live while the twin had a position as well: the twin's must have been, too.</summary>
    public bool IsFundingDue { get; init; }

    /// <summary>Null while it lasts.</summary>
    public Instant? LiveEndedAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public Instant? TwinEndedAt { get; init; }

    /// <summary>Why the two can't be compared, in words; null while they can.</summary>
    public string? Gap { get; init; }

    /// <summary>Live less twin; null before both have ended, and where they can't be compared.</summary>
    public ExecutionDifference? Difference { get; init; }

    /// <summary>Nothing is to be learnt of it any more.</summary>
    public bool IsSettled => LiveEndedAt is not null && (Gap is not null || Difference is not null);

    /// <summary>One of the two had a position; one that neither filled is no trade to count.</summary>
    public bool WasFilled { get; init; }
}

/// <summary>When the twin was last told everything; there only after a clean end.</summary>
public sealed record TwinMark(Instant At);
