using Quartz;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Jobs;

/// <summary>Starts the daily report when the desk's day changes: a recording reaches midnight when it likes, not when the clock on the wall does.</summary>
public sealed class DayChange(Func<Task<IScheduler>> scheduler) : ICommitListener
{
    private Instant? _day;

    public void Committed(EngineCommit commit)
    {
        if (commit.Scalars.Day is not { } day || day.Since == _day)
            return;
        _day = day.Since;
        _ = TriggerAsync();
    }

    private async Task TriggerAsync() => await (await scheduler()).TriggerJob(JobSchedule.DailyStatistics);
}
