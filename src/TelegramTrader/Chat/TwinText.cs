using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>What live trading cost against the same trades on paper, in one line.</summary>
public static class TwinText
{
    public static string Line(ExecutionSum sum, Formats formats)
    {
        var without = sum.WithoutTwin == 0 ? "" : $"; {sum.WithoutTwin} without a twin";
        if (sum.Trades == 0)
            return $"live minus paper: no trade to compare yet{without}";
        var parts = sum.Difference;
        // What does not happen in an ordinary run is not spelt out each time; what is there is said, so that the parts add up.
        var others = Math.Round(parts.OtherExits, 2) == 0m ? "" : $", other exits {formats.Change(parts.OtherExits)}";
        return $"live minus paper: {formats.Change(new Money(parts.Total, sum.Asset))} over {sum.Trades} trade{(sum.Trades == 1 ? "" : "s")} "
            + $"(delay {formats.Change(parts.Delay)}, slippage {formats.Change(parts.Slippage)}, fees {formats.Change(parts.Fees)}, funding {formats.Change(parts.Funding)}, "
            + $"missed fills {formats.Change(parts.MissedFills)}{others}){without}";
    }
}
