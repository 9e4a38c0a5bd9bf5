using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Jobs;

public enum JobState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    Running,

    /// <summary>The program ended meanwhile; it waits for its turn again, from its beginning.</summary>
    Interrupted,

    Done,

    /// <summary>Its result says why.</summary>
    Failed,

    Cancelled,
}

/// <summary>A job as it stands.</summary>
/// <param name="Number">How people call it.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Starts">How often it was started; an orderly end of the program takes the start back.</param>
/// <param name="Result">What is told of its end, as JSON; null before.</param>
/// <param name="File">The file with all of the result; null where there is none.</param>
public sealed record StoredJob(
    int Number, string Kind, string Arguments, string AskedById, string AskedBy, Instant AskedAt, JobPlace? Place, long? MessageId, JobState State, double Progress, int Starts,
    Instant? StartedAt, Instant? EndedAt, string? Result, string? File, bool IsTold)
{
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    public bool IsWaiting => State is JobState.Queued or JobState.Interrupted;
}

/// <param name="ThreadId">The topic, in a group that has them.</param>
public sealed record JobPlace(long ChatId, long? ThreadId);

/// <summary>A job that is asked for.</summary>
/// <param name="RequestId">Unique; the same one makes one job.</param>
/// <param name="Place">Where it is told; null at the terminal.</param>
public sealed record JobRequest(string RequestId, string Kind, string Arguments, string AskedById, string AskedBy, JobPlace? Place);
