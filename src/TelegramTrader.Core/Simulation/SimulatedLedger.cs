using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Simulation;

/// <summary>The books of the simulated account: wallet, positions, fills, funding, liquidations. Says what happened to the sink.</summary>
internal sealed class SimulatedLedger(SimulationSettings settings, IEventSink sink)
{
    private const int RecentCount = 200;

    public Money Wallet { get; set; } = settings.StartingBalance;

    public long NextFill { get; set; } = 1;

    public List<Fill> Fills { get; } = [];

    public List<EngineEvent.FundingPaid> RecentFunding { get; } = [];

    public List<EngineEvent.PositionLiquidated> RecentLiquidations { get; } = [];

    /// <summary>Books one execution and reports it. The caller keeps the order's own state.</summary>
    public Fill Execute(SimulatedMarket market, OrderIntent intent, Price price, Quantity quantity, bool isMaker, bool targetInSameCandle, Instant at, long step)
    {
        var instrument = market.Instrument;
        var fee = instrument.Notional(price, quantity) * (isMaker ? instrument.MakerFee ?? settings.MakerFee : instrument.TakerFee ?? settings.TakerFee);
        if (market.Position is { } position && position.Side.Closing() == intent.Side)
        {
            // A reducing order never exceeds the position; an order that turns one closes it first and opens with the rest.
            var closing = Quantity.Smaller(quantity, position.Quantity);
            var (left, realised) = position.Reduced(instrument, price, closing);
            market.Position = closing < quantity ? SimulatedPosition.Added(null, instrument, intent.Side, price, quantity - closing, intent.Leverage) : left;
            Wallet += new Money(realised, Wallet.Asset);
        }
        else
        {
            market.Position = SimulatedPosition.Added(market.Position, instrument, intent.Side, price, quantity, intent.Leverage);
        }

        if (settings.SpotFeeInCoin && !instrument.Symbol.IsPerpetual && intent.Side == OrderSide.Buy && fee.Amount > 0m)
        {
            // As if these coins had been sold at the same price and the fee been paid with that.
            var coins = quantity * (fee.Amount / instrument.Notional(price, quantity).Amount);
            var (rest, spent) = market.Position!.Reduced(instrument, price, coins);
            market.Position = rest;
            Wallet += new Money(spent, Wallet.Asset) - fee;
            fee = new Money(coins.Value, instrument.Symbol.Base);
        }
        else
        {
            Wallet -= fee;
        }

        var fill = new Fill
        {
            FillId = "f" + (NextFill++).ToString(CultureInfo.InvariantCulture),
            Account = settings.Account,
            OrderId = intent.Id,
            Symbol = instrument.Symbol,
            Side = intent.Side,
            Price = price,
            Quantity = quantity,
            Fee = fee,
            IsMaker = isMaker,
            HappenedAt = at,
            TargetInSameCandle = targetInSameCandle,
        };
        Fills.Add(fill);
        sink.Post(new EngineEvent.OrderFilled(fill, Wallet) { At = at, FeedStep = step });
        return fill;
    }

    /// <summary>Funding of a position: −sign × value at the last price × rate; with a positive rate longs pay shorts.</summary>
    public void Fund(SimulatedMarket market, decimal rate, decimal price, Instant at, Instant fundingTime, long step)
    {
        if (market.Position is not { } position)
            return;
        var value = price * position.Quantity.Value * market.Instrument.ContractSize;
        var amount = new Money(-position.Side.Sign() * value * rate, Wallet.Asset);
        Wallet += amount;
        var id = string.Create(CultureInfo.InvariantCulture, $"{market.Instrument.Symbol}@{fundingTime.UnixMilliseconds}");
        var paid = new EngineEvent.FundingPaid(settings.Account, market.Instrument.Symbol, id, amount, rate, Wallet) { At = at, FeedStep = step };
        Keep(RecentFunding, paid);
        sink.Post(paid);
    }

    /// <summary>Closes the whole position at its liquidation price. It costs the fee, but never more than the position's margin.</summary>
    public void Liquidate(SimulatedMarket market, decimal liquidationPrice, Instant at, long step)
    {
        var position = market.Position ?? throw new InvalidOperationException($"There is no position in {market.Instrument.Symbol} to liquidate.");
        var instrument = market.Instrument;
        var price = position.Side == TradeSide.Long ? instrument.RoundUpToTick(liquidationPrice) : instrument.RoundDownToTick(liquidationPrice);
        var (_, realised) = position.Reduced(instrument, price, position.Quantity);
        var left = Math.Max(0m, position.Margin + realised);
        var fee = new Money(Math.Min(left, instrument.Notional(price, position.Quantity).Amount * settings.LiquidationFee), Wallet.Asset);
        market.Position = null;
        Wallet += new Money(realised, Wallet.Asset) - fee;
        var id = string.Create(CultureInfo.InvariantCulture, $"liquidation-{instrument.Symbol}@{at.UnixMilliseconds}");
        var liquidated = new EngineEvent.PositionLiquidated(settings.Account, instrument.Symbol, id, price, fee, Wallet) { At = at, FeedStep = step };
        Keep(RecentLiquidations, liquidated);
        sink.Post(liquidated);
    }

    /// <summary>What may still be set aside as margin: the wallet, less what positions and waiting entries hold, less open losses.</summary>
    public decimal FreeMargin(IEnumerable<SimulatedMarket> markets)
    {
        var free = Wallet.Amount;
        foreach (var market in markets)
        {
            if (market.Position is { } position)
            {
                free -= position.Margin;
                // A coin that lost value takes nothing from the money that did not buy it; the loss of a contract does.
                if (market.Instrument.Symbol.IsPerpetual && market.Point is { } point)
                    free += Math.Min(0m, position.UnrealisedAt(market.Instrument, point.Taker(position.Side.Closing())));
            }

            foreach (var order in market.Orders)
                if (!order.Intent.ReduceOnly && order.Phase == SimulatedPhase.Resting && order.Intent.Kind.NamedPrice is { } price)
                    free -= market.Instrument.Notional(price, order.Remaining).Amount / order.Intent.Leverage;
        }

        return free;
    }

    private static void Keep<T>(List<T> recent, T item)
    {
        recent.Add(item);
        if (recent.Count > RecentCount)
            recent.RemoveAt(0);
    }
}
