using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Simulation;

/// <summary>Everything the simulated exchange knows beside its orders and fills: small, and stored after each change.</summary>
public sealed record SimulationState
{
    public required Instant Clock { get; init; }

    /// <summary>Counts the steps of the recorded market; events carry it, so that a restart knows where it stands.</summary>
    public required long Step { get; init; }

    public required long NextOrder { get; init; }

    public required long NextFill { get; init; }

    public required Money Wallet { get; init; }

    public required IReadOnlyList<SimulatedPosition> Positions { get; init; }

    public required IReadOnlyList<CandleWalk> Walks { get; init; }

    public required IReadOnlyList<StandingPrice> Prices { get; init; }

    /// <summary>Open time of the candles that were begun last; null before the first.</summary>
    public required Instant? CandlesBegun { get; init; }

    /// <summary>The funding time up to which each symbol was settled.</summary>
    public required IReadOnlyDictionary<string, Instant> FundedUntil { get; init; }

    public required IReadOnlyList<EngineEvent.FundingPaid> RecentFunding { get; init; }

    public required IReadOnlyList<EngineEvent.PositionLiquidated> RecentLiquidations { get; init; }

    /// <summary>How often stop and target lay in one candle and the stop was taken first.</summary>
    public required int SameCandleConflicts { get; init; }
}

/// <summary>What changed at the simulated exchange since it was last asked, for whoever stores it.</summary>
public sealed record SimulationChanges(SimulationState State, IReadOnlyList<SimulatedOrder> Orders, IReadOnlyList<Fill> Fills);

/// <summary>Where the price of one symbol stands.</summary>
/// <param name="LastVolume">Volume of its last complete candle, in base units.</param>
public sealed record StandingPrice(Symbol Symbol, PricePoint Point, Quote? LastQuote, decimal LastVolume);
