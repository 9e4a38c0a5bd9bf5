using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Benchmarks;

/// <summary>What <c>/statistics</c> asks of the database when there are very many ended trades over ten years. The baseline goes through every trade in the same run.</summary>
internal static class StatisticsSpeed
{
    private const int Batch = 20_000;
    private const int Times = 21;

    public static async Task<int> RunAsync(int trades)
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName;
        try
        {
            using var data = DataFolder.Open(folder);
            var written = Stopwatch.GetTimestamp();
            var end = Write(new TradeHistory(data), trades);
            Say($"{trades} trades written in {Stopwatch.GetElapsedTime(written).TotalSeconds:0} s, {new FileInfo(Path.Combine(folder, "trading.db")).Length / 1e6:0} MB");
            var queries = new TradeQueries(data);
            await MeasureAsync("all time", () => queries.StatisticsAsync(Some.Account), trades);
            await MeasureAsync("30 days", () => queries.StatisticsAsync(Some.Account, end - TimeSpan.FromDays(30)), trades);
            await MeasureAsync("one year", () => queries.StatisticsAsync(Some.Account, end - TimeSpan.FromDays(365)), trades);
            await MeasureAsync("one channel, all time", () => queries.StatisticsAsync(Some.Account, channel: new ChannelId("@channel7")), trades);
            return await AddUpAsync(Path.Combine(folder, "trading.db")) == trades ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>How many there are.</returns>
    private static async Task<long> AddUpAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Channel, COUNT(*), SUM(Net), SUM(Fees), SUM(Funding) FROM Trades WHERE EndedAt IS NOT NULL GROUP BY Channel";
        var from = Stopwatch.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync();
        var count = 0L;
        while (await reader.ReadAsync())
            count += reader.GetInt64(1);
        Say($"every trade added up by the database, in doubles (baseline): {Stopwatch.GetElapsedTime(from).TotalMilliseconds:0} ms");
        return count;
    }

    /// <returns>The end of the last.</returns>
    private static Instant Write(TradeHistory history, int trades)
    {
        var random = new Random(5);
        var step = TimeSpan.FromDays(3650) / trades;
        var time = Some.Time - TimeSpan.FromDays(3650);
        foreach (var numbers in Enumerable.Range(1, trades).Chunk(Batch))
        {
            var rows = new List<TradeRow>(numbers.Length);
            foreach (var number in numbers)
            {
                time += step;
                rows.Add(TradeHistory.Trade(
                    number, time, random.Next(-3000, 3300) / 10m, $"@channel{random.Next(40)}", $"C{random.Next(60)}/USDT:USDT", random.Next(3) == 0 ? "Stop" : "Target", random.Next(10) == 0 ? TradeStage.Unfilled : TradeStage.Closed));
            }

            history.Write(rows);
        }

        return time;
    }

    private static async Task MeasureAsync(string what, Func<Task<TradeStatistics>> ask, int trades)
    {
        var times = new double[Times];
        var found = 0;
        for (var time = 0; time < Times; time++)
        {
            var from = Stopwatch.GetTimestamp();
            found = (await ask()).Results.Trades;
            times[time] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        Say($"/statistics, {what}: {found} of {trades} trades; first {times[0]:0.0} ms, median {times.Order().ElementAt(Times / 2):0.0} ms, slowest after that {times.Skip(1).Max():0.0} ms");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
