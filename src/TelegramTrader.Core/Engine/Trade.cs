using System.Collections.Immutable;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>Where a trade stands.</summary>
public enum TradeStage
{
    /// <summary>Entry orders are out, nothing is filled.</summary>
    Waiting,

    /// <summary>There is a position.</summary>
    Open,

    /// <summary>There was a position and it is closed.</summary>
    Closed,

    /// <summary>It ended and there never was a position.</summary>
    Unfilled,
}

/// <summary>
/// One accepted signal from its entry orders to its end. Immutable; each change is a new record. Which orders it has is not kept here:
/// they are found by its number.
/// </summary>
public sealed record Trade
{
    public required int Number { get; init; }

    public required TradeSignal Signal { get; init; }

    public required AccountId Account { get; init; }

    public required Instrument Instrument { get; init; }

    public required TradeSide Side { get; init; }

    public required decimal Leverage { get; init; }

    /// <summary>From the post's prices to the instrument's.</summary>
    public decimal PriceMultiplier { get; init; } = 1m;

    public TradeStage Stage { get; init; } = TradeStage.Waiting;

    public required IReadOnlyList<TradeLeg> Legs { get; init; }

    /// <summary>The mean entry price that was planned when the signal was accepted.</summary>
    public required Price PlannedEntry { get; init; }

    public required ExitPlan Exits { get; init; }

    /// <summary>What the whole planned size loses between entry and first stop.</summary>
    public required Money PlannedLoss { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When entries that are not filled are withdrawn.</summary>
    public required Instant EntriesExpireAt { get; init; }

    /// <summary>The market was at or beyond the first target when the post came: a plan for later, which the market may reach only after coming back.</summary>
    public bool PlannedForLater { get; init; }

    /// <summary>Why no further entry is wanted; null while entries are.</summary>
    public string? EntriesClosed { get; init; }

    public Position? Position { get; init; }

    /// <summary>What was closed so far; more than one only when an entry was filled after the position had closed.</summary>
    public IReadOnlyList<ClosedPosition> Closed { get; init; } = [];

    /// <summary>A close that was ordered and is not done yet.</summary>
    public ExitRequest? Exit { get; init; }

    /// <summary>The last attempt number by purpose, so that every order has an id of its own.</summary>
    public ImmutableSortedDictionary<string, int> Attempts { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>How often the exchange refused a stop of this position for good.</summary>
    public int StopRefusals { get; init; }

    /// <summary>After a refusal: no stop is placed before.</summary>
    public Instant? RetryStopAt { get; init; }

    /// <summary>After a refusal: no target is placed before.</summary>
    public Instant? RetryTargetsAt { get; init; }

    /// <summary>
    /// Spot: the target whose order rests at the exchange in the place of a part of the stop, which the engine watches meanwhile; null while the stop has all.
    /// </summary>
    public int? TargetAtExchange { get; init; }

    /// <summary>
    /// Spot: the target whose part has stop and target in one order at the exchange (a pair), or is to have once its coins are free; null where no pair is wanted.
    /// </summary>
    public int? PairedTarget { get; init; }

    /// <summary>The exchange refused a pair: for this trade none is tried any more.</summary>
    public bool PairRefused { get; init; }

    /// <summary>Since when the position, or a part of it, has had no stop; null while it has one or needs none.</summary>
    public Instant? UnprotectedSince { get; init; }

    public bool UnprotectedAlarmed { get; init; }

    /// <summary>Since when the exchange refuses our reducing orders because there is nothing to reduce; the next full account report decides.</summary>
    public Instant? NothingToReduceSince { get; init; }

    /// <summary>Why it ended; null before.</summary>
    public TradeEnd? End { get; init; }

    public Instant? EndedAt { get; init; }

    public bool IsFinished => Stage is TradeStage.Closed or TradeStage.Unfilled;

    public Quantity OpenQuantity => Position?.Quantity ?? Quantity.Zero;

    /// <summary>What of it an order can close. On spot a fee that was taken in the coin leaves a rest below the step.</summary>
    public Quantity ClosableQuantity => Instrument.Symbol.IsPerpetual ? OpenQuantity : Instrument.RoundDownToStep(OpenQuantity.Value);

    /// <summary>A close of everything by the engine itself; one that was ordered before, for whatever reason, stays as it is.</summary>
    internal ExitRequest LeavingFor(ExitReason reason) => Exit is { Everything: true } ? Exit : new ExitRequest(OpenQuantity, true, reason, "engine");

    /// <summary>Fills that a stop and target shared a candle and the stop was taken first.</summary>
    public int SameCandleConflicts { get; init; }

    /// <summary>Net result of all that was closed.</summary>
    public Money Net => Closed.Aggregate(Money.Zero(Instrument.QuoteAsset), (sum, part) => sum + part.Net);

    /// <summary>1 R in money: |average entry − first stop| × quantity × contract size of what was really entered; null before anything closed.</summary>
    public Money? OneR => Closed.Count == 0
        ? null
        : Closed.Aggregate(Money.Zero(Instrument.QuoteAsset), (sum, part) =>
            sum + new Money(Math.Abs(part.AverageEntry - Exits.InitialStop) * part.Quantity.Value * Instrument.ContractSize, Instrument.QuoteAsset));

    /// <summary>Net result ÷ 1 R, fees and funding included; null before anything closed.</summary>
    public decimal? RMultiple => OneR is { Amount: > 0m } oneR ? Net / oneR : null;
}

/// <summary>One entry order as planned. A quantity of zero is a leg that was too small and was left out.</summary>
public sealed record TradeLeg(int Index, OrderKind Kind, Price Price, Quantity Quantity);

/// <param name="Quantity">How much is to be closed; at most what is open.</param>
/// <param name="Everything">The whole position is to be closed, whatever it is when the order goes out.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="NotBefore">After a refusal: when to try again.</param>
/// <param name="Refusals">How often in a row the exchange refused it.</param>
public sealed record ExitRequest(Quantity Quantity, bool Everything, ExitReason Reason, string By, Instant? NotBefore = null, int Refusals = 0)
{
    /// <summary>The same after one more refusal: tried again later each time, so that an exit that can't be made does not hammer the exchange.</summary>
    internal ExitRequest RefusedAt(Instant now) => this with { NotBefore = now + RetryDelays.After(Refusals), Refusals = Refusals + 1 };
}

/// <summary>Why a trade ended: one of a closed set.</summary>
public abstract record TradeEnd
{
    private TradeEnd()
    {
    }

    public sealed record PositionClosed(ExitReason Reason) : TradeEnd;

    public sealed record NeverFilled(string Reason) : TradeEnd;
}
