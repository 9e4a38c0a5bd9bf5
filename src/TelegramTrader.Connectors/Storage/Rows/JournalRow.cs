using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One handled event with what the engine wanted done, so that a run can be gone over again.</summary>
public sealed class JournalRow
{
    public long Sequence { get; set; }

    /// <summary>The engine's now after the event.</summary>
    public required Instant At { get; set; }

    /// <summary>The first commit after a start: before it, the engine knew only what was stored.</summary>
    public required bool AfterStart { get; set; }

    /// <summary>The case of the event.</summary>
    public required string Kind { get; set; }

    /// <summary>Quotes that came since the last commit and changed nothing by themselves; handled before the event.</summary>
    public required string QuotesBefore { get; set; }

    /// <summary>The <see cref="Core.Engine.EngineEvent"/>.</summary>
    public required string Event { get; set; }

    /// <summary>A list of <see cref="Journal.JournalOutput"/>.</summary>
    public required string Outputs { get; set; }
}
