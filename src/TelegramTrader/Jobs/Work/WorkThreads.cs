using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TelegramTrader.Jobs.Work;

/// <summary>
/// Threads of their own for long work, of the lowest priority: whatever trades or answers goes before it, and none of the threads that do is ever taken. Parallel loops inside the work
/// stay on these threads as long as they use the scheduler of the task that runs.
/// </summary>
internal sealed class WorkThreads : TaskScheduler, IDisposable
{
    // Ten steps more than the rest of the program: a tenth of its time where both want the same core.
    private const int Courtesy = 10;

    [ThreadStatic]
    private static WorkThreads? s_ofThisThread;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    /// <param name="count">At least 1.</param>
    public WorkThreads(int count)
    {
        _threads = [.. Enumerable.Range(1, count).Select(number => new Thread(Work) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = $"work {number}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>Waits for what runs.</summary>
    public void Dispose()
    {
        _tasks.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _tasks.Dispose();
    }

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => s_ofThisThread == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Work()
    {
        s_ofThisThread = this;
        // .NET passes a thread's priority on to Windows only. On Linux each thread has a niceness of its own, which anybody may raise; that it failed would only mean less courtesy.
        if (OperatingSystem.IsLinux())
            _ = Nice(Courtesy);
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    /// <summary>Adds to the niceness of the thread that calls, up to 19.</summary>
    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int more);
}
