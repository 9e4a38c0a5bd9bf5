using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement;

/// <summary>What posts were worth to somebody who followed them.</summary>
public sealed record PostBacktestResult
{
    /// <summary>One for each signal, in the order in which they were decided.</summary>
    public required IReadOnlyList<SignalOutcome> Outcomes { get; init; }

    public required PostCounts Posts { get; init; }

    /// <summary>What was claimed of these signals and checked against the prices. Empty where each signal was taken alone.</summary>
    public IReadOnlyList<SignalClaim> Claims { get; init; } = [];

    /// <summary>At closes of candles, at most <see cref="EquityCurve.MostPoints"/>, highs and lows kept. Where each signal was taken alone: the results added up in the order of their ends.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    public required Money StartingBalance { get; init; }

    /// <summary>With what is open valued at the last prices.</summary>
    public required Money FinalEquity { get; init; }

    /// <summary>The deepest fall of the equity from its highest before, as a fraction of that; at closes of candles.</summary>
    public required decimal DeepestDrawdown { get; init; }

    /// <summary>How often stop and target lay in one candle, finer ones did not tell which came first, and the stop was taken.</summary>
    public required int SameCandleConflicts { get; init; }

    /// <summary>How often stop and target lay in one candle and finer candles told which came first.</summary>
    public required int ResolvedOnFinerCandles { get; init; }

    public required TimeSpan Delay { get; init; }

    public required bool WithLimits { get; init; }

    public decimal Net => Outcomes.Sum(outcome => outcome.Net);

    public decimal Fees => Outcomes.Sum(outcome => outcome.Fees);

    public decimal Funding => Outcomes.Sum(outcome => outcome.Funding);

    public int Count(SignalEnd end) => Outcomes.Count(outcome => outcome.End == end);
}

/// <summary>What the posts were, each by its first version.</summary>
/// <param name="Read">Posts, however many versions they have.</param>
/// <param name="Signals">Those with one or more trade ideas.</param>
/// <param name="Updates">Follow-ups to earlier signals.</param>
/// <param name="Doubtful">It may be a signal or an update: the bot would ask. Nobody answers here.</param>
/// <param name="Malformed">Signals whose figures can't be true together; denied.</param>
/// <param name="NotSignals">Anything else.</param>
/// <param name="FirstTextUnknown">Edited before they were first seen: what they said at first is not known, and they are not traded.</param>
/// <param name="WithoutPrices">Received before the first candle or after the last one: not looked at.</param>
public sealed record PostCounts(int Read, int Signals, int Updates, int Doubtful, int Malformed, int NotSignals, int FirstTextUnknown, int WithoutPrices);

public readonly record struct EquityPoint(Instant Time, decimal Equity);
