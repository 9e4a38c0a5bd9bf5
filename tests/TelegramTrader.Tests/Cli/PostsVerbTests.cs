using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Cli.Backtests;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Cli;

public sealed class PostsVerbTests : IDisposable
{
    private static readonly string Posts = Path.Combine(RunningBot.ShortRecording, "posts.jsonl");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recording_AsJson_HasEverySignalTotalsAndDelays()
    {
        var (code, output, errors) = await RunAsync(["--messages", Posts, "--candles", RunningBot.ShortRecording, "--delay-sweep", "0,60", "--json"]);

        Assert.Equal((0, true), (code, errors.Contains("100 %", StringComparison.Ordinal)));
        using var document = JsonDocument.Parse(output);
        var whole = document.RootElement;
        var (totals, results) = (whole.GetProperty("totals"), whole.GetProperty("results").EnumerateArray().ToArray());
        Assert.Equal(results.Length, totals.GetProperty("signals").GetInt32());
        Assert.Equal(results.Length, new[] { "closed", "open", "unfilled", "denied" }.Sum(end => totals.GetProperty(end).GetInt32()));
        Assert.Equal(results.Sum(one => one.GetProperty("net").GetDecimal()), totals.GetProperty("net").GetDecimal());
        Assert.Equal(totals.GetProperty("net").GetDecimal(), whole.GetProperty("delays")[0].GetProperty("totals").GetProperty("net").GetDecimal());
        Assert.NotEqual(totals.GetProperty("net").GetDecimal(), whole.GetProperty("delays")[1].GetProperty("totals").GetProperty("net").GetDecimal());
        Assert.Equal((10_000m, "USDT", "1m"), (whole.GetProperty("balance").GetDecimal(), whole.GetProperty("asset").GetString(), whole.GetProperty("timeframe").GetString()));
        Assert.Equal(totals.GetProperty("final_equity").GetDecimal(), whole.GetProperty("equity").EnumerateArray().Last().GetProperty("equity").GetDecimal());
    }

    [Fact]
    public async Task Recording_ForPeople_WritesTheCsvAndSaysTheRule()
    {
        var csv = Path.Combine(_folder.Path, "out.csv");

        var (code, output, _) = await RunAsync(["--messages", Posts, "--candles", RunningBot.ShortRecording, "--csv", csv, "--no-limits"]);

        Assert.Equal(0, code);
        Assert.Contains("for each signal alone", output, StringComparison.Ordinal);
        Assert.Contains(PostsVerb.Rule, output, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(csv);
        Assert.StartsWith("id,channel,message_id,symbol,side,posted_at,acted_at,end,reason,entry_price,", lines[0], StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{lines.Length - 1} signals: "), output, StringComparison.Ordinal);
    }

    [NodeFact(packages: true)]
    public async Task Chart_OfPosts_IsWrittenBesideTheResult()
    {
        foreach (var (name, limits) in new[] { ("account.png", Array.Empty<string>()), ("alone.png", ["--no-limits"]) })
        {
            var chart = _folder.FileAt(name);
            var (code, output, errors) = await RunAsync(["--messages", Posts, "--candles", RunningBot.ShortRecording, "--chart", chart, "--theme", "light", "--json", .. limits]);

            Assert.Equal(0, code);
            Assert.Contains($"The chart is in {chart}", errors, StringComparison.Ordinal);
            using (JsonDocument.Parse(output))
                Assert.Equal((1080, 1080), PngPicture.SizeOf(await File.ReadAllBytesAsync(chart)));
        }
    }

    [Fact]
    public void Csv_TextThatATableProgramWouldRun_IsMadeText()
    {
        var path = Path.Combine(_folder.Path, "out.csv");
        OutcomeCsv.Write(path, [new SignalOutcome
        {
            Id = new SignalId("=1+1"), Channel = new ChannelId("@\"x\","), MessageId = -5, Symbol = Some.Btc, Side = TradeSide.Short, PostedAt = Some.Time, ActedAt = Some.Time, End = SignalEnd.Closed,
            Reason = "+cmd", Net = -1.50m, Targets = [2.50m, 3m], Stop = 4m,
        }]);

        Assert.Equal(
            "\"'=1+1\",\"'@\"\"x\"\",\",-5,BTC/USDT:USDT,short,1746532800000,1746532800000,closed,\"'+cmd\",,,,4,2.5 3,0,0,0,0,-1.5,,0,0,0,0",
            File.ReadAllLines(path)[1]);
    }

    [Theory]
    [InlineData("Either --messages (posts of channels) or --signals (ready signals) must be given.")]
    [InlineData("Either --messages (posts of channels) or --signals (ready signals) must be given.", "--messages", "a", "--signals", "b")]
    [InlineData("--delay belongs to --messages.", "--signals", "a", "--independent", "--candles", "c", "--delay", "5")]
    [InlineData("--chart belongs to --messages.", "--signals", "a", "--independent", "--candles", "c", "--chart", "a.png")]
    [InlineData("The chart must be a file whose name ends in .png, but is 'a.gif'.", "--messages", "a", "--chart", "a.gif")]
    [InlineData("--size belongs to --signals.", "--messages", "a", "--size", "5")]
    [InlineData("--signals needs --candles.", "--signals", "a", "--independent")]
    [InlineData("A delay must be 0 to 86400 seconds but is '-1'.", "--messages", "a", "--delay", "-1")]
    [InlineData("The file 'nowhere.jsonl' does not exist.", "--messages", "nowhere.jsonl")]
    public async Task BadArguments_AreNamed(string expected, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherChannel_SaysWhichThereAre()
    {
        var (code, _, errors) = await RunAsync(["--messages", Posts, "--candles", RunningBot.ShortRecording, "--channel", "nobody", "--json"]);

        Assert.Equal(1, code);
        Assert.Contains("channels there: @", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await CommandLine.RunAsync(["backtest", "signals", .. arguments], TextReader.Null, output, errors), output.ToString(), errors.ToString());
    }
}
