using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Cli;

public sealed class SignalVerbTests : IDisposable
{
    private const string Long = """{"id":"a","time":1500000000000,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":[105,110,115],"stop":95}""";
    private const string Bars = "1500000000000,100,100,100,100,1\n1500000060000,100,106,99,101,1\n1500000120000,101,111,100,108,1\n1500000180000,108,109,94,95,1\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Signals_OneOfEachKind_AreToldWithAllTheirFields()
    {
        var signals = Write("s.jsonl", string.Join('\n',
            Long,
            """{"id":2,"time":1500000060000,"symbol":"BTC/USDT","side":"short","entry":{"type":"market"},"targets":["95.5"],"stop":"112"}""",
            """{"id":"late","time":1500000180000,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":[105],"stop":95}""",
            """{"id":"limit","time":1500000000000,"symbol":"BTCUSDT","side":"long","entry":{"type":"limit","price":99},"targets":[105],"stop":95}""",
            """{"id":"absurd","time":1500000000000,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":[90],"stop":95}""", ""));

        var (code, output, errors) = await RunAsync(["backtest", "signals", "--signals", signals, "--candles", Write("prices.csv", Bars), "--fee", "0.001", "--slippage", "0", "--spread", "0", "--size", "3", "--max-hold", "10080", "--independent", "--json"]);

        Assert.Equal(0, code);
        Assert.Contains("100 % of 5 signals", errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        var whole = document.RootElement;
        Assert.Equal((4, 5, 0), (whole.GetProperty("bars").GetInt32(), whole.GetProperty("signals").GetInt32(), whole.GetProperty("conflicts").GetInt32()));
        Assert.Equal("""{"stop":1,"target":1,"time":0,"end":0,"unfilled":1,"rejected":2}""", whole.GetProperty("by_exit_reason").GetRawText());
        var results = whole.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["a", "2", "late", "limit", "absurd"], results.Select(one => one.GetProperty("id").GetString()!));
        // 300 in; 105, 110 and 95 out: 10 less 0.61.
        AssertResult(results[0], 100m, 2, "stop", 1_500_000_180_000, 9.39m);
        // Sold at 101, bought back at 95.5: 16.5 less 0.303 and 0.2865.
        AssertResult(results[1], 101m, 1, "target", 1_500_000_180_000, 15.9105m);
        foreach (var (one, reason, word) in new[] { (results[2], "unfilled", "no candle opens"), (results[3], "rejected", "'limit'"), (results[4], "rejected", "not beyond its stop") })
        {
            Assert.Equal((reason, 0m, JsonValueKind.Null), (one.GetProperty("exit_reason").GetString(), one.GetProperty("pnl").GetDecimal(), one.GetProperty("entry_price").ValueKind));
            Assert.Contains(word, one.GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(25.3005m, whole.GetProperty("pnl").GetDecimal());
        Assert.True(whole.GetProperty("seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task Signals_SeveralSymbols_TakeTheCandlesInWhoseNameTheyAreOrThatAreGivenToThem()
    {
        var signals = Write("s.jsonl", Long + "\n" + Long.Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal) + "\n" + Long.Replace("BTCUSDT", "XRPUSDT", StringComparison.Ordinal));
        var (btc, eth) = (Write("BTC-USDT_1m.csv", Bars), Write("other.csv", Bars.Replace(",94,95,", ",96,97,", StringComparison.Ordinal)));

        var (_, output, _) = await RunAsync(["backtest", "signals", "--signals", signals, "--independent", "--json", "--candles", btc, "ETH/USDT=" + eth]);

        using var document = JsonDocument.Parse(output);
        Assert.Equal(["stop", "end", "rejected"], document.RootElement.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("exit_reason").GetString()!));
        Assert.Contains("no candles of XRPUSDT", output, StringComparison.Ordinal);

        var (code, _, errors) = await RunAsync(["backtest", "signals", "--signals", signals, "--independent", "--candles", eth]);
        Assert.Equal(1, code);
        Assert.Contains("whose candles", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_OneSymbolAndAFileOfAnother_AreNotMixed()
    {
        var later = Write("ETHUSDT-1m.csv", "1600000000000,5,5,5,5,1\n");
        var (code, output, errors) = await RunAsync(["backtest", "signals", "--signals", Write("s.jsonl", Long), "--independent", "--candles", Write("BTCUSDT-1m.csv", Bars), later]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"The signals are of BTCUSDT: whose candles '{later}' holds", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "expected a JSON object, found array")]
    [InlineData("""{"id":"a"}""", "'symbol' must be a text of 1 to 100 characters, but is missing")]
    [InlineData("""{"id":"a","time":"x","symbol":"BTCUSDT"}""", "'time' must be a whole number of Unix milliseconds, but is \"x\"")]
    [InlineData("""{"id":"a","time":1,"symbol":"BTCUSDT","side":"up"}""", "'side' must be long or short, but is 'up'")]
    [InlineData("""{"id":"a","time":1,"symbol":"BTCUSDT","side":"long","entry":"market"}""", "'entry' must be an object")]
    [InlineData("""{"id":"a","time":1,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":5}""", "'targets' must be a list of at most 100 prices, but is 5")]
    [InlineData("""{"id":"a","time":1,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":[-5]}""", "a target must be a price above 0 and at most 1000000000000, but is -5")]
    [InlineData("""{"id":"a","time":1,"symbol":"BTCUSDT","side":"long","entry":{"type":"market"},"targets":[5]}""", "there is no 'stop'")]
    [InlineData("""{"id":"\ud800","time":1,"symbol":"BTCUSDT"}""", "an escape that is no character")]
    public async Task Signals_BadLine_IsNamedAndTheRestGoesOn(string line, string expected)
    {
        var signals = Write("s.jsonl", Long + "\n\n" + line + "\n" + Long);
        var (code, output, errors) = await RunAsync(["backtest", "signals", "--signals", signals, "--candles", Write("prices.csv", Bars), "--independent", "--json"]);
        Assert.Equal(1, code);
        Assert.Contains($"{signals}, line 3: ", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(3, Assert.Single(document.RootElement.GetProperty("bad_lines").EnumerateArray()).GetProperty("line").GetInt32());
        Assert.Equal(2, document.RootElement.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Signals_ForPeople_SayHowManyOfEach()
    {
        var (code, output, _) = await RunAsync(["backtest", "signals", "--signals", Write("s.jsonl", Long), "--candles", Write("prices.csv", Bars), "--independent", "--size", "3"]);
        Assert.Equal(0, code);
        Assert.Contains("1 signals over 4 bars", output, StringComparison.Ordinal);
        Assert.Contains("1 stop, 0 target", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--candles a.csv --independent", 2, "--signals")]
    [InlineData("--signals missing.jsonl --candles a.csv --independent", 2, "'missing.jsonl' does not exist")]
    [InlineData("--signals missing.jsonl --candles a.csv", 2, "--independent")]
    [InlineData("--signals missing.jsonl --candles a.csv --independent --size 0", 2, "--size must be a number from 0.000001 to 1000000000, but is '0'")]
    [InlineData("--signals missing.jsonl --candles a.csv --independent --spread 1", 2, "--spread must be a number from 0 up to, and not including, 1, but is '1'")]
    [InlineData("--signals missing.jsonl --candles a.csv --independent --max-hold 0", 2, "at least 1 bar but is 0")]
    public async Task BadArguments_AreNamed(string line, int code, string expected)
    {
        var (ended, output, errors) = await RunAsync(["backtest", "signals", .. line.Split(' ')]);
        Assert.Equal((code, ""), (ended, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private static void AssertResult(JsonElement one, decimal entry, int hits, string reason, long exit, decimal pnl) => Assert.Equal(
        (entry, hits, reason, exit, pnl),
        (one.GetProperty("entry_price").GetDecimal(), one.GetProperty("targets_hit").GetInt32(), one.GetProperty("exit_reason").GetString(), one.GetProperty("exit_time").GetInt64(), one.GetProperty("pnl").GetDecimal()));

    private string Write(string name, string text)
    {
        var path = _folder.FileAt(name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await CommandLine.RunAsync(arguments, TextReader.Null, output, errors), output.ToString(), errors.ToString());
    }
}
