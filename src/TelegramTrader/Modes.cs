namespace TelegramTrader;

/// <summary>Where orders go. This file is the only place that tells the modes apart; everything else is given ports and does not know.</summary>
public enum RunMode
{
    /// <summary>Recorded market, simulated exchange, everything in memory.</summary>
    Backtest,

    /// <summary>Simulated exchange, real storage and notifications.</summary>
    Paper,

    /// <summary>A real exchange.</summary>
    Live,
}
