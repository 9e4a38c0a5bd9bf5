using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Judgement.Scorecards;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Cli;

public sealed class ScorecardVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scorecard_OfAFileOfThreeChannels_RanksTheOneThatReadsTheFutureFirst()
    {
        var csv = _folder.FileAt("ranking.csv");
        var (code, output, errors) = await RunAsync(["--messages", Posts(), "--candles", Candles(), "--csv", csv, "--json"]);

        Assert.True(code == 0, errors);
        Assert.Contains("100 %", errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        var channels = document.RootElement.GetProperty("channels").EnumerateArray().ToArray();
        Assert.Equal(
            [("@seer", "1", "follow"), ("@blind", "2", "leave"), ("@newcomer", "", "not enough data")],
            channels.Select(one => (one.GetProperty("channel").GetString()!, one.GetProperty("rank").ToString(), one.GetProperty("verdict").GetString()!)));
        var (seer, blind) = (channels[0], channels[1]);
        // 29 days, of which five (10, 15, 20 …) are the other way round; a sixth, day 35, too.
        Assert.Equal((29, 29, 6), (seer.GetProperty("signals").GetProperty("seen").GetInt32(), seer.GetProperty("days").GetInt32(), seer.GetProperty("results").GetProperty("losses").GetInt32()));
        // Half the minutes of a day are as good as its own: it is better than chance, and by no more than that.
        Assert.InRange(seer.GetProperty("skill").GetProperty("p_value").GetDouble(), 0.0005, 0.05);
        Assert.True(seer.GetProperty("expectancy_low").GetDouble() > 0);
        Assert.Equal(6, blind.GetProperty("results").GetProperty("wins").GetInt32());
        Assert.True(blind.GetProperty("skill").GetProperty("p_value").GetDouble() > 0.9);
        Assert.Equal([60.0, 240.0], seer.GetProperty("delay_costs").EnumerateArray().Select(cost => cost.GetProperty("delay_seconds").GetDouble()));
        Assert.Equal(29, seer.GetProperty("moves").GetProperty("measured").GetInt32());
        Assert.Equal(2 * 29, seer.GetProperty("regimes").EnumerateArray().Where(regime => regime.GetProperty("name").GetString() != "unknown").Sum(regime => regime.GetProperty("results").GetProperty("positions").GetInt32()));
        var rows = await File.ReadAllLinesAsync(csv);
        Assert.Equal(4, rows.Length);
        Assert.StartsWith("rank,channel,verdict,reason,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("1,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scorecard_OfStoredPosts_OverStoredCandles_IsACardForPeople()
    {
        using (var folder = DataFolder.Open(_folder.FileAt("data")))
        using (var inbox = new MessageInbox(folder))
            inbox.StoreHistory([.. PlantedMarket.Posts.Select(PlantedMarket.Historic)], Some.Time, "test");
        new CandleStore(_folder.FileAt("data"), "binance").Add(Some.Btc, Timeframe.OneMinute, PlantedMarket.Candles, replace: false);
        var settings = Write("appsettings.json", JsonSerializer.Serialize(new { Storage = new { Directory = _folder.FileAt("data") } }));

        var (code, output, errors) = await RunAsync(["--settings", settings, "--channel", "SEER", "--delay-sweep", "0"]);

        Assert.True(code == 0, errors);
        Assert.StartsWith("1. @seer · follow\n", output, StringComparison.Ordinal);
        Assert.Contains("29 signals: 29 closed, 0 still open, 0 unfilled, 0 denied\n", output, StringComparison.Ordinal);
        Assert.Contains("79 % won", output, StringComparison.Ordinal);
        Assert.DoesNotContain("@blind", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scorecard_WithLimits_AndAHigherLeast_IsSaidSo()
    {
        var (_, output, _) = await RunAsync(["--messages", Posts(), "--candles", Candles(), "--limits", "--least", "30", "--channel", "@seer", "--delay-sweep", "0", "--json"]);

        using var document = JsonDocument.Parse(output);
        var whole = document.RootElement;
        Assert.Equal((true, 30), (whole.GetProperty("limits").GetBoolean(), whole.GetProperty("least_closed").GetInt32()));
        var card = whole.GetProperty("channels")[0];
        Assert.Equal("29 closed positions; at least 30 are needed", card.GetProperty("reason").GetString());
        Assert.Equal(0, card.GetProperty("delay_costs").GetArrayLength());
    }

    [NodeFact(packages: true)]
    public async Task Chart_OfAllChannelsAndOfOne_IsWrittenBesideTheResult()
    {
        var (all, one) = (_folder.FileAt("all.png"), _folder.FileAt("one.png"));
        var (code, output, errors) = await RunAsync(["--messages", Posts(), "--candles", Candles(), "--delay-sweep", "0", "--chart", all, "--json"]);
        Assert.Equal(0, code);
        Assert.Contains($"The chart is in {all}", errors, StringComparison.Ordinal);
        using (JsonDocument.Parse(output))
            Assert.Equal(1080, PngPicture.SizeOf(await File.ReadAllBytesAsync(all))!.Value.Width);

        Assert.Equal(0, (await RunAsync(["--messages", Posts(), "--candles", Candles(), "--channel", "seer", "--delay-sweep", "0", "--chart", one, "--theme", "light"])).Code);
        Assert.Equal((1080, 1080), PngPicture.SizeOf(await File.ReadAllBytesAsync(one)));
    }

    [Fact]
    public async Task Chart_OfSignalsThatWereNeverFilled_IsRefusedWithTheReason()
    {
        var posts = Write("posts.jsonl", JsonSerializer.Serialize(new { time = PlantedMarket.Posts[0].PostedAt.UnixMilliseconds, channel = "@talk", message_id = 1, text = "#BTC/USDT LONG\nEntry: 60000\nTP1: 65000\nSL: 55000" }));
        var (code, output, errors) = await RunAsync(["--messages", posts, "--candles", Candles(), "--chart", _folder.FileAt("none.png")]);
        Assert.Equal(1, code);
        Assert.Contains("@talk · not enough data", output, StringComparison.Ordinal);
        Assert.Contains("There is no chart: none of the signals became a position.", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.FileAt("none.png")));
    }

    [Fact]
    public async Task Scorecard_OfTalkAlone_SaysThatThereIsNoSignal()
    {
        var posts = Write("posts.jsonl", JsonSerializer.Serialize(new { time = PlantedMarket.Posts[0].PostedAt.UnixMilliseconds, channel = "@talk", message_id = 1, text = "Good morning, everybody!" }));
        var (code, output, errors) = await RunAsync(["--messages", posts, "--candles", Candles()]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("None of the posts is a signal: there is nothing to judge.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "The chart must be a file whose name ends in .png, but is 'a.jpg'.", "--chart", "a.jpg")]
    [InlineData(2, "The theme must be dark or light, but is 'pink'.", "--theme", "pink")]
    [InlineData(2, "The file 'nowhere.jsonl' does not exist.", "--messages", "nowhere.jsonl")]
    [InlineData(2, "--least must be 1 to 100000 but is 0.", "--least", "0")]
    [InlineData(2, "A delay must be 0 to 86400 seconds but is 'soon'.", "--delay", "soon")]
    public async Task Scorecard_BadArguments_AreNamed(int expected, string error, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(error, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scorecard_NothingToJudge_SaysWhy()
    {
        var (code, _, errors) = await RunAsync(["--messages", Posts(), "--candles", Candles(), "--channel", "nobody"]);
        Assert.Equal(1, code);
        Assert.Contains("None of the 59 posts", errors, StringComparison.Ordinal);
        Assert.Contains("channels there: @seer, @blind, @newcomer", errors, StringComparison.Ordinal);

        (code, _, errors) = await RunAsync(["--messages", Posts(), "--candles", Write("ETHUSDT.csv", "time,open,high,low,close,volume\n1741000000000,1,1,1,1,1\n")]);
        Assert.Equal(1, code);
        Assert.Contains("There are no candles of BTC", errors, StringComparison.Ordinal);
    }

    private string Posts() => Write("posts.jsonl", PlantedMarket.PostLines());

    private string Candles() => Write("BTCUSDT-1m.csv", PlantedMarket.CandleCsv());

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.FileAt(name), text);
        return _folder.FileAt(name);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await CommandLine.RunAsync(["scorecard", .. arguments], TextReader.Null, output, errors), output.ToString(), errors.ToString());
    }
}
