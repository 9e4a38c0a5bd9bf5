using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Positions;

/// <summary>
/// An open position: a fold of fills and funding. Immutable. Sums are kept, not averages, so that a position that closes
/// has its result to the last digit: exit value − entry value, without a division.
/// </summary>
public sealed record Position
{
    public required Instrument Instrument { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>All that was ever entered.</summary>
    public required Quantity Entered { get; init; }

    /// <summary>Sum of price × quantity × contract size over all entries.</summary>
    public required Money EntryValue { get; init; }

    public Quantity Exited { get; init; } = Quantity.Zero;

    /// <summary>Sum of price × quantity × contract size over all exits.</summary>
    public required Money ExitValue { get; init; }

    /// <summary>Sum of all fees paid so far.</summary>
    public required Money Fees { get; init; }

    /// <summary>Sum of all funding: positive was received, negative was paid.</summary>
    public required Money Funding { get; init; }

    public required Instant OpenedAt { get; init; }

    public Quantity Quantity => Entered - Exited;

    /// <summary>What was paid for the part that is still open.</summary>
    public Money OpenCost => EntryValue * (Quantity / Entered);

    /// <summary>Entry value ÷ entered quantity, in quote units per base unit.</summary>
    public Price AverageEntry => new(EntryValue.Amount / (Entered.Value * Instrument.ContractSize));

    public static Position Open(Instrument instrument, Fill fill)
    {
        var value = instrument.Notional(fill.Price, fill.Quantity);
        return new Position
        {
            Instrument = instrument,
            Side = fill.Side == OrderSide.Buy ? TradeSide.Long : TradeSide.Short,
            Entered = fill.Quantity,
            EntryValue = value,
            ExitValue = Money.Zero(value.Asset),
            Fees = fill.Fee,
            Funding = Money.Zero(value.Asset),
            OpenedAt = fill.HappenedAt,
        };
    }

    /// <summary>
    /// The position after one more fill: larger, smaller, or closed. A fill larger than the position closes it and opens the opposite one
    /// with the rest; its fee is split by quantity.
    /// </summary>
    public PositionChange Apply(Fill fill)
    {
        if (fill.Symbol != Instrument.Symbol)
            throw new InvalidOperationException($"A fill of {fill.Symbol} does not belong to a position in {Instrument.Symbol}.");
        if (fill.Side == Side.Opening())
            return new PositionChange(this with
            {
                Entered = Entered + fill.Quantity,
                EntryValue = EntryValue + Instrument.Notional(fill.Price, fill.Quantity),
                Fees = Fees + fill.Fee,
            }, null);

        var held = Quantity;
        if (fill.Quantity < held)
            return new PositionChange(Reduced(fill.Price, fill.Quantity, fill.Fee), null);

        var closingFee = fill.Quantity == held ? fill.Fee : fill.Fee * (held / fill.Quantity);
        var closed = ClosedPosition.From(Reduced(fill.Price, held, closingFee), fill.HappenedAt);
        if (fill.Quantity == held)
            return new PositionChange(null, closed);
        var rest = fill with { Quantity = fill.Quantity - held, Fee = fill.Fee - closingFee };
        return new PositionChange(Open(Instrument, rest), closed);
    }

    /// <summary>
    /// The exchange took a fee out of the coins themselves. It counts as if they had been sold at the price of the fill and the fee been paid with that, so
    /// that the result is the money that really came and went. The fee itself is in <see cref="Fees"/> already.
    /// </summary>
    public Position WithFeeInCoin(Price price, Quantity coins) => Reduced(price, coins, Money.Zero(Fees.Asset));

    public Position WithFunding(Money amount) => this with { Funding = Funding + amount };

    /// <summary>sign × (price − average entry) × open quantity × contract size; before fees and funding.</summary>
    public Money UnrealisedAt(Price price) => Instrument.Profit(Side, AverageEntry, price, Quantity);

    /// <summary>The result of what was closed so far, before fees and funding.</summary>
    public Money Realised
    {
        get
        {
            var soldFor = ExitValue.Amount;
            // Exact for a closed position; for a part, the entry value is shared out by quantity.
            var paid = Exited == Entered ? EntryValue.Amount : EntryValue.Amount * Exited.Value / Entered.Value;
            return new Money(Side.Sign() * (soldFor - paid), EntryValue.Asset);
        }
    }

    private Position Reduced(Price price, Quantity quantity, Money fee) => this with
    {
        Exited = Exited + quantity,
        ExitValue = ExitValue + Instrument.Notional(price, quantity),
        Fees = Fees + fee,
    };
}

/// <summary>What a fill made of a position: what is open now, and what was closed by it.</summary>
public sealed record PositionChange(Position? Open, ClosedPosition? Closed);
