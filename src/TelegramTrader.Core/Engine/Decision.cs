using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>What was decided about one idea, with everything that led there; what <c>/why</c> shows. Never changed afterwards.</summary>
public sealed record Decision
{
    public required int Number { get; init; }

    public required SignalId SignalId { get; init; }

    public required ChannelId Channel { get; init; }

    public required long MessageId { get; init; }

    public required int Revision { get; init; }

    public required Instant PostedAt { get; init; }

    public required Instant DecidedAt { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The pair as written.</summary>
    public required string Pair { get; init; }

    public TradeSide? Side { get; init; }

    public required double Confidence { get; init; }

    /// <summary>The words that were read.</summary>
    public required IReadOnlyList<ReadField> Fields { get; init; }

    public Quote? Quote { get; init; }

    /// <summary>In the order in which they were made; the last one is the failed one where the outcome is a denial.</summary>
    public IReadOnlyList<RiskCheck> Checks { get; init; } = [];

    public Sizing? Sizing { get; init; }

    /// <summary>Code and sentence of the first failing rule; null when the idea was accepted.</summary>
    public RuleFailure? Failure { get; init; }
}

public enum DecisionOutcome
{
    Accepted,
    Denied,
    Malformed,
    Doubtful,
}
