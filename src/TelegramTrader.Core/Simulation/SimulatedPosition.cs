using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>The net position of one symbol at the simulated exchange, with its isolated margin. Linear contracts only. Immutable.</summary>
/// <param name="Cost">Entry value of what is open, in the quote asset.</param>
/// <param name="Margin">Set aside for it at its fills: value ÷ leverage.</param>
public sealed record SimulatedPosition(Symbol Symbol, TradeSide Side, Quantity Quantity, decimal Cost, decimal Margin)
{
    public decimal UnrealisedAt(Instrument instrument, decimal price) =>
        Side.Sign() * (price * Quantity.Value * instrument.ContractSize - Cost);

    /// <summary>
    /// Where margin + open result falls to the maintenance margin. Long: (cost − margin) ÷ (units × (1 − rate)); short: (cost + margin) ÷ (units × (1 + rate)).
    /// Null where no price can get there (a long at 1x).
    /// </summary>
    public decimal? LiquidationPrice(Instrument instrument)
    {
        if (!Symbol.IsPerpetual)
            return null;
        var units = Quantity.Value * instrument.ContractSize;
        var price = Side == TradeSide.Long
            ? (Cost - Margin) / (units * (1m - instrument.MaintenanceMarginRate))
            : (Cost + Margin) / (units * (1m + instrument.MaintenanceMarginRate));
        return price > 0m ? price : null;
    }

    /// <summary>The position after a fill that opens or adds.</summary>
    public static SimulatedPosition Added(SimulatedPosition? position, Instrument instrument, OrderSide side, Price price, Quantity quantity, decimal leverage)
    {
        var value = instrument.Notional(price, quantity).Amount;
        return position is null
            ? new SimulatedPosition(instrument.Symbol, side == OrderSide.Buy ? TradeSide.Long : TradeSide.Short, quantity, value, value / leverage)
            : position with { Quantity = position.Quantity + quantity, Cost = position.Cost + value, Margin = position.Margin + value / leverage };
    }

    /// <summary>The position after a fill that makes it smaller, and what that realised before fees. Null when nothing is left.</summary>
    public (SimulatedPosition? Left, decimal Realised) Reduced(Instrument instrument, Price price, Quantity quantity)
    {
        var value = instrument.Notional(price, quantity).Amount;
        if (quantity == Quantity)
            return (null, Side.Sign() * (value - Cost));
        var cost = Cost * quantity.Value / Quantity.Value;
        return (this with
        {
            Quantity = Quantity - quantity,
            Cost = Cost - cost,
            Margin = Margin - Margin * quantity.Value / Quantity.Value,
        }, Side.Sign() * (value - cost));
    }
}
