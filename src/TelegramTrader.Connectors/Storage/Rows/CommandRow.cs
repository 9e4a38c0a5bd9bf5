using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>What a person ordered and what came of it.</summary>
public sealed class CommandRow
{
    public required string Id { get; set; }

    public required string By { get; set; }

    public required bool ByAdmin { get; set; }

    public required string Kind { get; set; }

    public required Instant At { get; set; }

    /// <summary>The <see cref="Core.Engine.OperatorCommand"/>.</summary>
    public required string Command { get; set; }

    /// <summary>The <see cref="Core.Engine.OperatorResult"/>.</summary>
    public string? Result { get; set; }
}
