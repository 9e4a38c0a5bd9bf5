using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk;

/// <summary>How big a trade is to be, with the arithmetic that led there.</summary>
public sealed record Sizing
{
    /// <summary>What is to be lost between entry and stop.</summary>
    public required Money RiskMoney { get; init; }

    public required decimal RiskFraction { get; init; }

    /// <summary>Loss per contract from average entry to stop, in the quote asset.</summary>
    public required decimal RiskPerUnit { get; init; }

    /// <summary>Risk ÷ risk per unit, before caps and rounding.</summary>
    public required decimal QuantityByRisk { get; init; }

    /// <summary>What made the quantity smaller, in words with numbers; empty when nothing did.</summary>
    public required IReadOnlyList<string> Caps { get; init; }

    /// <summary>One quantity a leg, rounded down to the step; zero for a leg that was dropped because it was too small.</summary>
    public required IReadOnlyList<Quantity> LegQuantities { get; init; }

    public required decimal Leverage { get; init; }

    public required IReadOnlyList<string> LeverageNotes { get; init; }

    public required Money Notional { get; init; }

    public required Money Margin { get; init; }

    public Quantity Quantity => LegQuantities.Aggregate(Quantity.Zero, (sum, quantity) => sum + quantity);

    /// <summary>What the rounded quantity really loses between entry and stop, before fees.</summary>
    public required Money PlannedLoss { get; init; }
}
