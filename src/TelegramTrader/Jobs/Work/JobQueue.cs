using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Jobs;

namespace TelegramTrader.Jobs.Work;

/// <summary>
/// Whose turn it is: Quartz with a store of its own in the data folder (<c>jobs.db</c>), so that what waits or runs is started after the program ended, however it ended. What a job is and
/// how it stands is in the trading database, which alone is true: a turn that comes twice, or too late, finds nothing to do.
/// </summary>
public sealed class JobQueue([FromKeyedServices(JobQueue.Name)] ISchedulerFactory factory)
{
    public const string Name = "jobs";

    /// <param name="atOnce">So many run at the same time.</param>
    public static void Add(IServiceCollection services, DataFolder folder, int atOnce)
    {
        // Closed after each use: nobody may hold a file of a data folder that was closed.
        var file = new SqliteConnectionStringBuilder { DataSource = folder.FileAt("jobs.db"), Pooling = false }.ToString();
        services.AddQuartz(Name, quartz =>
        {
            quartz.UseDefaultThreadPool(atOnce);
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, file);
                store.ProvisionSchema();
            });
        });
    }

    /// <summary>Gives the job its turn after those that were asked for before it; does nothing when it has one.</summary>
    public async Task AddAsync(StoredJob asked, CancellationToken cancellation)
    {
        var number = asked.Number;
        var scheduler = await factory.GetScheduler(cancellation);
        if (await scheduler.Exists(KeyOf(number), cancellation))
            return;
        var job = JobBuilder.Create<WorkJob>().WithIdentity(KeyOf(number)).RequestRecovery().Build();
        // A turn that has waited for long is not late.
        var turn = TriggerBuilder.Create().WithIdentity(KeyOf(number).Name).ForJob(job)
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)).StartAt(asked.AskedAt.ToDateTimeOffset()).Build();
        await scheduler.ScheduleJob(job, turn, cancellationToken: cancellation);
    }

    public async Task RemoveAsync(int number, CancellationToken cancellation) => await (await factory.GetScheduler(cancellation)).DeleteJob(KeyOf(number), cancellation);

    public static int NumberOf(JobKey key) => int.Parse(key.Name, NumberStyles.None, CultureInfo.InvariantCulture);

    private static JobKey KeyOf(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A turn of one job.</summary>
public sealed class WorkJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await runner.RunAsync(JobQueue.NumberOf(context.JobDetail.Key));
}
