using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Jobs;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Judgement.Scorecards;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

/// <summary>Probation from the stored posts of a running bot to its chat.</summary>
public sealed class ProbationJobTests
{
    private static readonly AppSettings Settings = RunningBot.Settings(null, RunningBot.ShortRecording) with
    {
        Probation = new ProbationSettings { IsOn = true },
        Scorecards = new ScorecardSettings { Resamples = 1_000 },
        Trading = new EngineSettings { DeniesOnProbation = true },
    };

    [Fact]
    public async Task Run_AChannelThatLoses_IsPutOnProbationOnce_ToldAndShown()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        var folder = bot.Services.GetRequiredService<DataFolder>();
        bot.Services.GetRequiredService<MessageInbox>().StoreHistory([.. PlantedMarket.Posts.Select(PlantedMarket.Historic)], Some.Time, "test");
        new CandleStore(folder.Path, "binance").Add(Some.Btc, Timeframe.OneMinute, PlantedMarket.Candles, replace: false);

        await RunAsync(bot);
        await RunAsync(bot);

        var probation = Assert.Single(await bot.Desk.ReadAsync(state => state.Probations));
        Assert.Equal("@blind", probation.Channel.Value);
        Assert.StartsWith("its latest 29 positions brought -", probation.Reason, StringComparison.Ordinal);
        var told = Assert.Single(Told(folder).OfType<Notification.ProbationChanged>());
        Assert.Equal((probation.Channel, true, probation.Reason), (told.Channel, told.OnProbation, told.Reason));
        var shown = await AnswerAsync(bot, "/channels");
        Assert.Contains("@blind since ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("@seer since", shown, StringComparison.Ordinal);
        Assert.Contains(nameof(ProbationJob), bot.Services.GetRequiredService<JobLog>().LastRuns.Keys);
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Run_WithoutCandles_ChangesNothingAndSaysSo()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        bot.Services.GetRequiredService<MessageInbox>().StoreHistory([.. PlantedMarket.Posts.Select(PlantedMarket.Historic)], Some.Time, "test");

        await RunAsync(bot);

        Assert.Empty(await bot.Desk.ReadAsync(state => state.Probations));
        Assert.Contains("not judged for probation: @blind: No candles are stored", await AnswerAsync(bot, "/channels"), StringComparison.Ordinal);
    }

    private static ValueTask RunAsync(RunningBot bot) => ActivatorUtilities.CreateInstance<ProbationJob>(bot.Services).Execute(null!);

    private static async Task<string> AnswerAsync(RunningBot bot, string command)
    {
        var output = new StringWriter();
        var terminal = new Terminal(bot.Services.GetRequiredService<ChatDesk>(), new TerminalScreen(output, useColours: false, echo: false), TextReader.Null, TimeProvider.System);
        await terminal.AnswerAsync(command, CancellationToken.None);
        return output.ToString();
    }

    private static Notification[] Told(DataFolder folder)
    {
        using var context = folder.Read();
        return [.. context.Outbox.Where(row => row.Kind == OutboxKind.Notify).OrderBy(row => row.Id).Select(row => row.Document!).AsEnumerable().Select(document => DomainJson.Read<Notification>(document))];
    }
}
