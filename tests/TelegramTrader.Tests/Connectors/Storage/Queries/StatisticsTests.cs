using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Queries;

public sealed class StatisticsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly TradeHistory _history;
    private readonly TradeQueries _queries;

    public StatisticsTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _history = new TradeHistory(_data);
        _queries = new TradeQueries(_data);
    }

    [Fact]
    public async Task Statistics_WithoutTrades_AreEmpty()
    {
        var statistics = await _queries.StatisticsAsync(Some.Account);
        Assert.Equal(("USDT", 0, 0), (statistics.Asset, statistics.Results.Trades, statistics.SignalsSeen));
        Assert.Empty(statistics.ByChannel);
    }

    [Fact]
    public async Task Statistics_OfAnyWindowChannelAndSymbol_AreWhatTheTradesThemselvesAddUpTo()
    {
        var random = new Random(99);
        string[] channels = ["@alpha", "@beta", "@gamma"];
        string[] symbols = ["BTC/USDT:USDT", "ETH/USDT:USDT"];
        var time = At(2025, 1, 15);
        var rows = new List<TradeRow>();
        for (var number = 1; number <= 400; number++)
        {
            // Some end in the same millisecond, in no order of their numbers.
            time += TimeSpan.FromHours(random.Next(0, 24));
            var swapped = number % 2 == 0 ? number - 1 : number + 1;
            rows.Add(TradeHistory.Trade(
                swapped, time, random.Next(-300, 350) / 10m, channels[random.Next(3)], symbols[random.Next(2)], random.Next(3) == 0 ? "Stop" : "Target",
                random.Next(10) == 0 ? TradeStage.Unfilled : TradeStage.Closed));
        }

        foreach (var part in rows.Chunk(7))
            _history.Write(part);
        var windows = new List<(Instant?, Instant?)> { (null, null), (At(2025, 2, 1), At(2025, 4, 1)), (At(2025, 2, 1), null), (null, At(2025, 3, 1)), (At(2025, 2, 3), At(2025, 2, 20)), (At(2026, 1, 1), null) };
        for (var index = 0; index < 12; index++)
            windows.Add((At(2025, 1, 1) + TimeSpan.FromHours(random.Next(0, 4000)), At(2025, 1, 1) + TimeSpan.FromHours(random.Next(0, 6000))));
        foreach (var (since, until) in windows)
            foreach (var channel in new[] { null, "@beta" })
                foreach (var symbol in new[] { null, "ETH/USDT:USDT" })
                {
                    var meant = rows.Where(row => (since is null || row.EndedAt >= since) && (until is null || row.EndedAt < until)
                        && (channel is null || row.Channel == channel) && (symbol is null || row.Symbol == symbol)).ToArray();
                    var statistics = await _queries.StatisticsAsync(Some.Account, since, until, channel is null ? null : new ChannelId(channel), symbol is null ? null : Symbol.Parse(symbol));
                    Assert.Equal(Facts.Of(AddedUp(meant)), Facts.Of(statistics.Results));
                    Assert.Equal(Facts.Of(Groups(meant, row => row.Channel)), Facts.Of(statistics.ByChannel));
                    Assert.Equal(Facts.Of(Groups(meant, row => row.Symbol)), Facts.Of(statistics.BySymbol));
                }
    }

    [Fact]
    public async Task Statistics_OfAnEndedTradeThatCameToLife_AreCorrected()
    {
        var (first, second, third) = (TradeHistory.Trade(1, At(2025, 5, 1), 100m), TradeHistory.Trade(2, At(2025, 5, 2), -30m), TradeHistory.Trade(3, At(2025, 6, 2), 10m, "@beta"));
        _history.Write(first, second, third);
        // Written once more without a change.
        _history.Write(second);
        Assert.Equal((80m, 3), await NetAsync());
        // An entry was filled after the end.
        _history.Write(Changed(second, row => (row.Stage, row.EndedAt, row.EndReason) = (TradeStage.Open, null, null)));
        Assert.Equal((110m, 2), await NetAsync());
        _history.Write(Changed(second, row => (row.EndedAt, row.Net) = (At(2025, 6, 1), -45m)));
        Assert.Equal((65m, 3), await NetAsync());
        Assert.Equal(-45m, (await _queries.StatisticsAsync(Some.Account, At(2025, 6, 1), At(2025, 7, 1), new ChannelId("@alpha"))).Results.Net);
        _history.Write(Changed(first, row => (row.Stage, row.EndedAt) = (TradeStage.Open, null)));
        using var context = _data.Read();
        Assert.DoesNotContain(context.ResultMonths.ToArray(), row => row.Month == At(2025, 5, 1));
    }

    [Fact]
    public async Task Statistics_OfTwoAssets_AreNeverAddedUp()
    {
        _history.Write(TradeHistory.Trade(1, At(2025, 5, 1), 100m), TradeHistory.Trade(2, At(2025, 5, 2), 7m, symbol: "BTC/USDC:USDC", asset: "USDC"));
        var latest = await _queries.StatisticsAsync(Some.Account);
        Assert.Equal(("USDC", 7m, "USDT"), (latest.Asset, latest.Results.Net, Assert.Single(latest.OtherAssets)));
        var asked = await _queries.StatisticsAsync(Some.Account, asset: "USDT");
        Assert.Equal(("USDT", 100m, "USDC"), (asked.Asset, asked.Results.Net, Assert.Single(asked.OtherAssets)));
    }

    [Fact]
    public async Task Statistics_OfTwoAccounts_AreNeverAddedUp()
    {
        var live = Changed(TradeHistory.Trade(2, At(2025, 5, 2), -7m), row => row.Account = "binance-main");
        _history.Write(TradeHistory.Trade(1, At(2025, 5, 1), 100m), live);
        Assert.Equal((100m, 1), await NetAsync());
        Assert.Equal(-7m, (await _queries.StatisticsAsync(new AccountId("binance-main"))).Results.Net);
        Assert.Equal(-7m, (await _queries.StatisticsAsync(new AccountId("binance-main"), At(2025, 5, 2))).Results.Net);
        Assert.Equal([-7m, 0m], (await _queries.DailyResultsAsync(new AccountId("binance-main"), 2, TimeZoneInfo.Utc, At(2025, 5, 2))).Select(day => day.Results.Net));
    }

    [Fact]
    public async Task DailyResults_BeginDaysAtMidnightOfTheZone()
    {
        // 2025-05-05 22:30 and 2025-05-06 21:30 UTC are both the 6th in Istanbul, which is three hours ahead.
        _history.Write(
            TradeHistory.Trade(1, At(2025, 5, 5, 20, 59), 1m), TradeHistory.Trade(2, At(2025, 5, 5, 21, 0), 10m), TradeHistory.Trade(3, At(2025, 5, 6, 20, 59), 100m),
            TradeHistory.Trade(4, At(2025, 5, 6, 21, 0), 1000m), TradeHistory.Trade(5, At(2025, 5, 3, 12, 0), 10000m));
        var days = await _queries.DailyResultsAsync(Some.Account, 3, TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul"), At(2025, 5, 7, 10, 0));
        Assert.Equal(
            [(new DateOnly(2025, 5, 7), 1000m, 1), (new DateOnly(2025, 5, 6), 110m, 2), (new DateOnly(2025, 5, 5), 1m, 1)],
            days.Select(day => (day.Day, day.Results.Net, day.Results.Trades)));
        var utc = await _queries.DailyResultsAsync(Some.Account, 5, TimeZoneInfo.Utc, At(2025, 5, 7, 10, 0));
        Assert.Equal([0m, 1100m, 11m, 0m, 10000m], utc.Select(day => day.Results.Net));
    }

    [Fact]
    public async Task DailyResults_OverTheEndOfSummerTime_LoseNoHour()
    {
        // 2025-10-26 has 25 hours in Berlin: from 22:00 UTC on the 25th to 23:00 UTC on the 26th.
        _history.Write(TradeHistory.Trade(1, At(2025, 10, 25, 21, 59), 1m), TradeHistory.Trade(2, At(2025, 10, 25, 22, 0), 10m), TradeHistory.Trade(3, At(2025, 10, 26, 22, 59), 100m), TradeHistory.Trade(4, At(2025, 10, 26, 23, 0), 1000m));
        var days = await _queries.DailyResultsAsync(Some.Account, 3, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), At(2025, 10, 27, 22, 30));
        Assert.Equal([1000m, 110m, 1m], days.Select(day => day.Results.Net));
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private async Task<(decimal Net, int Trades)> NetAsync()
    {
        var results = (await _queries.StatisticsAsync(Some.Account)).Results;
        return (results.Net, results.Trades);
    }

    private static ResultTally AddedUp(IEnumerable<TradeRow> rows)
    {
        var sum = new ResultSum();
        foreach (var row in rows.OrderBy(row => row.EndedAt).ThenBy(row => row.Number))
            sum.Add(EndedTrade.From(row)!.Value);
        return sum.Tally;
    }

    private static IEnumerable<GroupResult> Groups(IEnumerable<TradeRow> rows, Func<TradeRow, string> name) => rows.GroupBy(name)
        .Select(group => new GroupResult(group.Key, AddedUp(group))).OrderByDescending(group => group.Results.Net).ThenBy(group => group.Name, StringComparer.Ordinal);

    private static TradeRow Changed(TradeRow row, Action<TradeRow> change)
    {
        var copy = TradeHistory.Trade(row.Number, row.EndedAt, row.Net, row.Channel, row.Symbol);
        change(copy);
        return copy;
    }

    private static Instant At(int year, int month, int day, int hour = 0, int minute = 0) => Instant.From(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero));
}
