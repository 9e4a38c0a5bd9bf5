using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Jobs;

/// <summary>
/// Sends the report of every day of the desk's time that has ended and was not reported. It looks every minute, because the desk's midnight is that of the set time zone, or of a
/// recording; a day is reported once, and days on which the bot did not run are made up for.
/// </summary>
[DisallowConcurrentExecution]
public sealed class DailyStatisticsJob(
    TradingDesk desk, TradeQueries queries, NotificationOutbox outbox, Recipients recipients, KeyValueStore values, JobLog jobs, ILogger<DailyStatisticsJob> log, TwinDesk? twin = null) : IJob
{
    // Whoever was away longer looks at /statistics.
    private const int MostDaysAtOnce = 7;
    private const string Key = "reported-until";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (desk.Now > Instant.Epoch)
        {
            var calendar = new TradingCalendar(desk.Settings.TimeZone);
            var today = calendar.DayStart(desk.Now);
            // The day of the first start has only begun.
            var reportedUntil = values.Get<long?>(Key) is { } stored ? new Instant(stored) : today;
            foreach (var (from, until) in EndedDays(calendar, reportedUntil, today).TakeLast(MostDaysAtOnce))
                await ReportAsync(calendar, from, until, cancellationToken);
            if (values.Get<long?>(Key) != today.UnixMilliseconds)
                values.Set(Key, today.UnixMilliseconds);
        }

        jobs.Ran(nameof(DailyStatisticsJob));
    }

    private static IEnumerable<(Instant From, Instant Until)> EndedDays(TradingCalendar calendar, Instant from, Instant today)
    {
        while (from < today)
        {
            // A day has 23 to 25 hours; 36 hours on lies always within the next.
            var next = calendar.DayStart(from + TimeSpan.FromHours(36));
            yield return (from, next);
            from = next;
        }
    }

    private async Task ReportAsync(TradingCalendar calendar, Instant from, Instant until, CancellationToken cancellation)
    {
        var statistics = await queries.StatisticsAsync(desk.Settings.Account, from, until, cancellation: cancellation);
        var results = statistics.Results;
        var snapshot = await desk.SnapshotAsync();
        var report = new Notification.DayReported(
            calendar.LocalDate(from), results.Trades, results.Wins, new Money(results.Net, statistics.Asset), results.SumR,
            new Money(results.Fees, statistics.Asset), new Money(results.Funding, statistics.Asset),
            statistics.SignalsSeen, statistics.Accepted, snapshot.Equity, snapshot.Trades.Count(view => view.Trade.Stage == TradeStage.Open), twin?.Sums(from, until));
        outbox.Add(report, recipients.Of(report), desk.Now);
        log.LogInformation("Daily report of {Day}: {Trades} closed, net {Net}", report.Day, report.Trades, report.Net);
    }
}
