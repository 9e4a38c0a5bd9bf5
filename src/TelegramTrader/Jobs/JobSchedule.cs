using Quartz;

namespace TelegramTrader.Jobs;

/// <summary>Which job runs when. Missing a run is harmless: the next one asks for the truth again.</summary>
public static class JobSchedule
{
    public static void Add(IQuartzBuilder quartz, TimeZoneInfo zone)
    {
        quartz.ScheduleJob<PositionMonitorJob>(trigger => trigger.WithIdentity("position-monitor").WithSimpleSchedule(TimeSpan.FromSeconds(30)));
        quartz.ScheduleJob<HealthJob>(trigger => trigger.WithIdentity("health").WithSimpleSchedule(TimeSpan.FromMinutes(1)));
        quartz.ScheduleJob<DailyStatisticsJob>(trigger => trigger.WithIdentity("daily-statistics").WithSimpleSchedule(TimeSpan.FromMinutes(1)));
        quartz.ScheduleJob<CleanUpJob>(trigger => trigger.WithIdentity("clean-up").WithCronSchedule("0 17 3 * * ?", cron => cron.InTimeZone(zone)));
    }
}
