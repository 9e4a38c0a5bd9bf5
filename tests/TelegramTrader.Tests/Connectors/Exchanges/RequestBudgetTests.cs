using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class RequestBudgetTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Spend_ManyReadsWait_AStopGoesAtOnce()
    {
        using var budget = Budget(capacity: 10, perSecond: 1);
        var stuck = new TaskCompletionSource<int>();
        var reads = Enumerable.Range(0, 100).Select(_ => budget.SpendAsync(RequestPriority.Read, 1, () => stuck.Task, default)).ToArray();
        Assert.True(budget.WaitingCount > 90);

        var stop = budget.SpendAsync(RequestPriority.Protection, 1, () => Task.FromResult("placed"), default);

        Assert.Equal("placed", await stop.WaitAsync(ManualTimeProvider.Patience));
        stuck.SetResult(1);
        for (var second = 0; second < 200; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await DrainAsync(reads);
    }

    [Fact]
    public async Task Spend_ReadsHaveUsedTheirShare_EntriesAndStopsStillHaveTheirs()
    {
        using var budget = Budget(capacity: 10, perSecond: 0.001);
        for (var spent = 0; spent < 6; spent++)
            await budget.SpendAsync(RequestPriority.Read, 1, Done, default);
        var read = budget.SpendAsync(RequestPriority.Read, 1, Done, default);
        Assert.False(read.IsCompleted);

        await budget.SpendAsync(RequestPriority.Entry, 1, Done, default);
        await budget.SpendAsync(RequestPriority.Entry, 1, Done, default);
        var entry = budget.SpendAsync(RequestPriority.Entry, 1, Done, default);
        Assert.False(entry.IsCompleted);

        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default).WaitAsync(ManualTimeProvider.Patience);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default).WaitAsync(ManualTimeProvider.Patience);
        Assert.False(read.IsCompleted);
        Assert.False(entry.IsCompleted);
    }

    /// <summary>Also while nothing else may go: a pause that the exchange asked for, and all but the part of protection spent.</summary>
    [Fact]
    public async Task Spend_LooksForAnUnprotectedPosition_GoesInAPauseAndLeavesProtectionItsPart()
    {
        using var budget = Budget(capacity: 20, perSecond: 1);
        budget.Pause(TimeSpan.FromSeconds(60));
        var entry = budget.SpendAsync(RequestPriority.Entry, 1, Done, default);
        // Of 20 the pause leaves 3, which are protection's.
        var watch = budget.SpendAsync(RequestPriority.Watch, 2, Done, default);
        Assert.False(watch.IsCompleted);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default).WaitAsync(ManualTimeProvider.Patience);

        for (var second = 0; second < 4; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
        await watch.WaitAsync(ManualTimeProvider.Patience);
        Assert.False(entry.IsCompleted);
        for (var stop = 0; stop < 3; stop++)
            await budget.SpendAsync(RequestPriority.Protection, 1, Done, default).WaitAsync(ManualTimeProvider.Patience);
        await DrainAsync(entry);
    }

    [Fact]
    public async Task Spend_BudgetComesBack_TheMostUrgentGoesFirst()
    {
        using var budget = Budget(capacity: 2, perSecond: 1);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default);
        var order = new List<string>();
        var read = budget.SpendAsync(RequestPriority.Read, 1, () => Note("read"), default);
        var entry = budget.SpendAsync(RequestPriority.Entry, 1, () => Note("entry"), default);
        var stop = budget.SpendAsync(RequestPriority.Protection, 1, () => Note("stop"), default);

        await Task.WhenAny(DrainAsync(read, entry, stop));

        Assert.Equal(["stop", "entry", "read"], order);

        Task<int> Note(string name)
        {
            lock (order)
                order.Add(name);
            return Task.FromResult(0);
        }
    }

    [Fact]
    public async Task Pause_HoldsBackReadsAndEntries_NotStops()
    {
        using var budget = Budget(capacity: 10, perSecond: 10);
        budget.Pause(TimeSpan.FromSeconds(30));
        var read = budget.SpendAsync(RequestPriority.Read, 1, Done, default);
        var entry = budget.SpendAsync(RequestPriority.Entry, 1, Done, default);

        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default).WaitAsync(ManualTimeProvider.Patience);
        _time.Advance(TimeSpan.FromSeconds(29));
        await Task.Yield();
        Assert.False(read.IsCompleted);
        Assert.False(entry.IsCompleted);

        await DrainAsync(read, entry);
    }

    [Fact]
    public async Task Spend_CancelledBeforeItsTurn_SendsNothingAndFreesTheWay()
    {
        using var budget = Budget(capacity: 2, perSecond: 1);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default);
        await budget.SpendAsync(RequestPriority.Protection, 1, Done, default);
        using var giveUp = new CancellationTokenSource();
        var sent = false;
        var cancelled = budget.SpendAsync(RequestPriority.Protection, 1, () => { sent = true; return Done(); }, giveUp.Token);
        var next = budget.SpendAsync(RequestPriority.Protection, 1, Done, default);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await DrainAsync(next);
        Assert.False(sent);
    }

    [Fact]
    public async Task Spend_DearerThanTheWholeBudget_StillGetsItsTurn()
    {
        using var budget = Budget(capacity: 10, perSecond: 1);
        await DrainAsync(budget.SpendAsync(RequestPriority.Read, 1000, Done, default));
    }

    [Fact]
    public async Task Spend_ARequestThatFails_GivesItsPlaceBack()
    {
        using var budget = Budget(capacity: 100, perSecond: 1);
        for (var attempt = 0; attempt < 20; attempt++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => budget.SpendAsync<int>(RequestPriority.Read, 1, () => throw new InvalidOperationException("no"), default));
        Assert.Equal(0, budget.WaitingCount);
    }

    private RequestBudget Budget(double capacity, double perSecond) => new(new RequestBudgetOptions(capacity, perSecond), _time);

    private static Task<int> Done() => Task.FromResult(0);

    /// <summary>Lets time go by until all have ended; bounded by real time and not by steps, of which a busy machine does many before it comes to the requests.</summary>
    private async Task DrainAsync(params Task[] tasks)
    {
        var all = Task.WhenAll(tasks);
        for (var from = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(from) < ManualTimeProvider.Patience && !all.IsCompleted;)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(all, Task.Run(() => { }));
        }

        await all.WaitAsync(ManualTimeProvider.Patience);
    }
}
