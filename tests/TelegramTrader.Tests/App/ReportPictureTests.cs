using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Jobs;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

public sealed class ReportPictureTests
{
    [NodeFact(packages: true)]
    public async Task DailyReports_OnlyTheLatestHasAPicture_AndItComesBehindTheText()
    {
        await using var server = await RunningBot.ServerAsync();
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(server, RunningBot.DemoRecording));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        bot.Services.GetRequiredService<KeyValueStore>().Set("reported-until", new DateTimeOffset(2025, 5, 13, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        await ActivatorUtilities.CreateInstance<DailyStatisticsJob>(bot.Services).Execute(null!);

        var picture = await server.WaitForMessageAsync(message => message is { ChatId: RunningBot.Admin, File: { IsPhoto: true, Name: "equity.png" } }, RunningBot.Patience);
        await bot.FinishAsync();

        var report = server.Messages(RunningBot.Admin).Single(message => message.MessageId == picture.ReplyTo);
        Assert.StartsWith("PAPER 2025-05-15: ", report.Text, StringComparison.Ordinal);
        Assert.Equal("PAPER: closed trades of the last 30 days", picture.Text);
        Assert.Single(server.Messages(RunningBot.Admin), message => message.File is not null);
    }
}
