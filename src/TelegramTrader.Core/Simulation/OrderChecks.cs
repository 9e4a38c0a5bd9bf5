using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>What an exchange refuses: precision, minimums, maximums, reduce-only without a position, triggers that are reached already, too little margin.</summary>
internal static class OrderChecks
{
    public static ExchangeError? Refusal(SimulatedMarket market, OrderIntent intent, in PricePoint point, decimal freeMargin, decimal takerFee)
    {
        var instrument = market.Instrument;
        if (!instrument.IsOnStep(intent.Quantity) || intent.Quantity.IsZero)
            return new ExchangeError(ExchangeErrorKind.WrongPrecision, "quantity-step", $"quantity {intent.Quantity} is not a multiple of the step {instrument.QuantityStep}");
        var trigger = OrderTriggers.StopOf(intent.Kind)?.Trigger;
        foreach (var named in (Price?[])[intent.Kind.NamedPrice, trigger])
            if (named is { } level && !instrument.IsOnTick(level))
                return new ExchangeError(ExchangeErrorKind.WrongPrecision, "price-tick", $"price {level} is not a multiple of the tick {instrument.PriceTick}");
        if (intent.Kind is OrderKind.OneCancelsOther && NoPair(instrument, intent) is { } noPair)
            return noPair;
        // Of a pair either may be executed: it has to be large enough for both.
        var price = trigger ?? intent.Kind.NamedPrice ?? new Price(point.Taker(intent.Side));
        if (instrument.MaximumQuantity is { } largest && intent.Quantity > largest)
            return new ExchangeError(ExchangeErrorKind.InvalidOrder, "maximum-quantity", $"quantity {intent.Quantity} is above the maximum {largest}");
        // As on real exchanges, an order that only reduces a contract may be smaller than the minimum value, but not than the minimum quantity.
        if (intent.Quantity < instrument.MinimumQuantity)
            return new ExchangeError(ExchangeErrorKind.BelowMinimum, "minimum-quantity", $"quantity {intent.Quantity} is below the minimum {instrument.MinimumQuantity}");
        if ((!intent.ReduceOnly || !instrument.Symbol.IsPerpetual) && instrument.Notional(price, intent.Quantity).Amount < instrument.MinimumNotional)
            return new ExchangeError(ExchangeErrorKind.BelowMinimum, "minimum-notional", $"value {instrument.Notional(price, intent.Quantity)} is below the minimum {instrument.MinimumNotional}");
        if (intent.Leverage < 1m || intent.Leverage > instrument.MaximumLeverage)
            return new ExchangeError(ExchangeErrorKind.InvalidOrder, "leverage", $"leverage {intent.Leverage} is outside 1 to {instrument.MaximumLeverage}");
        if (!instrument.Symbol.IsPerpetual && intent is { ReduceOnly: true, Side: OrderSide.Sell } && intent.Quantity.Value > FreeCoins(market))
            return new ExchangeError(ExchangeErrorKind.InsufficientFunds, "balance", $"quantity {intent.Quantity} is more than the free {FreeCoins(market):0.########} {instrument.Symbol.Base}");
        if (intent.ReduceOnly && (market.Position is not { } position || position.Side.Closing() != intent.Side))
            return new ExchangeError(ExchangeErrorKind.ReduceOnlyRefused, "reduce-only", "there is no position to reduce");
        if (!intent.ReduceOnly && !instrument.Symbol.IsPerpetual && intent.Side == OrderSide.Sell)
            return new ExchangeError(ExchangeErrorKind.InvalidOrder, "spot-short", "a spot market can't be sold short");
        if (intent.Kind is OrderKind.StopMarket or OrderKind.TakeProfitMarket or OrderKind.OneCancelsOther && OrderTriggers.ActingAt(intent.Kind, intent.Side, point) is { } reached)
            return reached is OrderKind.Limit limit
                ? new ExchangeError(ExchangeErrorKind.WouldTriggerAtOnce, "immediate-limit", $"the pair's limit {limit.Price} is reached already at {point.Bid}")
                : new ExchangeError(ExchangeErrorKind.WouldTriggerAtOnce, "immediate-trigger", $"trigger {reached.NamedPrice} is reached already at {point.Trigger(intent.Side)}");
        if (intent.ReduceOnly)
            return null;
        var value = instrument.Notional(price, intent.Quantity).Amount;
        var needed = value / intent.Leverage + value * takerFee;
        return needed > freeMargin
            ? new ExchangeError(ExchangeErrorKind.InsufficientFunds, "margin", $"margin and fee of {needed:0.########} are more than the free {freeMargin:0.########}")
            : null;
    }

    /// <summary>Pairs are taken where the symbol has them, to sell coins: no position is opened by one.</summary>
    private static ExchangeError? NoPair(Instrument instrument, OrderIntent intent) =>
        instrument.Symbol.IsPerpetual ? new ExchangeError(ExchangeErrorKind.NotSupported, "pair", $"{instrument.Symbol} is a perpetual: a pair of limit and stop is taken on spot only")
        : !instrument.HoldsPairs ? new ExchangeError(ExchangeErrorKind.NotSupported, "pair", $"{instrument.Symbol} takes no pairs of limit and stop")
        : !intent.ReduceOnly ? new ExchangeError(ExchangeErrorKind.InvalidOrder, "pair", "a pair of limit and stop only sells what is held")
        : null;

    /// <summary>What is held of a coin and not locked by a resting sale.</summary>
    private static decimal FreeCoins(SimulatedMarket market) =>
        (market.Position?.Quantity.Value ?? 0m)
        - market.Orders.Where(order => order.Intent.Side == OrderSide.Sell && order.Phase is SimulatedPhase.Resting or SimulatedPhase.Filling).Sum(order => order.Remaining.Value);
}
