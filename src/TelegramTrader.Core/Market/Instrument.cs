namespace TelegramTrader.Core.Market;

/// <summary>
/// What an exchange says about one linear contract or spot pair (profit in the quote asset). Owns all rounding: prices to the tick,
/// quantities down to the step, then the minimum checks. Nobody else rounds.
/// </summary>
public sealed record Instrument
{
    // Where an exchange does not tell its fee: more than most take.
    private const decimal UntoldFee = 0.002m;

    public required Symbol Symbol { get; init; }

    /// <summary>Smallest price step in quote units; above zero.</summary>
    public required decimal PriceTick { get; init; }

    /// <summary>Smallest quantity step in contracts (base units when <see cref="ContractSize"/> is 1); above zero.</summary>
    public required decimal QuantityStep { get; init; }

    public required Quantity MinimumQuantity { get; init; }

    /// <summary>Largest order of any kind; null where the exchange does not tell. A stop and a close are one order, so no position may be larger.</summary>
    public Quantity? MaximumQuantity { get; init; }

    /// <summary>Smallest order value in the quote asset.</summary>
    public required decimal MinimumNotional { get; init; }

    /// <summary>Base units in one contract.</summary>
    public decimal ContractSize { get; init; } = 1m;

    /// <summary>Highest leverage the exchange allows; 1 on spot.</summary>
    public decimal MaximumLeverage { get; init; } = 1m;

    /// <summary>Share of the position's value that must remain as margin, below which it is liquidated.</summary>
    public decimal MaintenanceMarginRate { get; init; }

    /// <summary>What an order that waited in the book costs, as a fraction of its value; null where the exchange does not say. Negative is a rebate.</summary>
    public decimal? MakerFee { get; init; }

    /// <summary>What an order that was filled at once costs, as a fraction of its value; null where the exchange does not say.</summary>
    public decimal? TakerFee { get; init; }

    /// <summary>The exchange takes a stop and a target for the same coins as one pair (OCO) here; only of use on spot, where each alone locks them.</summary>
    public bool HoldsPairs { get; init; }

    /// <summary>The exchange changes trigger and quantity of a waiting stop where it stands; only of use on spot, where the old one locks the coins of the new one.</summary>
    public bool AmendsStops { get; init; }

    public string QuoteAsset => Symbol.Settle ?? Symbol.Quote;

    /// <summary>price × quantity × contract size, in the quote asset.</summary>
    public Money Notional(Price price, Quantity quantity) => new(price.Value * quantity.Value * ContractSize, QuoteAsset);

    /// <summary>sign × (exit − entry) × quantity × contract size, in the quote asset; before fees.</summary>
    public Money Profit(TradeSide side, Price entry, Price exit, Quantity quantity) =>
        new(side.Sign() * (exit - entry) * quantity.Value * ContractSize, QuoteAsset);

    /// <summary>The nearest multiple of the tick, halves away from zero; at least one tick.</summary>
    public Price RoundToTick(decimal price) => AtLeastOneTick(Math.Round(price / PriceTick, MidpointRounding.AwayFromZero));

    public Price RoundDownToTick(decimal price) => AtLeastOneTick(Math.Floor(price / PriceTick));

    public Price RoundUpToTick(decimal price) => AtLeastOneTick(Math.Ceiling(price / PriceTick));

    /// <summary>The largest multiple of the step that is not above the given quantity.</summary>
    public Quantity RoundDownToStep(decimal quantity) => new(quantity <= 0m ? 0m : Math.Floor(quantity / QuantityStep) * QuantityStep);

    /// <summary>
    /// What of a purchase can be sold again, at least: a spot exchange may take its fee out of the coins, and the rest is rounded down to the step.
    /// </summary>
    public Quantity LeftOfPurchase(Quantity bought) =>
        Symbol.IsPerpetual ? bought : RoundDownToStep(bought.Value * (1m - Math.Max(TakerFee ?? UntoldFee, MakerFee ?? 0m)));

    /// <summary>The smallest quantity on the step that is at or above both minimums at this price.</summary>
    public Quantity SmallestOrder(Price price) =>
        new(Math.Ceiling(Math.Max(MinimumQuantity.Value, MinimumNotional / (price.Value * ContractSize)) / QuantityStep) * QuantityStep);

    public bool IsOnTick(Price price) => price.Value % PriceTick == 0m;

    public bool IsOnStep(Quantity quantity) => quantity.Value % QuantityStep == 0m;

    /// <summary>Whether an order of this size at this price is at or above both minimums.</summary>
    public bool ClearsMinimums(Price price, Quantity quantity) =>
        quantity >= MinimumQuantity && Notional(price, quantity).Amount >= MinimumNotional;

    private Price AtLeastOneTick(decimal ticks) => new((ticks < 1m ? 1m : ticks) * PriceTick);
}
