using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Positions;

/// <summary>A position whose quantity came to zero, with its result.</summary>
public sealed record ClosedPosition
{
    public required Symbol Symbol { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>All that was ever entered, and left again.</summary>
    public required Quantity Quantity { get; init; }

    public required Price AverageEntry { get; init; }

    public required Price AverageExit { get; init; }

    /// <summary>sign × (exit value − entry value), before fees and funding.</summary>
    public required Money Gross { get; init; }

    public required Money Fees { get; init; }

    /// <summary>Positive was received, negative was paid.</summary>
    public required Money Funding { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant ClosedAt { get; init; }

    /// <summary>gross − fees + funding.</summary>
    public Money Net => Gross - Fees + Funding;

    /// <summary>With a payment for the time that it was open, of which was told afterwards.</summary>
    public ClosedPosition WithFunding(Money amount) => this with { Funding = Funding + amount };

    internal static ClosedPosition From(Position position, Instant closedAt) => new()
    {
        Symbol = position.Instrument.Symbol,
        Side = position.Side,
        Quantity = position.Exited,
        AverageEntry = position.AverageEntry,
        AverageExit = new Price(position.ExitValue.Amount / (position.Exited.Value * position.Instrument.ContractSize)),
        Gross = position.Realised,
        Fees = position.Fees,
        Funding = position.Funding,
        OpenedAt = position.OpenedAt,
        ClosedAt = closedAt,
    };
}
