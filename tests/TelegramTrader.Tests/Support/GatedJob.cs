using TelegramTrader.Chat;
using TelegramTrader.Jobs.Work;

namespace TelegramTrader.Tests.Support;

/// <summary>
/// A kind of job that a test holds: <c>/backtest gate NAME</c> works on all its threads until the gate of that name is opened, and ends as the test wants. Cancelled, it stops at once.
/// </summary>
internal sealed class GatedJob : IJobKind, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ManualResetEventSlim> _gates = [];
    private readonly List<string> _starts = [];
    private readonly HashSet<(string? Name, ThreadPriority Priority, bool IsPool)> _threads = [];
    private double _progress;

    public string Name => "gate";

    public string Command => "backtest";

    /// <summary>What it comes to once its gate is open.</summary>
    public Func<string, JobOutcome> Ends { get; set; } = name => new JobOutcome.Done(ChatAnswer.Of($"The gate {name} was opened.").Rows, $"{{\"gate\":\"{name}\"}}");

    /// <summary>How far the jobs say that they are, from now on.</summary>
    public double Progress
    {
        set => Volatile.Write(ref _progress, value);
    }

    /// <summary>Each time one began, in that order.</summary>
    public IReadOnlyList<string> Starts
    {
        get
        {
            lock (_lock)
                return [.. _starts];
        }
    }

    /// <summary>What worked.</summary>
    public IReadOnlyCollection<(string? Name, ThreadPriority Priority, bool IsPool)> Threads
    {
        get
        {
            lock (_lock)
                return [.. _threads];
        }
    }

    public bool Takes(IReadOnlyList<string> words) => words is ["gate", ..];

    public JobCheck Check(IReadOnlyList<string> words) => words is [_, var name] ? new JobCheck.Ready(name) : new JobCheck.Wrong($"A gate has one name, but there are {words.Count - 1}.");

    public JobOutcome Run(JobWork work)
    {
        lock (_lock)
            _starts.Add(work.Arguments);
        var gate = GateOf(work.Arguments);
        var options = new ParallelOptions { MaxDegreeOfParallelism = work.Workers, TaskScheduler = TaskScheduler.Current };
        Parallel.For(0, work.Workers, options, _ =>
        {
            lock (_lock)
                _threads.Add((Thread.CurrentThread.Name, Thread.CurrentThread.Priority, Thread.CurrentThread.IsThreadPoolThread));
            while (!gate.IsSet && !work.Cancellation.IsCancellationRequested)
                work.Progress.Report(Volatile.Read(ref _progress));
        });
        work.Cancellation.ThrowIfCancellationRequested();
        return Ends(work.Arguments);
    }

    public void Open(string name) => GateOf(name).Set();

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }

    private ManualResetEventSlim GateOf(string name)
    {
        lock (_lock)
            return _gates.TryGetValue(name, out var gate) ? gate : _gates[name] = new ManualResetEventSlim();
    }
}
