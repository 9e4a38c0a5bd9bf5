using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Risk;

/// <summary>A signal put into the terms of one instrument, before anybody decided how big it is: prices are on the tick and in the instrument's own scale.</summary>
public sealed record TradePlan
{
    public required TradeSignal Signal { get; init; }

    public required AccountId Account { get; init; }

    public required Instrument Instrument { get; init; }

    public required TradeSide Side { get; init; }

    public required IReadOnlyList<PlannedLeg> Legs { get; init; }

    public required ExitPlan Exits { get; init; }

    /// <summary>The entry price that the post names, in the instrument's scale; null where it names none.</summary>
    public Price? NamedEntry { get; init; }

    /// <summary>The leverage the post asks for; null where it does not.</summary>
    public decimal? RequestedLeverage { get; init; }

    /// <summary>The share of the equity that the post asks to risk; null where it does not.</summary>
    public decimal? RequestedRisk { get; init; }

    /// <summary>The multiplier from the post's prices to the instrument's: 1000 for a 1000-prefixed contract.</summary>
    public decimal PriceMultiplier { get; init; } = 1m;

    /// <summary>Mean of the legs' prices by their shares.</summary>
    public Price AverageEntry => AverageOf(Legs);

    /// <summary>The same of legs that have no plan yet. Shares such as a third can't be written exactly; what they leave in the far digits is taken off.</summary>
    public static Price AverageOf(IReadOnlyList<PlannedLeg> legs) => new(Math.Round(legs.Sum(leg => leg.Price.Value * leg.Share), 14));

    /// <summary>Distance from average entry to the stop as a fraction of the entry; negative when the stop is on the wrong side.</summary>
    public decimal StopDistance => Side.Sign() * (AverageEntry - Exits.Stop.Price) / AverageEntry.Value;
}

/// <summary>One entry order to be.</summary>
/// <param name="Kind">How it is executed.</param>
/// <param name="Price">The price it is expected to be filled at.</param>
/// <param name="Share">Its fraction of the whole size; all shares add up to 1.</param>
public sealed record PlannedLeg(OrderKind Kind, Price Price, decimal Share);
