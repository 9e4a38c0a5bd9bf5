using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Jobs;

/// <summary>
/// The jobs that people asked for. A state changes only from the one that it is expected to be in, so that a cancel and a start that meet have one winner. May be used from any thread.
/// </summary>
public sealed class JobStore(DataFolder folder)
{
    /// <summary>Of the text of the states, which the database keeps by name.</summary>
    private const string IsWaiting = "State IN ('Queued', 'Interrupted')";

    private readonly RowTable<JobRow> _table = new(folder.Model);

    /// <summary>Adds it, or finds the one that this request made before.</summary>
    public StoredJob Add(JobRequest request, Instant now) => folder.Writer.Write(transaction =>
    {
        if (_table.Where(transaction, "RequestId = $1", request.RequestId) is [var known])
            return JobOf(known);
        var row = new JobRow
        {
            RequestId = request.RequestId,
            Kind = request.Kind,
            Arguments = request.Arguments,
            AskedById = request.AskedById,
            AskedBy = request.AskedBy,
            AskedAt = now,
            ChatId = request.Place?.ChatId,
            ThreadId = request.Place?.ThreadId,
            State = JobState.Queued,
            Progress = 0,
            Starts = 0,
            IsTold = false,
        };
        row.Number = (int)_table.Insert(transaction, row);
        return JobOf(row);
    });

    public StoredJob? Find(int number) => folder.Reader.Read(reader => _table.Find(reader, number) is { } row ? JobOf(row) : null);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StoredJob> Latest(int count) => Where("1 ORDER BY Number DESC LIMIT $1", count);

    /// <summary>Those that wait for their turn, in its order.</summary>
    public IReadOnlyList<StoredJob> Waiting() => Where($"{IsWaiting} ORDER BY Number");

    /// <summary>Those of which something may be to tell: that have not ended, or whose end was not told.</summary>
    public IReadOnlyList<StoredJob> Untold() => Where("IsTold = 0 ORDER BY Number");

    public int CountWaiting(string askedById)
    {
        using var context = folder.Read();
        return context.Jobs.Count(row => row.AskedById == askedById && (row.State == JobState.Queued || row.State == JobState.Interrupted));
    }

    /// <summary>At the start of the program: what was running is not any more. It waits for its turn again, or was tried so often that it is left aside.</summary>
    /// <param name="mostStarts">A job that was started so often is not started again.</param>
    /// <param name="result">What is told of those that are left aside.</param>
    public void TakeUp(int mostStarts, string result, Instant now) => folder.Writer.Write(transaction =>
    {
        transaction.Execute("UPDATE Jobs SET State = 'Failed', Result = $1, EndedAt = $2 WHERE State = 'Running' AND Starts >= $3", result, now.UnixMilliseconds, mostStarts);
        transaction.Execute("UPDATE Jobs SET State = 'Interrupted' WHERE State = 'Running'");
    });

    /// <returns>False when it does not wait any more.</returns>
    public bool TryStart(int number, Instant now) =>
        Change($"UPDATE Jobs SET State = 'Running', Progress = 0, Starts = Starts + 1, StartedAt = $2 WHERE Number = $1 AND {IsWaiting}", number, now.UnixMilliseconds);

    /// <returns>False when it does not wait any more.</returns>
    public bool TryCancelWaiting(int number, Instant now) =>
        Change($"UPDATE Jobs SET State = 'Cancelled', EndedAt = $2 WHERE Number = $1 AND {IsWaiting}", number, now.UnixMilliseconds);

    /// <summary>It runs no longer because the program ends; that start does not count.</summary>
    public void PutBack(int number) => Change("UPDATE Jobs SET State = 'Interrupted', Starts = Starts - 1 WHERE Number = $1 AND State = 'Running'", number);

    /// <param name="progress">0 to 1.</param>
    public void SetProgress(int number, double progress) =>
        Change("UPDATE Jobs SET Progress = $2 WHERE Number = $1 AND State = 'Running'", number, (int)(Math.Clamp(progress, 0, 1) * 1000));

    /// <param name="state">One of the three that end a job.</param>
    /// <returns>False when it was not running.</returns>
    public bool End(int number, JobState state, string? result, string? file, Instant now) => Change(
        "UPDATE Jobs SET State = $2, Result = $3, File = $4, EndedAt = $5, Progress = CASE WHEN $2 = 'Done' THEN 1000 ELSE Progress END WHERE Number = $1 AND State = 'Running'",
        number, state.ToString(), result, file, now.UnixMilliseconds);

    /// <summary>The message that shows the job from now on.</summary>
    public void SetMessage(int number, long messageId) => Change("UPDATE Jobs SET MessageId = $2 WHERE Number = $1", number, messageId);

    public void MarkTold(int number) => Change("UPDATE Jobs SET IsTold = 1 WHERE Number = $1", number);

    private bool Change(string sql, params object?[] values) => folder.Writer.Write(transaction => transaction.Execute(sql, values)) > 0;

    private IReadOnlyList<StoredJob> Where(string condition, params object?[] values) => folder.Reader.Read(reader => (IReadOnlyList<StoredJob>)[.. _table.Where(reader, condition, values).Select(JobOf)]);

    private static StoredJob JobOf(JobRow row) => new(
        row.Number, row.Kind, row.Arguments, row.AskedById, row.AskedBy, row.AskedAt, row.ChatId is { } chat ? new JobPlace(chat, row.ThreadId) : null, row.MessageId, row.State,
        row.Progress / 1000.0, row.Starts, row.StartedAt, row.EndedAt, row.Result, row.File, row.IsTold);
}
