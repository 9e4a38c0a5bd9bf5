using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Trading;

namespace TelegramTrader.Jobs;

/// <summary>
/// Sends the report of every day of the desk's time that has ended and was not reported. Runs a minute after midnight, and whenever the desk's day changes;
/// a day is reported once, however often it runs.
/// </summary>
[DisallowConcurrentExecution]
public sealed class DailyStatisticsJob(
    TradingDesk desk, TradeQueries queries, NotificationOutbox outbox, Recipients recipients, KeyValueStore values, JobLog jobs, ILogger<DailyStatisticsJob> log) : IJob
{
    private const string Key = "daily-report";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var calendar = new TradingCalendar(desk.Settings.TimeZone);
        var today = calendar.DayStart(desk.Now);
        if (desk.Now > Instant.Epoch && values.Get<long?>(Key) is var reported && (reported is null || reported < today.UnixMilliseconds))
        {
            // A day has 23 to 25 hours; its first moment is that of the moment before today.
            var yesterday = calendar.DayStart(new Instant(today.UnixMilliseconds - 1));
            // Before the first day is over there is nothing to report.
            if (reported is not null)
                await ReportAsync(calendar, yesterday, today, cancellationToken);
            values.Set<long?>(Key, today.UnixMilliseconds);
        }

        jobs.Ran(nameof(DailyStatisticsJob));
    }

    private async Task ReportAsync(TradingCalendar calendar, Instant from, Instant until, CancellationToken cancellation)
    {
        var statistics = await queries.StatisticsAsync(from, until, null, null, cancellation: cancellation);
        var results = statistics.Results;
        var snapshot = await desk.SnapshotAsync();
        var report = new Notification.DayReported(
            calendar.LocalDate(from), results.Trades, results.Wins, new Money(results.Net, statistics.Asset), results.SumR,
            new Money(results.Fees, statistics.Asset), new Money(results.Funding, statistics.Asset),
            statistics.SignalsSeen, statistics.Accepted, snapshot.Equity, snapshot.Trades.Count(view => view.Trade.Stage == TradeStage.Open));
        outbox.Add(report, recipients.Of(report), desk.Now);
        log.LogInformation("Daily report of {Day}: {Trades} closed, net {Net}", report.Day, report.Trades, report.Net);
    }
}
