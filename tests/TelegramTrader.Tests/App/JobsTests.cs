using Microsoft.Extensions.DependencyInjection;
using Quartz;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Jobs;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

/// <summary>The jobs over a bot whose recording is over; Quartz itself is trusted to call them.</summary>
public sealed class JobsTests
{
    [Fact]
    public async Task DailyStatistics_DaysThatEnded_AreReportedOnceEachAndTheRestAddsUp()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.DemoRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        // As if the last report had been on the evening before the first recorded day.
        bot.Services.GetRequiredService<KeyValueStore>().Set("reported-until", new DateTimeOffset(2025, 5, 11, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        await RunAsync<DailyStatisticsJob>(bot);
        await RunAsync<DailyStatisticsJob>(bot);
        var reports = Told(bot).OfType<Notification.DayReported>().ToArray();
        Assert.Equal(Enumerable.Range(11, 5).Select(day => new DateOnly(2025, 5, day)), reports.Select(report => report.Day));
        var closed = (await bot.Services.GetRequiredService<TradeQueries>().RecentTradesAsync(1000, finishedOnly: true)).Where(trade => trade.Stage == TradeStage.Closed).ToArray();
        Assert.True(closed.Length > 20);
        Assert.Equal(closed.Length, reports.Sum(report => report.Trades));
        Assert.Equal(closed.Sum(trade => trade.Net.Amount), reports.Sum(report => report.Net.Amount));
    }

    [Fact]
    public async Task PositionMonitor_Run_LetsTheEngineLookAtItsDeadlines()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        await RunAsync<PositionMonitorJob>(bot);
        Assert.Contains(nameof(PositionMonitorJob), bot.Services.GetRequiredService<JobLog>().LastRuns.Keys);
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Health_WhatChanges_IsLoggedOnce()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        await RunAsync<HealthJob>(bot);
        var logged = bot.Log.Texts.Count();
        await RunAsync<HealthJob>(bot);
        Assert.Equal(logged, bot.Log.Texts.Count());
    }

    [Fact]
    public async Task CleanUp_Run_KeepsTheBooks()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        var trades = TradeRows(bot);
        await RunAsync<CleanUpJob>(bot);
        Assert.Equal(trades, TradeRows(bot));
        Assert.Contains(bot.Log.Texts, text => text.Contains("Cleaned up", StringComparison.Ordinal));
    }

    private static int TradeRows(RunningBot bot)
    {
        using var context = bot.Services.GetRequiredService<DataFolder>().Read();
        return context.Trades.Count();
    }

    private static IEnumerable<Notification> Told(RunningBot bot)
    {
        using var context = bot.Services.GetRequiredService<DataFolder>().Read();
        return [.. context.Outbox.Where(row => row.Kind == OutboxKind.Notify).OrderBy(row => row.Id).Select(row => row.Document!).AsEnumerable()
            .Select(document => DomainJson.Read<Notification>(document))];
    }

    // None of them looks at the context that Quartz gives.
    private static ValueTask RunAsync<T>(RunningBot bot) where T : IJob => ActivatorUtilities.CreateInstance<T>(bot.Services).Execute(null!);
}
