using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>A trade idea read from a post. Numbers are as the post means them, in the post's own price scale.</summary>
public sealed record ParsedSignal
{
    public required PairName Pair { get; init; }

    public MarketKind Market { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>True when no word gives the side and the order of the prices does.</summary>
    public bool SideInferred { get; init; }

    public required EntryPlan Entry { get; init; }

    /// <summary>In the order written; may be empty.</summary>
    public required IReadOnlyList<TargetPlan> Targets { get; init; }

    public required StopPlan Stop { get; init; }

    public LeverageRange? Leverage { get; init; }

    public MarginMode? Margin { get; init; }

    /// <summary>The size as the post gives it, if it does.</summary>
    public SizeHint? Size { get; init; }

    public TrailingHint? Trailing { get; init; }

    /// <summary>The stop moves to the entry once this many targets are hit, where the post says so.</summary>
    public int? BreakevenAfterTarget { get; init; }

    /// <summary>How long an unfilled entry stays, where the post says so.</summary>
    public TimeSpan? EntryValidFor { get; init; }

    /// <summary>How long the position may last, where the post says so.</summary>
    public TimeSpan? CloseAfter { get; init; }

    /// <summary>The words that became fields.</summary>
    public IReadOnlyList<ReadField> Fields { get; init; } = [];
}

/// <summary>How big the post wants the trade: one of a closed set. Fractions: 0.05 is five per cent.</summary>
public abstract record SizeHint
{
    private SizeHint()
    {
    }

    public sealed record OfBalance(decimal Fraction) : SizeHint;

    public sealed record AtRisk(decimal Fraction) : SizeHint;
}

/// <summary>A stop that follows the best price. Distances are fractions of the price.</summary>
/// <param name="Distance">How far behind the best price the stop follows; above 0 and below 1.</param>
/// <param name="ActivationGain">The gain from which it follows; 0 is at once.</param>
public sealed record TrailingHint(decimal Distance, decimal ActivationGain);

/// <summary>The words of the post that became one field, with how sure the reader is of it (0 to 1).</summary>
/// <param name="Name">The field: symbol, side, entry, target 1, stop, leverage …</param>
/// <param name="Start">First character in the original text.</param>
/// <param name="Length">Number of characters in the original text; 0 when the field was inferred.</param>
/// <param name="Value">What it was read as.</param>
public sealed record ReadField(string Name, int Start, int Length, string Value, double Confidence);
