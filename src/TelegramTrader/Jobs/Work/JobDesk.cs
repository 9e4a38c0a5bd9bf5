using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work;

/// <summary>What came of asking for a job: one of a closed set.</summary>
public abstract record JobAsked
{
    private JobAsked()
    {
    }

    public sealed record Taken(StoredJob Job) : JobAsked;

    /// <param name="Reason">A sentence.</param>
    public sealed record Refused(string Reason) : JobAsked;
}

/// <summary>
/// Where people ask for jobs, look at them and cancel them. At the start of the program it takes up what had not ended; at its end it stops what runs, which then waits for the next start.
/// </summary>
public sealed class JobDesk(JobStore store, JobQueue queue, JobRunner runner, JobSettings settings, TimeProvider time, ILogger<JobDesk> log) : IHostedService
{
    /// <summary>A job during which the program died so often is not started again: it may be what killed it.</summary>
    public const int MostStarts = 3;

    public StoredJob? Find(int number) => store.Find(number);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StoredJob> Latest(int count) => store.Latest(count);

    /// <summary>Null when it is not running.</summary>
    public JobProgress? ProgressOf(int number) => runner.ProgressOf(number);

    /// <summary>How many wait before it.</summary>
    public int PlaceInQueue(int number) => store.Waiting().TakeWhile(job => job.Number != number).Count();

    /// <summary>Writes it down and gives it its turn. The same request asks for one job, however often it comes.</summary>
    public async Task<JobAsked> AskAsync(JobRequest request, CancellationToken cancellation)
    {
        if (store.CountWaiting(request.AskedById) is var waiting && waiting >= settings.WaitingPerPerson)
            return new JobAsked.Refused($"{waiting} jobs of yours wait already, and the limit is {settings.WaitingPerPerson} (setting Jobs:WaitingPerPerson). Cancel one (/jobs lists them), or ask again when one has begun.");
        var job = store.Add(request, Now);
        await queue.AddAsync(job, cancellation);
        return new JobAsked.Taken(job);
    }

    /// <summary>Whoever asked for a job may cancel it, and an admin any.</summary>
    public async Task<string> CancelAsync(StoredJob job, ChatUser user, CancellationToken cancellation)
    {
        if (user.Role < Role.Admin && user.Id != job.AskedById)
            return $"Job {job.Number} was asked for by {job.AskedBy}; only {job.AskedBy} or an admin may cancel it.";
        if (store.TryCancelWaiting(job.Number, Now))
        {
            await queue.RemoveAsync(job.Number, cancellation);
            runner.Tell(job.Number);
            return $"Job {job.Number} is cancelled; it had not begun.";
        }

        return runner.Cancel(job.Number) ? $"Job {job.Number} is being cancelled." : $"Job {job.Number} has ended already.";
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        store.TakeUp(MostStarts, JobRows.Write(ChatAnswer.Of($"Left aside: it was started {MostStarts} times, and each time the program ended before it did. The log may say why.").Rows), Now);
        foreach (var job in store.Waiting())
        {
            await queue.AddAsync(job, cancellationToken);
            log.LogInformation("Job {Number} ({Kind}) waits for its turn since an earlier run", job.Number, job.Kind);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        runner.Stop();
        return Task.CompletedTask;
    }

    private Instant Now => Instant.From(time.GetUtcNow());
}
