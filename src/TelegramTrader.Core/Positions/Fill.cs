using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Positions;

/// <summary>One execution at an exchange. (<see cref="Account"/>, <see cref="FillId"/>) is its identity.</summary>
public sealed record Fill
{
    public required string FillId { get; init; }

    public required AccountId Account { get; init; }

    public required ClientOrderId OrderId { get; init; }

    public required Symbol Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required Price Price { get; init; }

    /// <summary>Above zero.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What it cost; positive is paid, negative is a rebate.</summary>
    public required Money Fee { get; init; }

    public required bool IsMaker { get; init; }

    /// <summary>When it happened at the exchange.</summary>
    public required Instant HappenedAt { get; init; }

    /// <summary>A stop that was taken to come first although a target lay in the same candle.</summary>
    public bool TargetInSameCandle { get; init; }
}
