using Quartz;

namespace TelegramTrader.Jobs;

/// <summary>Which job runs when. Missing a run is harmless: the next one asks for the truth again.</summary>
public static class JobSchedule
{
    /// <param name="withProbation">Channels may lose their live entries by their results.</param>
    public static void Add(IQuartzBuilder quartz, TimeZoneInfo zone, bool withProbation)
    {
        if (withProbation)
            quartz.ScheduleJob<ProbationJob>(trigger => trigger.WithIdentity("probation").WithSimpleSchedule(TimeSpan.FromHours(1)));
        quartz.ScheduleJob<PositionMonitorJob>(trigger => trigger.WithIdentity("position-monitor").WithSimpleSchedule(TimeSpan.FromSeconds(30)));
        quartz.ScheduleJob<HealthJob>(trigger => trigger.WithIdentity("health").WithSimpleSchedule(TimeSpan.FromMinutes(1)));
        quartz.ScheduleJob<DailyStatisticsJob>(trigger => trigger.WithIdentity("daily-statistics").WithSimpleSchedule(TimeSpan.FromMinutes(1)));
        quartz.ScheduleJob<CleanUpJob>(trigger => trigger.WithIdentity("clean-up").WithCronSchedule("0 17 3 * * ?", cron => cron.InTimeZone(zone)));
    }
}
