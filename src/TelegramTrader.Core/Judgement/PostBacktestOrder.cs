using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Core.Judgement;

/// <summary>Posts, the prices that followed them, and how they are to be traded.</summary>
public sealed record PostBacktestOrder
{
    /// <summary>All versions of all posts, edits and deletions among them, in any order. Each is acted upon when it was received, as live.</summary>
    public required IReadOnlyList<ChannelMessage> Messages { get; init; }

    /// <summary>What can be traded, all settled in the asset of the starting balance. Symbols without candles have no price.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    public required RecordedCandles Candles { get; init; }

    /// <summary>Candles of a shorter timeframe that show the way through the others; null for none.</summary>
    public RecordedCandles? FinerCandles { get; init; }

    public IReadOnlyList<FundingRate> Funding { get; init; } = [];

    public EngineSettings Settings { get; init; } = new();

    public SimulationSettings Simulation { get; init; } = new();

    /// <summary>How much later than they were received the posts are acted upon; 0 or more. What is too old by then is denied, as live.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Signals share one account, its limits and its losses. False: each signal is taken alone, on an account of its own that has the starting balance.</summary>
    public bool WithLimits { get; init; } = true;

    /// <summary>Candles at which nothing can happen are not walked through. The outcome is the same; false is for tests that show it.</summary>
    public bool PassesQuietTimes { get; init; } = true;
}
