using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One decision about one idea. Never changed; its unique signal id is what refuses the same idea a second time.</summary>
public sealed class SignalRow
{
    public required int Number { get; set; }

    public required string SignalId { get; set; }

    public required string Channel { get; set; }

    public required long MessageId { get; set; }

    public required int Revision { get; set; }

    /// <summary>The pair as written.</summary>
    public required string Pair { get; set; }

    /// <summary>The symbol where one was found, else the pair as written.</summary>
    public required string Symbol { get; set; }

    public TradeSide? Side { get; set; }

    public required DecisionOutcome Outcome { get; set; }

    public string? Code { get; set; }

    public string? Reason { get; set; }

    public required Instant PostedAt { get; set; }

    public required Instant DecidedAt { get; set; }

    /// <summary>The <see cref="Decision"/>.</summary>
    public required string Document { get; set; }
}
