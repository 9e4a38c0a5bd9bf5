using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Comparison;

/// <summary>What really was executed of one trade on one account, with the market at each moment.</summary>
public sealed record ExecutedTrade
{
    public static readonly ExecutedTrade Nothing = new() { Lots = [], Funding = 0m };

    /// <summary>In the order in which they were booked.</summary>
    public required IReadOnlyList<ExecutedLot> Lots { get; init; }

    /// <summary>In the quote asset; positive was received, negative was paid.</summary>
    public required decimal Funding { get; init; }

    /// <summary>All that was entered, in contracts.</summary>
    public decimal Entered => Lots.Where(lot => lot.IsEntry).Sum(lot => lot.Quantity.Value);

    /// <summary>All that was left again, in contracts.</summary>
    public decimal Exited => Lots.Where(lot => !lot.IsEntry).Sum(lot => lot.Quantity.Value);

    /// <summary>Sum of the fees, in the quote asset; positive was paid.</summary>
    public decimal Fees => Lots.Sum(lot => lot.Fee);

    /// <summary>sign × (exit value − entry value) × contract size − fees + funding, in the quote asset. Of a trade that is not closed it says nothing.</summary>
    /// <param name="contractSize">Base units of one contract.</param>
    public decimal Net(TradeSide side, decimal contractSize) =>
        side.Sign() * contractSize * Lots.Sum(lot => (lot.IsEntry ? -1m : 1m) * lot.Quantity.Value * lot.Price.Value) - Fees + Funding;
}

/// <summary>One execution.</summary>
/// <param name="Purpose">What the order was for, so that an execution is held against that of the same order: an entry leg, a target, the stop, an ordered exit.</param>
/// <param name="IsTarget">The order was a target's, which only fills where somebody takes it.</param>
/// <param name="Quantity">In contracts, above zero.</param>
/// <param name="Mid">Halfway between bid and ask at the moment of the execution, as our own price feed saw it.</param>
/// <param name="Fee">In the quote asset; positive was paid, negative is a rebate.</param>
public sealed record ExecutedLot(string Purpose, bool IsEntry, bool IsTarget, Quantity Quantity, Price Price, Price Mid, decimal Fee);
