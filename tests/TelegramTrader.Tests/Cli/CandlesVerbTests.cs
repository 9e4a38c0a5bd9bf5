using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Cli;

public sealed class CandlesVerbTests : IDisposable
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 4, 30, 22, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact(packages: true)]
    public async Task Fetch_StoresWhatIsMissingWithItsGapsAndReplacesADamagedMonth()
    {
        await using var binance = await BinanceServer.StartAsync(TimeProvider.System);
        Fill(binance, minutes: 2_500, gap: 1_200..1_203);
        string[] fetch = ["candles", "fetch", "BTC/USDT:USDT", "--from", "2025-04-30T22:00Z", "--to", "2025-05-02T15:40Z"];

        var (code, output, errors) = await RunAsync(binance, fetch);
        Assert.True(code == 0, errors);
        Assert.Equal(
            "BTC/USDT:USDT 1m: 2497 new candles.\n"
            + "binance BTC/USDT:USDT 1m: 2497 candles from 2025-04-30T22:00:00.000Z to 2025-05-02T15:39:00.000Z; gaps the exchange has too: 1, others: 0\n"
            + "  none from 2025-05-01T18:00:00.000Z to 2025-05-01T18:03:00.000Z; the exchange has none\n", output);
        Assert.StartsWith("BTC/USDT:USDT 1m: up to 2025-05-01T14:40:00.000Z, 40 %\n", errors, StringComparison.Ordinal);
        var stored = new CandleStore(Data, "binance").Read(Some.Btc, Timeframe.OneMinute, Start, Start + TimeSpan.FromDays(9)).ToList();
        Assert.Equal(binance.Futures.Market(Some.Btc).Candles, stored);

        var asked = Klines(binance);
        Assert.StartsWith("BTC/USDT:USDT 1m: 0 new candles.\n", (await RunAsync(binance, fetch)).Output, StringComparison.Ordinal);
        Assert.Equal(asked, Klines(binance));

        var month = Directory.GetFiles(Data, "2025-04.candles", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(month, "not candles");
        Assert.Equal(1, (await RunAsync(binance, ["candles", "list"])).Code);
        (code, output, errors) = await RunAsync(binance, fetch);
        Assert.True(code == 0, errors);
        Assert.StartsWith("BTC/USDT:USDT 1m: 120 new candles.\n", output, StringComparison.Ordinal);
        Assert.Contains($"{month} is damaged (it does not begin as a file of candles does)", errors, StringComparison.Ordinal);
        Assert.Equal("not candles", await File.ReadAllTextAsync(month + ".damaged"));
        Assert.Equal(stored, new CandleStore(Data, "binance").Read(Some.Btc, Timeframe.OneMinute, Start, Start + TimeSpan.FromDays(9)));
    }

    [NodeFact(packages: true)]
    public async Task Fetch_Interrupted_KeepsWhatCame()
    {
        await using var binance = await BinanceServer.StartAsync(TimeProvider.System);
        Fill(binance, minutes: 20_000, gap: 0..0);
        await SettingsAsync(binance.BaseUrl, requestsPerSecond: 0.5m);
        // Two pages are within the budget at once; the rest would take a minute.
        using var bot = BotProcess.Start(_folder.Path, new Dictionary<string, string>(),
            ["candles", "fetch", "BTC/USDT:USDT", "--from", "2025-04-30T22:00Z", "--to", "2025-05-14T00:00Z", "--settings", _folder.FileAt("settings.json")]);
        Assert.Contains("up to 2025-05-01T14:40", await bot.Errors.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        bot.Terminate();

        var (code, _, errors) = await bot.EndAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, code);
        Assert.EndsWith("Interrupted. What was fetched is stored; the same command goes on from there.\n", errors, StringComparison.Ordinal);
        Assert.True(new CandleStore(Data, "binance").Describe(Some.Btc, Timeframe.OneMinute)!.Count >= 1_000);
    }

    [NodeFact(packages: true)]
    public async Task Fetch_ASymbolThatIsNotListed_SaysSoAndEndsWith1()
    {
        await using var binance = await BinanceServer.StartAsync(TimeProvider.System);
        var (code, _, errors) = await RunAsync(binance, ["candles", "fetch", "NONE/USDT:USDT", "--from", "2025-05-01"]);
        Assert.Equal(1, code);
        Assert.Contains("'NONE/USDT:USDT'", Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("candles fetch BTCUSDT --from 2025-05-01", "but is 'BTCUSDT'")]
    [InlineData("candles fetch BTC/USDT --from yesterday", "from 2009 on, but is 'yesterday'")]
    [InlineData("candles fetch BTC/USDT --from 2025-05-01 --timeframe 40d", "1m to 31d, such as 15m or 4h, but is '40d'")]
    [InlineData("candles fetch BTC/USDT --from 2025-05-01 --exchange ../x", "but is '../x'")]
    [InlineData("candles fetch BTC/USDT --from 2025-05-02 --to 2025-05-01", "--from must be before --to (2025-05-01T00:00:00.000Z) but is 2025-05-02T00:00:00.000Z")]
    [InlineData("candles fetch BTC/USDT --from 2025-05-01", "No exchange is set up (setting Exchange:Name)")]
    [InlineData("import-candles nowhere.csv --symbol BTC/USDT --exchange binance", "The file 'nowhere.csv' does not exist.")]
    public async Task BadArguments_AreNamedInOneLineAndEndWith2(string line, string expected)
    {
        var (code, output, errors) = await RunAsync(null, line.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfACompressedFile_IsListed_AndOtherValuesStayUnlessReplaced()
    {
        var first = Compressed("a.csv.gz", "time,open,high,low,close,volume\n2025-05-01 00:00:00,10,12,9,11,1.5\n2025-05-01T00:01:00Z,11,12,10,11,2\n1746057780000,11,12,10,11,2\n");
        var (code, output, errors) = await ImportAsync(first);
        Assert.Equal((0, $"Reading {first}\n"), (code, errors));
        Assert.StartsWith($"{first}: 3 new candles, 0 were stored already.\n", output, StringComparison.Ordinal);
        Assert.Equal(
            "okx BTC/USDT 1m: 3 candles from 2025-05-01T00:00:00.000Z to 2025-05-01T00:03:00.000Z; gaps the exchange has too: 0, others: 1\n"
            + "  none from 2025-05-01T00:02:00.000Z to 2025-05-01T00:03:00.000Z; not fetched\n", (await RunAsync(null, ["candles", "list"])).Output);

        var second = Compressed("b.csv.gz", "1746057600,20,22,19,21,1.5\n1746057660,11,12,10,11,2\n");
        Assert.Contains("0 new candles, 1 were stored already, 1 were stored with other values (the first at 2025-05-01T00:00:00.000Z) and stay as they were", (await ImportAsync(second)).Output, StringComparison.Ordinal);
        Assert.Equal(10m, First());
        Assert.Contains("and were replaced", (await ImportAsync(second, "--replace")).Output, StringComparison.Ordinal);
        Assert.Equal(20m, First());

        decimal First() => new CandleStore(Data, "okx").Read(Symbol.Parse("BTC/USDT"), Timeframe.OneMinute, Start, Start + TimeSpan.FromDays(2)).First().Open.Value;
    }

    [Fact]
    public async Task Import_OfAFileWithBadLines_NamesTheFirstOfThemAndStoresNothing()
    {
        var file = Compressed("bad.csv.gz", "time,open,high,low,close,volume\n1746057600,10,12,9,11,1\n" + string.Concat(Enumerable.Repeat("x,1,1,1,1,1\n", 500)));
        var (code, output, errors) = await ImportAsync(file);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal(23, Lines(errors).Length);
        Assert.Contains($"{file}, line 3: 'x' is no time", errors, StringComparison.Ordinal);
        Assert.Contains("20 bad lines; nothing behind them was read", errors, StringComparison.Ordinal);
        Assert.Equal("No candles are stored. candles fetch and import-candles store some.\n", (await RunAsync(null, ["candles", "list"])).Output);

        // A hundred million characters in one line are a hundred kilobytes compressed.
        file = Compressed("long.csv.gz", "time,open,high,low,close,volume\n", 100_000_000);
        Assert.Contains($"{file}, line 2: it has more than 4096 characters", (await ImportAsync(file)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllOfThem_WhileABotIsRunning_AreRefused()
    {
        using var running = DataFolder.Open(Data);
        var (code, _, errors) = await RunAsync(null, ["candles", "list"]);
        Assert.Equal(1, code);
        Assert.Contains("is in use by another running TelegramTrader", errors, StringComparison.Ordinal);
    }

    private string Data => _folder.FileAt("data");

    private static int Klines(BinanceServer binance) => binance.Calls.Count(call => call.Path.EndsWith("/klines", StringComparison.Ordinal));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void Fill(BinanceServer binance, int minutes, Range gap)
    {
        for (var minute = 0; minute < minutes; minute++)
            if (minute < gap.Start.Value || minute >= gap.End.Value)
                binance.Futures.AddCandle(Some.Btc, Some.Candle(100m + minute, 102.5m + minute, 99m + minute, 101m + minute, 1.25m + minute, Start + TimeSpan.FromMinutes(minute)));
    }

    private string Compressed(string name, string text, int filler = 0)
    {
        using var file = new StreamWriter(new GZipStream(File.Create(_folder.FileAt(name)), CompressionLevel.Fastest));
        file.Write(text);
        var block = new string('1', 100_000);
        for (; filler > 0; filler -= block.Length)
            file.Write(block);
        return _folder.FileAt(name);
    }

    private Task<(int Code, string Output, string Errors)> ImportAsync(string file, params string[] more) =>
        RunAsync(null, ["import-candles", file, "--symbol", "BTC/USDT", "--exchange", "okx", .. more]);

    private Task SettingsAsync(Uri? exchange, decimal requestsPerSecond) => File.WriteAllTextAsync(_folder.FileAt("settings.json"), exchange is null
        ? JsonSerializer.Serialize(new { Storage = new { Directory = Data } })
        : JsonSerializer.Serialize(new { Storage = new { Directory = Data }, Exchange = new { Name = "binance", BaseUrl = exchange.ToString(), RequestsPerSecond = requestsPerSecond.ToString(CultureInfo.InvariantCulture) } }));

    private async Task<(int Code, string Output, string Errors)> RunAsync(BinanceServer? binance, string[] arguments)
    {
        await SettingsAsync(binance?.BaseUrl, 50m);
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync([.. arguments, "--settings", _folder.FileAt("settings.json")], TextReader.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
