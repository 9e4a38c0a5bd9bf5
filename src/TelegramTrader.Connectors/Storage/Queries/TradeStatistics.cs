using TelegramTrader.Connectors.Storage.Results;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>What the trades that ended in a stretch of time came to, and what became of the signals of that time.</summary>
public sealed record TradeStatistics
{
    /// <summary>What all amounts are in. Results in different assets are never added up.</summary>
    public required string Asset { get; init; }

    /// <summary>Assets in which there are results too, which are not part of this.</summary>
    public required IReadOnlyList<string> OtherAssets { get; init; }

    public required ResultTally Results { get; init; }

    /// <summary>By name, the best net result first.</summary>
    public required IReadOnlyList<GroupResult> ByChannel { get; init; }

    public required IReadOnlyList<GroupResult> BySymbol { get; init; }

    /// <summary>Ideas that were decided about in that time: all of the following together.</summary>
    public int SignalsSeen => Accepted + Denied + Malformed + Doubtful;

    public required int Accepted { get; init; }

    public required int Denied { get; init; }

    public required int Malformed { get; init; }

    public required int Doubtful { get; init; }
}

/// <param name="Name">The channel or symbol.</param>
public sealed record GroupResult(string Name, ResultTally Results);

/// <param name="Day">In the zone that was asked for.</param>
public sealed record DailyResult(DateOnly Day, ResultTally Results);
