using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work;

/// <summary>
/// Runs jobs, each once at a time, on threads of their own, and writes down how they end. A job that was cancelled ends as that; one whose program ends goes back to those that wait.
/// </summary>
public sealed class JobRunner(JobStore store, JobKinds kinds, JobFiles files, JobSettings settings, TimeProvider time, ILogger<JobRunner> log) : IDisposable
{
    private readonly ConcurrentDictionary<int, RunningJob> _running = new();
    // Each job has a thread to begin on; what it does at the same time shares them.
    private readonly WorkThreads _threads = new(Math.Max(settings.Threads, settings.AtOnce));
    private volatile bool _isStopping;

    /// <summary>Something of the job with this number is to be told. On any thread; must return soon and not throw.</summary>
    public event Action<int>? Changed;

    /// <summary>Null when it is not running.</summary>
    public JobProgress? ProgressOf(int number) => _running.TryGetValue(number, out var running) ? running.Progress : null;

    /// <summary>Says that something of a job changed that others did.</summary>
    public void Tell(int number) => Changed?.Invoke(number);

    /// <returns>False when it is not running.</returns>
    public bool Cancel(int number)
    {
        if (!_running.TryGetValue(number, out var running))
            return false;
        running.Cancel();
        return true;
    }

    /// <summary>No job is begun any more, and those that run go back to those that wait.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var running in _running.Values)
            running.Stop();
    }

    /// <summary>Runs a job that waits; does nothing when it does not wait any more.</summary>
    public async Task RunAsync(int number)
    {
        var running = new RunningJob(new JobProgress(time, settings.ProgressEvery, share =>
        {
            store.SetProgress(number, share);
            Tell(number);
        }));
        if (!_running.TryAdd(number, running))
            return;
        try
        {
            // Whoever cancels from here on finds it among the running.
            if (!_isStopping && store.TryStart(number, Now) && store.Find(number) is { } job)
            {
                Tell(number);
                await RunAsync(job, running);
            }
        }
        finally
        {
            _running.TryRemove(number, out _);
            Tell(number);
        }
    }

    public void Dispose()
    {
        Stop();
        _threads.Dispose();
    }

    private async Task RunAsync(StoredJob job, RunningJob running)
    {
        JobOutcome outcome;
        try
        {
            // It may have come between the look and the start.
            if (_isStopping)
                running.Stop();
            outcome = kinds.Find(job.Kind) is { } kind
                ? await Task.Factory.StartNew(() => kind.Run(new JobWork(job.Arguments, settings.Threads, running.Progress, running.Token)), running.Token, TaskCreationOptions.DenyChildAttach, _threads)
                : new JobOutcome.Failed($"This version has no job called '{job.Kind}'.");
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            if (running.IsStopped)
                store.PutBack(job.Number);
            else
                store.End(job.Number, JobState.Cancelled, null, null, Now);
            log.LogInformation("Job {Number} {How}", job.Number, running.IsStopped ? "is interrupted, because the bot ends" : "was cancelled");
            return;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Job {Number} ({Kind} {Arguments}) failed", job.Number, job.Kind, job.Arguments);
            outcome = new JobOutcome.Failed($"A mistake in the program: {exception.GetType().Name}. The log has the details. Nothing else stopped.");
        }

        End(job, outcome);
    }

    private void End(StoredJob job, JobOutcome outcome)
    {
        switch (outcome)
        {
            case JobOutcome.Done done:
                files.KeepCharts(job.Number, done.Charts);
                store.End(job.Number, JobState.Done, JobRows.Write(done.Rows), files.KeepResult(job, done.Json), Now);
                break;
            case JobOutcome.Failed failed:
                store.End(job.Number, JobState.Failed, JobRows.Write(ChatAnswer.Of(failed.Reason).Rows), null, Now);
                break;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is not in the set of outcomes.");
        }

        log.LogInformation("Job {Number} ({Kind}) ended: {Outcome}", job.Number, job.Kind, outcome.GetType().Name);
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private sealed class RunningJob(JobProgress progress)
    {
        // Never disposed of, because somebody may cancel at any time; it holds nothing that would have to be let go.
        private readonly CancellationTokenSource _cancellation = new();

        public JobProgress Progress { get; } = progress;

        public CancellationToken Token => _cancellation.Token;

        /// <summary>It ends because the program does.</summary>
        public bool IsStopped { get; private set; }

        public void Cancel() => _cancellation.Cancel();

        public void Stop()
        {
            // What a person has cancelled stays cancelled.
            if (!_cancellation.IsCancellationRequested)
                IsStopped = true;
            _cancellation.Cancel();
        }
    }
}
