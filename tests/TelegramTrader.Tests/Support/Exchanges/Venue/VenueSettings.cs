using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>What one kind of market of an exchange is like. Fees and slippage are fractions.</summary>
public sealed record VenueSettings
{
    public required bool IsSpot { get; init; }

    public required IReadOnlyList<Instrument> Instruments { get; init; }

    public decimal StartingBalance { get; init; } = 10_000m;

    public decimal MakerFee { get; init; } = 0.0002m;

    public decimal TakerFee { get; init; } = 0.0005m;

    public decimal Slippage { get; init; }

    /// <summary>On spot: the fee of a purchase is taken out of the coins bought; else in money, as every other.</summary>
    public bool FeesInCoins { get; init; } = true;

    /// <summary>A triggered order goes into the book under a number of its own, as Binance futures do it; else under the one it has.</summary>
    public bool ConditionalOrdersSpawn { get; init; }

    public string SettlementAsset => Instruments[0].QuoteAsset;
}
