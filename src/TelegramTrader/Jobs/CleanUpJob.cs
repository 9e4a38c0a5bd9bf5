using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Jobs;

/// <summary>Every night: drops old journal rows, sent notifications and log lines. Messages, signals, trades, orders and fills stay.</summary>
[DisallowConcurrentExecution]
public sealed class CleanUpJob(StorageMaintenance maintenance, StorageSettings settings, TradingDesk desk, JobLog jobs, ILogger<CleanUpJob> log) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var removed = maintenance.CleanUp(desk.Now - TimeSpan.FromDays(settings.KeepJournalDays), cancellationToken);
        log.LogInformation("Cleaned up: {Removed}", removed);
        jobs.Ran(nameof(CleanUpJob));
        return ValueTask.CompletedTask;
    }
}
