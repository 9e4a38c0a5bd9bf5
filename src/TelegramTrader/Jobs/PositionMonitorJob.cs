using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Core.Engine;
using TelegramTrader.Notifications;
using TelegramTrader.Trading;

namespace TelegramTrader.Jobs;

/// <summary>Every 30 seconds: lets the engine look at its deadlines and protection, and brings the cards of live trades up to date.</summary>
[DisallowConcurrentExecution]
public sealed class PositionMonitorJob(TradingDesk desk, CardRefresh cards, JobLog jobs, ILogger<PositionMonitorJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        desk.Post(new EngineEvent.TimePassed { At = desk.Now });
        var snapshot = await desk.SnapshotAsync();
        foreach (var view in snapshot.Trades)
            if (view.StopHolder == StopHolder.Missing)
                log.LogWarning("Trade {Number} has no working stop since {Since}", view.Trade.Number, view.Trade.UnprotectedSince);
            else if (view.StopHolder == StopHolder.Nobody)
                log.LogWarning("Nobody watches the stop of trade {Number} since {Since}: no prices come", view.Trade.Number, view.Trade.UnwatchedSince);
        await cards.RefreshAsync(cancellationToken);
        jobs.Ran(nameof(PositionMonitorJob));
    }
}
