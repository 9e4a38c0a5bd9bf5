using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Queries;

public sealed class TradeQueriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoredDesk _desk;
    private readonly TradeQueries _queries;

    public TradeQueriesTests()
    {
        _desk = BusyRun.Play(BusyRun.Desk(_folder.Path, new ScriptedParser()));
        _queries = new TradeQueries(_desk.Folder);
    }

    [Fact]
    public async Task Find_ATrade_HasEverythingThatHappenedToIt()
    {
        var report = await _queries.FindAsync(7);
        Assert.NotNull(report);
        var commits = _desk.Collected.Commits;
        Assert.Equal(Facts.Of(commits.SelectMany(commit => commit.Changes.Decisions).Single(decision => decision.Number == 7)), Facts.Of(report.Decision));
        Assert.Equal(Facts.Of(_desk.Trade(7)), Facts.Of(report.Trade));
        Assert.Equal(Facts.Of(_desk.State.OrdersOf(7).OrderBy(order => order.CreatedAt).ThenBy(order => order.Id.Value, StringComparer.Ordinal)), Facts.Of(report.Orders));
        Assert.Equal(Facts.Of(commits.SelectMany(commit => commit.Changes.Fills).Where(fill => fill.TradeNumber == 7)), Facts.Of(report.Fills));
        Assert.Equal(Facts.Of(commits.SelectMany(commit => commit.Changes.Funding).Where(funding => funding.TradeNumber == 7)), Facts.Of(report.Funding));
        Assert.Equal(Facts.Of(commits.SelectMany(commit => commit.Changes.Notes).Where(note => note.TradeNumber == 7)), Facts.Of(report.Notes));
        Assert.NotEmpty(report.Fills);
        Assert.NotEmpty(report.Funding);
        Assert.NotEmpty(report.Notes);
        Assert.Equal([("text @gamma 9 1", "signal"), ("text @gamma 9 2", "edit")], report.Messages.Select(message => (message.Message.Text, message.Outcome!)));
        Assert.All(report.Messages, message => Assert.NotNull(message.HandledAt));
    }

    [Fact]
    public async Task Find_ADenial_HasTheReasonAndThePostAndNoTrade()
    {
        var report = await _queries.FindAsync(2);
        Assert.Equal(("duplicate-signal", DecisionOutcome.Denied), (report!.Decision.Failure!.Code, report.Decision.Outcome));
        Assert.Null(report.Trade);
        Assert.Empty(report.Orders);
        Assert.Equal("text @beta 2 1", Assert.Single(report.Messages).Message.Text);
        Assert.Null(await _queries.FindAsync(99));
        Assert.Null(await _queries.TradeAsync(2));
        Assert.Equal(7, (await _queries.TradeAsync(7))!.Number);
    }

    [Fact]
    public async Task RecentTrades_AreTheNewestOrThoseThatEndedLast()
    {
        Assert.Equal([8, 7, 4], (await _queries.RecentTradesAsync(3, finishedOnly: false)).Select(trade => trade.Number));
        Assert.Equal([4, 3, 1], (await _queries.RecentTradesAsync(10, finishedOnly: true)).Select(trade => trade.Number));
        Assert.Equal([4, 3], (await _queries.RecentTradesAsync(2, finishedOnly: true)).Select(trade => trade.Number));
    }

    [Fact]
    public async Task RecentDecisions_CanBeAskedForByOutcome()
    {
        Assert.Equal([8, 7, 6], (await _queries.RecentDecisionsAsync(3)).Select(decision => decision.Number));
        Assert.Equal([2], (await _queries.RecentDecisionsAsync(3, DecisionOutcome.Denied)).Select(decision => decision.Number));
        Assert.Equal([6], (await _queries.RecentDecisionsAsync(3, DecisionOutcome.Doubtful)).Select(decision => decision.Number));
    }

    [Fact]
    public async Task DecisionCounts_AreByChannelOutcomeAndCode()
    {
        var counts = await _queries.DecisionCountsAsync(Instant.Epoch);
        Assert.Equal(
            [("@alpha", DecisionOutcome.Accepted, null, 3), ("@beta", DecisionOutcome.Accepted, null, 1), ("@beta", DecisionOutcome.Denied, "duplicate-signal", 1),
                ("@beta", DecisionOutcome.Malformed, "stop-wrong-side", 1), ("@beta", DecisionOutcome.Doubtful, "no-levels", 1), ("@gamma", DecisionOutcome.Accepted, (string?)null, 1)],
            counts.Select(count => (count.Channel.Value, count.Outcome, count.Code, count.Count)));
        Assert.Equal(new DecisionCount(new ChannelId("@alpha"), DecisionOutcome.Accepted, null, 1), Assert.Single(await _queries.DecisionCountsAsync(_desk.Trade(8).CreatedAt)));
    }

    [Fact]
    public async Task Statistics_OfARun_CountItsTradesAndSignals()
    {
        var statistics = await _queries.StatisticsAsync(Some.Account);
        var net = _desk.Trade(1).Net.Amount + _desk.Trade(3).Net.Amount;
        Assert.Equal((2, 1, net), (statistics.Results.Trades, statistics.Results.Unfilled, statistics.Results.Net));
        Assert.Equal((8, 5, 1, 1, 1), (statistics.SignalsSeen, statistics.Accepted, statistics.Denied, statistics.Malformed, statistics.Doubtful));
        var window = await _queries.StatisticsAsync(Some.Account, _desk.Trade(3).CreatedAt, _desk.Trade(3).EndedAt!.Value + TimeSpan.FromMilliseconds(1), new ChannelId("@alpha"), Some.Btc);
        Assert.Equal((1, 1, _desk.Trade(3).Net.Amount), (window.SignalsSeen, window.Results.Trades, window.Results.Net));
        // The malformed and the doubtful post never got as far as a symbol; they wrote the pair.
        Assert.Equal(4, (await _queries.StatisticsAsync(Some.Account, channel: new ChannelId("@beta"), symbol: Some.Btc)).SignalsSeen);
        Assert.Equal(0, (await _queries.StatisticsAsync(Some.Account, symbol: Some.Eth)).SignalsSeen);
    }

    [Fact]
    public async Task LastSignalAt_IsTheLatestPostOfEachChannel()
    {
        var last = await _queries.LastSignalAtAsync();
        Assert.Equal(["@alpha", "@beta", "@gamma"], last.Keys.Select(channel => channel.Value).Order(StringComparer.Ordinal));
        Assert.Equal(_desk.Trade(8).CreatedAt, last[new ChannelId("@alpha")]);
        Assert.Equal(_desk.Collected.Commits.SelectMany(commit => commit.Changes.Messages).Last(outcome => outcome.Message.Channel.Value == "@gamma").Message.ReceivedAt, last[new ChannelId("@gamma")]);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }
}
