using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>What a follow-up post asks for or reports. Ordered from the most to the least drastic.</summary>
public enum UpdateAction
{
    Close,
    Cancel,
    ClosePartial,
    MoveStop,
    MoveStopToEntry,
    StopHit,
    TargetHit,
    EntryFilled,
    Other,
}

/// <summary>A follow-up to an earlier signal.</summary>
public sealed record ParsedUpdate
{
    /// <summary>The most drastic action of the post.</summary>
    public required UpdateAction Action { get; init; }

    /// <summary>Further actions of the same post.</summary>
    public IReadOnlyList<UpdateAction> Also { get; init; } = [];

    /// <summary>The pair, or its base alone with an empty quote; null when the post names none.</summary>
    public PairName? Pair { get; init; }

    /// <summary>Only trades of this side are meant.</summary>
    public TradeSide? OnlySide { get; init; }

    /// <summary>All trades of the channel are meant.</summary>
    public bool EveryTrade { get; init; }

    /// <summary>The highest target reported.</summary>
    public int? TargetIndex { get; init; }

    /// <summary>The share to close, above 0 and at most 1.</summary>
    public decimal? Fraction { get; init; }

    /// <summary>The price the action names.</summary>
    public Price? Price { get; init; }

    /// <summary>The gain the post claims, in per cent as written (often multiplied by leverage).</summary>
    public decimal? ClaimedPercent { get; init; }

    /// <summary>The leverage with which the post claims its gain: "+120 % with 20x".</summary>
    public decimal? ClaimedLeverage { get; init; }

    /// <summary>Every target is reported, and none by number.</summary>
    public bool AllTargets { get; init; }

    /// <summary>The words of a condition, such as "close in profit or set breakeven": recorded, not acted on.</summary>
    public string? Condition { get; init; }

    public IReadOnlyList<ReadField> Fields { get; init; } = [];

    /// <summary>Whether the post only reports and asks for nothing.</summary>
    public bool IsReport => Actions.All(action => action is UpdateAction.StopHit or UpdateAction.TargetHit or UpdateAction.EntryFilled or UpdateAction.Other);

    public IEnumerable<UpdateAction> Actions => [Action, .. Also];
}
