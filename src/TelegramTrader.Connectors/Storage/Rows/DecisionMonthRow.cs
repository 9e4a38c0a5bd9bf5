using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>How many decisions of one kind were made in one month (UTC).</summary>
public sealed class DecisionMonthRow
{
    /// <summary>The first moment of the month, or the epoch for all months together.</summary>
    public required Instant Month { get; set; }

    public required string Channel { get; set; }

    /// <summary>As in <see cref="SignalRow.Symbol"/>; empty for all of them together.</summary>
    public required string Symbol { get; set; }

    public required DecisionOutcome Outcome { get; set; }

    /// <summary>The first failing rule; empty for an accepted idea, and in the rows of single symbols.</summary>
    public required string Code { get; set; }

    public required int Count { get; set; }
}
