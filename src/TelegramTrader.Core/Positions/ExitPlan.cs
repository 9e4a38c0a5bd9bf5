using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Positions;

/// <summary>How a position is to be left: its stop, its targets, and the rules that move the stop. Immutable.</summary>
public sealed record ExitPlan
{
    public required StopLevel Stop { get; init; }

    /// <summary>Where the stop stood at first; the risk of the trade (1 R) is measured to it.</summary>
    public required Price InitialStop { get; init; }

    /// <summary>The loss from the average entry at which the first stop stands, where it was given as a fraction and not as a price.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>Ordered from the nearest to the farthest.</summary>
    public required IReadOnlyList<PlannedTarget> Targets { get; init; }

    /// <summary>The fraction of the position without a target, which runs until the stop or the time limit; 0 to 1.</summary>
    public decimal RunnerShare { get; init; }

    /// <summary>The stop moves to the average entry once this target is hit; null for never.</summary>
    public int? BreakevenAfterTarget { get; init; }

    /// <summary>How far beyond the average entry, in the direction of the profit, "breakeven" lies; a fraction of the price.</summary>
    public decimal BreakevenOffset { get; init; }

    public TrailingStop? Trailing { get; init; }

    /// <summary>How long the position may last; null for no limit.</summary>
    public TimeSpan? CloseAfter { get; init; }

    /// <summary>Only a candle that closes beyond the stop counts. No exchange holds such a stop: the engine watches it.</summary>
    public bool StopOnCandleClose { get; init; }

    /// <summary>The highest target that was hit; 0 for none.</summary>
    public int HighestHit => Targets.Where(target => target.IsHit).Select(target => target.Number).DefaultIfEmpty(0).Max();

    /// <summary>The plan with all levels that were given as fractions set from this average entry. A stop that has already been moved stays.</summary>
    public ExitPlan AnchoredAt(Price averageEntry, TradeSide side, Instrument instrument)
    {
        var plan = this with
        {
            Targets = [.. Targets.Select(target => target.Gain is { } gain && !target.IsHit
                ? target with { Price = instrument.RoundToTick(averageEntry.Value * (1m + side.Sign() * gain)) }
                : target)],
        };
        if (StopLoss is not { } loss || Stop.Reason != StopReason.Initial)
            return plan;
        var stop = instrument.RoundToTick(averageEntry.Value * (1m - side.Sign() * loss));
        return plan with { InitialStop = stop, Stop = Stop with { Price = stop } };
    }

    public ExitPlan WithTargetHit(int number) =>
        this with { Targets = [.. Targets.Select(target => target.Number == number ? target with { IsHit = true } : target)] };

    public ExitPlan WithStop(Price price, StopReason reason) => this with { Stop = new StopLevel(price, reason) };

    /// <summary>
    /// The quantity that still has to be placed at each target that is not hit, in the order of <see cref="Targets"/>.
    /// What is open and what the unhit targets have already filled is shared out by their shares; quantities are rounded down to the step and the
    /// farthest target takes the rest unless a runner does. A part below the exchange's minimums is joined to the next target.
    /// Together they are never more than what is open.
    /// </summary>
    /// <param name="instrument">Rounds and knows the minimums.</param>
    /// <param name="open">The open quantity.</param>
    /// <param name="filledAt">What the orders of a target have filled so far.</param>
    public IReadOnlyList<TargetQuantity> Quantities(Instrument instrument, Quantity open, Func<int, Quantity> filledAt)
    {
        var unhit = Targets.Where(target => !target.IsHit).ToArray();
        if (unhit.Length == 0 || open.IsZero)
            return [];
        var filled = unhit.ToDictionary(target => target.Number, target => filledAt(target.Number).Value);
        var sharing = unhit;
        while (true)
        {
            var planned = Planned(instrument, open.Value + sharing.Sum(target => filled[target.Number]), sharing);
            // A target that has filled more than its part, because the position shrank meanwhile, is done; the others share what is open.
            var stillSharing = sharing.Where(target => filled[target.Number] <= planned[target.Number]).ToArray();
            if (stillSharing.Length == sharing.Length)
                return [.. unhit.Select(target => new TargetQuantity(
                    target, new Quantity(planned.GetValueOrDefault(target.Number) - (planned.ContainsKey(target.Number) ? filled[target.Number] : 0m))))];
            sharing = stillSharing;
        }
    }

    /// <summary>What each target is to close of the pool, by its number; parts that are too small joined to others.</summary>
    private Dictionary<int, decimal> Planned(Instrument instrument, decimal pool, PlannedTarget[] targets)
    {
        var shares = targets.Sum(target => target.Share) + RunnerShare;
        var planned = new decimal[targets.Length];
        var carried = 0m;
        // On spot each part that is left must be able to have a stop of its own, and to be sold there.
        bool StandsAlone(Price at, Quantity quantity) => instrument.ClearsMinimums(instrument.Symbol.IsPerpetual || at < Stop.Price ? at : Stop.Price, quantity);
        var runs = RunnerShare > 0m && (instrument.Symbol.IsPerpetual || StandsAlone(Stop.Price, instrument.RoundDownToStep(pool * RunnerShare / shares)));
        for (var index = 0; index < targets.Length; index++)
        {
            // A share such as 1 ÷ 3 ends somewhere; what is lost there must not cost a whole step.
            carried = Math.Round(carried + pool * targets[index].Share / shares, 18);
            var takesTheRest = index == targets.Length - 1 && !runs;
            var quantity = takesTheRest ? new Quantity(pool - planned.Sum()) : instrument.RoundDownToStep(carried);
            if (StandsAlone(targets[index].Price, quantity) || takesTheRest && index == 0)
            {
                planned[index] = quantity.Value;
                carried -= quantity.Value;
            }
            else if (takesTheRest)
            {
                // Too small to stand alone at the end: it goes to the nearest earlier target that has an order.
                var earlier = Array.FindLastIndex(planned, index - 1, value => value > 0m);
                planned[earlier < 0 ? index : earlier] += quantity.Value;
            }
        }

        return targets.Zip(planned).ToDictionary(pair => pair.First.Number, pair => pair.Second);
    }
}

/// <summary>One target with what is still to be filled there; zero where its part was joined to another.</summary>
public sealed record TargetQuantity(PlannedTarget Target, Quantity Remaining);

/// <param name="Price">Where the stop stands.</param>
/// <param name="Reason">Why it stands there.</param>
public sealed record StopLevel(Price Price, StopReason Reason);

public enum StopReason
{
    Initial,
    Breakeven,
    Trailing,
    ByChannel,
    ByUser,
}

/// <param name="Number">1 for the nearest target.</param>
/// <param name="Price">On the tick.</param>
/// <param name="Share">Fraction of the whole position, above 0 and at most 1.</param>
/// <param name="Gain">The fraction above the average entry, where the target was given so.</param>
public sealed record PlannedTarget(int Number, Price Price, decimal Share, decimal? Gain = null, bool IsHit = false);

/// <summary>A stop that follows the best price once the gain is reached. Fractions of the price.</summary>
public sealed record TrailingStop(decimal Distance, decimal ActivationGain)
{
    /// <summary>
    /// Where the stop should stand when the market could be left at <paramref name="exitPrice"/>, or null when it should not move.
    /// It only ever tightens, and by at least a twentieth of the distance, so that not every tick moves an order.
    /// </summary>
    public Price? Follow(TradeSide side, Price averageEntry, Price exitPrice, Price stop, Instrument instrument)
    {
        var gain = side.Sign() * (exitPrice - averageEntry) / averageEntry.Value;
        if (gain < ActivationGain)
            return null;
        var wanted = exitPrice.Value * (1m - side.Sign() * Distance);
        if (wanted <= 0m)
            return null;
        var level = side == TradeSide.Long ? instrument.RoundDownToTick(wanted) : instrument.RoundUpToTick(wanted);
        var tightened = side.Sign() * (level - stop);
        return tightened > 0m && tightened >= exitPrice.Value * Distance / 20m ? level : null;
    }
}
