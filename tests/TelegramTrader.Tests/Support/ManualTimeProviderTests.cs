namespace TelegramTrader.Tests.Support;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_TimersOnTheWay_FireInOrderEachAtItsMoment()
    {
        using var second = Timer("second", 2);
        using var first = Timer("first", 1);
        using var periodic = Timer("each", 2, 2);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["first at 1", "second at 2", "each at 2", "each at 4"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Elapsed);
    }

    [Fact]
    public void Advance_DisposedOrChangedTimer_FiresAsLastSet()
    {
        using var gone = Timer("gone", 1);
        using var moved = Timer("moved", 1);
        gone.Dispose();
        moved.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["moved at 3"], _fired);
    }

    [Fact]
    public void Advance_TimerSetByATimer_FiresInTheSameAdvance()
    {
        ITimer? next = null;
        using var first = _time.CreateTimer(_ => next = Timer("next", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));
        next?.Dispose();

        Assert.Equal(["next at 2"], _fired);
    }

    [Fact]
    public async Task Advance_WaitsAndTimeouts_FollowThisClock()
    {
        var waiting = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromHours(1), _time);
        using var timeout = new CancellationTokenSource(TimeSpan.FromHours(2), _time);

        _time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.False(timeout.IsCancellationRequested);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForTimerAsync_TimerSetLater_Completes()
    {
        var waiting = _time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        using var other = Timer("other", 6);
        Assert.False(waiting.IsCompleted);

        using var wanted = Timer("wanted", 7);

        await waiting;
    }

    private ITimer Timer(string name, int seconds, int? everySeconds = null) => _time.CreateTimer(
        _ => _fired.Add($"{name} at {_time.Elapsed.TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(seconds),
        everySeconds is { } each ? TimeSpan.FromSeconds(each) : Timeout.InfiniteTimeSpan);
}
