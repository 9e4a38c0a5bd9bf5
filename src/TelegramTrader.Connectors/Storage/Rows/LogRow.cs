using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One line of the program's log, for viewing from chat. Secrets were removed before it came here.</summary>
public sealed class LogRow
{
    public long Id { get; set; }

    public required Instant At { get; set; }

    /// <summary>0 for the least to 5 for the most serious: kept as a number, because lines are asked for from a level on.</summary>
    public required int Level { get; set; }

    public required string Source { get; set; }

    public required string Text { get; set; }
}
