using System.Diagnostics;

namespace TelegramTrader.Benchmarks.FeedDay;

/// <summary>A clock on which everything that waits waits so many times shorter: a day goes by in minutes, with every timer of the bot in its place.</summary>
internal sealed class FasterTime(DateTimeOffset start, int speed) : TimeProvider
{
    private readonly long _from = Stopwatch.GetTimestamp();

    public int Speed => speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => Stopwatch.GetElapsedTime(_from).Ticks * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>At least a millisecond: no system timer is finer.</summary>
    private TimeSpan Real(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / speed));

    private sealed class Timer(ITimer real, FasterTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => real.Dispose();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
