using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Simulation;

/// <summary>What the simulated exchange charges and how it fills. Fractions: 0.0005 is five hundredths of a per cent. All are settings; these are the shipped defaults.</summary>
public sealed record SimulationSettings
{
    public AccountId Account { get; init; } = new("main");

    public Money StartingBalance { get; init; } = new(10_000m, "USDT");

    /// <summary>Where the instrument has none of its own; the taker's likewise.</summary>
    public decimal MakerFee { get; init; } = 0.0002m;

    public decimal TakerFee { get; init; } = 0.0005m;

    /// <summary>On spot the fee of a purchase is taken out of the coins bought, as most exchanges do.</summary>
    public bool SpotFeeInCoin { get; init; } = true;

    /// <summary>Distance between bid and ask where the data has trade prices only.</summary>
    public decimal Spread { get; init; } = 0.0002m;

    /// <summary>Slippage of any order at the market, however small.</summary>
    public decimal BaseSlippage { get; init; } = 0.0001m;

    /// <summary>Further slippage for an order as large as the whole volume of the candle; in proportion for a smaller one.</summary>
    public decimal SlippageAtFullVolume { get; init; } = 0.02m;

    /// <summary>The part of a candle's volume that our orders may take; what does not fit waits for the next candle.</summary>
    public decimal ParticipationRate { get; init; } = 0.25m;

    /// <summary>How long an order or a withdrawal is on its way.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Fee of a forced close, as a fraction of its value; never more than what is left of the margin.</summary>
    public decimal LiquidationFee { get; init; } = 0.0125m;
}
