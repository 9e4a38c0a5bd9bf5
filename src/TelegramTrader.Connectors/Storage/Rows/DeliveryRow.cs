using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One notification on its way to one chat. Each chat has its own, so that a chat that fails never makes another get a message twice.</summary>
public sealed class DeliveryRow
{
    public long Id { get; set; }

    public required long OutboxId { get; set; }

    public required long ChatId { get; set; }

    /// <summary>The number of the <see cref="Core.Engine.Urgency"/>: kept as a number, because deliveries are ordered by it.</summary>
    public required int Urgency { get; set; }

    public required Instant CreatedAt { get; set; }

    /// <summary>Not tried before.</summary>
    public required Instant DueAt { get; set; }

    public Instant? SentAt { get; set; }

    public int Failures { get; set; }

    public string? LastFailure { get; set; }
}
