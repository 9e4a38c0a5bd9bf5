using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Trading;

namespace TelegramTrader.Cli;

/// <summary>How the demo ended, in one screen.</summary>
internal static class DemoSummary
{
    public static async Task WriteAsync(IServiceProvider services, TerminalScreen screen, TimeSpan took, CancellationToken cancellation)
    {
        var desk = services.GetRequiredService<TradingDesk>();
        var formats = services.GetRequiredService<Formats>();
        var queries = services.GetRequiredService<TradeQueries>();
        var snapshot = await desk.SnapshotAsync();
        var text = new AnswerBuilder().Blank().Heading($"The recording is over ({formats.Time(desk.Now)}, replayed in {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s). {desk.Label} results:");
        StatisticsText.Write(text, await queries.StatisticsAsync(desk.Settings.Account, cancellation: cancellation), formats);
        if (snapshot is { Equity: { } equity })
            text.Blank().Plain("Equity ").Bold(formats.Money(equity)).Plain($", {snapshot.Trades.Count} trade(s) still open or waiting").EndRow();
        text.Blank().Heading("Not traded, by reason");
        foreach (var group in (await queries.DecisionCountsAsync(Core.Market.Instant.Epoch, cancellation)).Where(count => count.Code is not null).GroupBy(count => count.Code!).OrderByDescending(group => group.Sum(count => count.Count)))
            text.Line($"{group.Key}: {group.Sum(count => count.Count)}");
        screen.Show(text.Line("/why NUMBER explains any decision; docs/denials.md explains the reasons.").Build());
    }
}
