using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Positions;

public static class ExitReasons
{
    /// <summary>Why a position was left when a stop that stood there for this reason was hit.</summary>
    public static ExitReason When(StopReason reason) => reason switch
    {
        StopReason.Initial or StopReason.ByChannel or StopReason.ByUser => ExitReason.Stop,
        StopReason.Breakeven => ExitReason.Breakeven,
        StopReason.Trailing => ExitReason.TrailingStop,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not in the table of stop reasons."),
    };
}
