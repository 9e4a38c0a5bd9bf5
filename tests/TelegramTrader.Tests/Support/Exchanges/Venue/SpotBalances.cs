using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <param name="Locked">Set aside for open orders.</param>
public sealed record SpotBalance(string Asset, decimal Free, decimal Locked)
{
    public decimal Total => Free + Locked;
}

/// <summary>
/// What a spot account holds. The matching engine keeps a coin as a position and takes every fee in the quote asset; real exchanges take the fee of a buy
/// out of the coins bought, so that one holds a little less than one bought. The difference is kept here.
/// </summary>
internal sealed class SpotBalances
{
    private readonly Dictionary<Symbol, decimal> _coinsPaidAsFees = [];
    private decimal _quoteNotPaid;

    /// <summary>The fee of a fill as the exchange takes it.</summary>
    public (decimal Amount, string Asset) Take(Fill fill)
    {
        if (fill.Side == OrderSide.Sell)
            return (fill.Fee.Amount, fill.Fee.Asset);
        var coins = fill.Fee.Amount / fill.Price.Value;
        _coinsPaidAsFees[fill.Symbol] = _coinsPaidAsFees.GetValueOrDefault(fill.Symbol) + coins;
        _quoteNotPaid += fill.Fee.Amount;
        return (coins, fill.Symbol.Base);
    }

    public SpotBalance Quote(SimulatedExchange engine, string asset, IEnumerable<VenueOrder> open)
    {
        var locked = open.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => (order.Request.Price ?? order.Request.Trigger)!.Value.Value * order.Remaining.Value);
        return new SpotBalance(asset, engine.Wallet.Amount - engine.Positions.Sum(position => position.Cost) + _quoteNotPaid - locked, locked);
    }

    public SpotBalance Coin(SimulatedExchange engine, Symbol symbol, IEnumerable<VenueOrder> open)
    {
        var held = (engine.Positions.FirstOrDefault(position => position.Symbol == symbol)?.Quantity.Value ?? 0m) - _coinsPaidAsFees.GetValueOrDefault(symbol);
        var locked = open.Where(order => order.Request.Symbol == symbol && order.Request.Side == OrderSide.Sell).Sum(order => order.Remaining.Value);
        return new SpotBalance(symbol.Base, held - locked, locked);
    }
}
