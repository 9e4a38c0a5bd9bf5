using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>Long work that a person asked for, from the asking to the telling of its result.</summary>
public sealed class JobRow
{
    public int Number { get; set; }

    /// <summary>Of the request that asked: the same request makes one job.</summary>
    public required string RequestId { get; set; }

    public required string Kind { get; set; }

    /// <summary>As typed, checked.</summary>
    public required string Arguments { get; set; }

    public required string AskedById { get; set; }

    public required string AskedBy { get; set; }

    public required Instant AskedAt { get; set; }

    /// <summary>Where it is told; null at the terminal.</summary>
    public long? ChatId { get; set; }

    public long? ThreadId { get; set; }

    /// <summary>The message that shows it.</summary>
    public long? MessageId { get; set; }

    public required JobState State { get; set; }

    /// <summary>In thousandths, 0 to 1000.</summary>
    public required int Progress { get; set; }

    /// <summary>How often it was started and not ended by the program itself.</summary>
    public required int Starts { get; set; }

    public Instant? StartedAt { get; set; }

    public Instant? EndedAt { get; set; }

    /// <summary>What is told of its end, as JSON.</summary>
    public string? Result { get; set; }

    /// <summary>The name of the file with all of the result, in the data folder's folder for jobs.</summary>
    public string? File { get; set; }

    /// <summary>Its end was told.</summary>
    public required bool IsTold { get; set; }
}
