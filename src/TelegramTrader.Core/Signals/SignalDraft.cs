using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>What could be read of a signal before it is known to be complete. What is null was not found.</summary>
public sealed record SignalDraft
{
    public PairName? Pair { get; init; }

    public MarketKind Market { get; init; }

    public TradeSide? Side { get; init; }

    public bool SideInferred { get; init; }

    public EntryPlan? Entry { get; init; }

    public IReadOnlyList<TargetPlan> Targets { get; init; } = [];

    public StopPlan? Stop { get; init; }

    public LeverageRange? Leverage { get; init; }

    public MarginMode? Margin { get; init; }

    public SizeHint? Size { get; init; }

    public TrailingHint? Trailing { get; init; }

    public int? BreakevenAfterTarget { get; init; }

    public TimeSpan? EntryValidFor { get; init; }

    public TimeSpan? CloseAfter { get; init; }

    public IReadOnlyList<ReadField> Fields { get; init; } = [];

    /// <summary>This draft, with what it lacks taken from <paramref name="details"/>: an alert completed by its reply.</summary>
    public SignalDraft CompletedBy(SignalDraft details) => details with
    {
        Pair = details.Pair ?? Pair,
        Market = details.Market == MarketKind.Unknown ? Market : details.Market,
        Side = Side ?? details.Side,
        SideInferred = Side is null && details.SideInferred,
        Entry = details.Entry ?? Entry,
        Stop = details.Stop ?? Stop,
        Leverage = details.Leverage ?? Leverage,
        Margin = details.Margin ?? Margin,
        Size = details.Size ?? Size,
        Trailing = details.Trailing ?? Trailing,
        Fields = [.. Fields, .. details.Fields],
    };
}
