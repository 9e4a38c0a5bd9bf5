using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Parity;

/// <summary>One engine for every mode: what was traded on paper comes out the same when the journal is replayed, and when the same recording is backtested.</summary>
public sealed class RecordedRunTests
{
    private static readonly EngineSettings Settings = new() { Account = new AccountId("paper") };

    [Fact]
    public async Task PaperRun_JournalReplayed_GivesIdenticalOutputs()
    {
        using var folder = new TemporaryFolder();
        await RunOnPaperAsync(folder.Path);
        using var data = DataFolder.Open(folder.Path);
        using (var context = data.Read())
            Assert.True(context.Journal.Count() > 200, $"{context.Journal.Count()} commits are no run");
        Assert.Empty(new JournalReplay(data, Settings, new SignalParser(), new ExchangeCapabilities(HoldsStops: true)).Differences());
    }

    [Fact]
    public async Task PaperRun_AndBacktest_MakeTheSameTradesToTheLastDigit()
    {
        using var folder = new TemporaryFolder();
        await RunOnPaperAsync(folder.Path);
        using var data = DataFolder.Open(folder.Path);
        var paper = await new TradeQueries(data).RecentTradesAsync(1000, finishedOnly: false);

        var backtest = Modes.Backtest(Settings, new SimulationSettings(), RecordingFolder.Load(RunningBot.ShortRecording), new SignalParser(), new CollectingJournal());
        backtest.Replay.Start(backtest.Engine.State);
        while (backtest.Replay.Next())
        {
        }

        var expected = paper.OrderBy(trade => trade.Number).Select(Written).ToArray();
        Assert.True(expected.Length > 5, $"{expected.Length} trades are no run");
        Assert.Equal(expected, backtest.Engine.State.Trades.Values.OrderBy(trade => trade.Number).Select(Written));
    }

    private static async Task RunOnPaperAsync(string folder)
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording), folder);
        await bot.FinishAsync();
    }

    private static string Written(Trade trade) =>
        $"#{trade.Number} {trade.Signal.Id} {trade.Stage} {trade.End} {trade.CreatedAt} {trade.EndedAt} {trade.OpenQuantity} {trade.Position} {string.Join(" ", trade.Closed)} net {trade.Net} R {trade.RMultiple} stop {trade.Exits.Stop}";
}
