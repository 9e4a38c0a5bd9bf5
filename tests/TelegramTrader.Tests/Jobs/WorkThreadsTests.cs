using System.Collections.Concurrent;
using TelegramTrader.Jobs.Work;

namespace TelegramTrader.Tests.Jobs;

public sealed class WorkThreadsTests
{
    [Fact]
    public async Task ParallelWork_StaysOnTheThreadsThatAreMeantForIt()
    {
        using var threads = new WorkThreads(2);
        var seen = new ConcurrentBag<string?>();
        await Task.Factory.StartNew(
            () => Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 2, TaskScheduler = TaskScheduler.Current }, _ => seen.Add(Thread.CurrentThread.Name)),
            CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads);
        Assert.Equal(1000, seen.Count);
        Assert.All(seen, name => Assert.Contains(name, new[] { "work 1", "work 2" }));
    }

    [Fact]
    public async Task Threads_OnLinux_GiveWay()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var threads = new WorkThreads(1);
        // The nineteenth field; those before it are counted from behind the name, which may hold anything.
        var niceness = await Task.Factory.StartNew(Niceness, CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads);
        Assert.Equal(Math.Min(Niceness() + 10, 19), niceness);
    }

    private static int Niceness() => int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
}
