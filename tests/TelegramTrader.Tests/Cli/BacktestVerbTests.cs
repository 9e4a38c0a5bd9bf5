using System.Text.Json;
using TelegramTrader.Charts;
using TelegramTrader.Cli;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Cli;

public sealed class BacktestVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Worked out by hand for averages of 1 and 2 closes. Closes 10 12 12 9 11: the averages of two are – 11 12 10.5 10. At bar 1 the slow one exists for the first time, and bar 1 does not
    /// count; at bar 2 both are 12; at bar 3 it goes below, with nothing held; at bar 4 above, filled at the open of bar 5; the next down is at bar 6, filled at bar 7.
    /// </summary>
    [Fact]
    public async Task Strategy_SmallSeries_IsFilledAtTheNextOpenWithAFeeOnEachFill()
    {
        var candles = Candles(("a.csv", [(10, 10), (11, 12), (12, 12), (11, 9), (10, 11)]), ("b.csv", [(13, 14), (14, 10), (8, 9), (9, 9)]));

        var (code, output, _) = await RunAsync(["backtest", "strategy", "--strategy", "sma-cross", "--param", "fast=1", "--param", "slow=2", "--size", "1", "--cash", "1000", "--fee", "0.1", "--json", "--candles", .. candles]);

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var result = document.RootElement;
        Assert.Equal(9, result.GetProperty("bars").GetInt32());
        var trade = Assert.Single(result.GetProperty("trades").EnumerateArray());
        Assert.Equal((Time(5), 13m, Time(7), 8m), (trade.GetProperty("entry_time").GetInt64(), trade.GetProperty("entry_price").GetDecimal(), trade.GetProperty("exit_time").GetInt64(), trade.GetProperty("exit_price").GetDecimal()));
        Assert.Equal((2.1m, -7.1m), (trade.GetProperty("fee").GetDecimal(), trade.GetProperty("pnl").GetDecimal()));
        Assert.Equal(992.9m, result.GetProperty("final_equity").GetDecimal());
        Assert.Equal(2.1m, result.GetProperty("metrics").GetProperty("fees_paid").GetDecimal());
    }

    [Fact]
    public async Task Strategy_OpenAtTheEnd_IsValuedAtTheLastCloseAndAllCashIsSpent()
    {
        var candles = Candles(("a.csv", [(10, 10), (11, 9), (12, 8), (11, 12), (10, 14), (10, 20)]));

        var (_, output, _) = await RunAsync(["backtest", "strategy", "--strategy", "sma-cross", "--param", "fast=1", "--param", "slow=2", "--size", "all", "--cash", "1000", "--fee", "0", "--json", "--candles", .. candles]);

        using var document = JsonDocument.Parse(output);
        Assert.Empty(document.RootElement.GetProperty("trades").EnumerateArray());
        Assert.Equal((Time(4), 100m, 1000m), (
            document.RootElement.GetProperty("open_trade").GetProperty("entry_time").GetInt64(), document.RootElement.GetProperty("open_trade").GetProperty("size").GetDecimal(),
            document.RootElement.GetProperty("open_trade").GetProperty("pnl").GetDecimal()));
        Assert.Equal(2000m, document.RootElement.GetProperty("final_equity").GetDecimal());
    }

    [NodeFact(packages: true)]
    public async Task Chart_OfStrategyAndSweep_IsWrittenBesideTheResult()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 3_000).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));
        var (equity, map) = (Path.Combine(_folder.Path, "equity.png"), Path.Combine(_folder.Path, "map.png"));

        var (code, output, errors) = await RunAsync(["backtest", "strategy", "--strategy", "sma-cross", "--param", "fast=2", "--param", "slow=5", "--json", "--chart", equity, "--candles", .. candles]);
        Assert.Equal(0, code);
        Assert.Contains($"The chart is in {equity}", errors, StringComparison.Ordinal);
        using (JsonDocument.Parse(output))
            Assert.Equal((1080, 1080), PngPicture.SizeOf(await File.ReadAllBytesAsync(equity)));

        Assert.Equal(0, (await RunAsync(["optimize", "--strategy", "sma-cross", "--grid", "fast=1:3:1", "--grid", "slow=5,9", "--chart", map, "--theme", "light", "--candles", .. candles])).Code);
        Assert.Equal(1080, PngPicture.SizeOf(await File.ReadAllBytesAsync(map))!.Value.Width);
        var (one, _, why) = await RunAsync(["optimize", "--strategy", "donchian", "--grid", "entry=20,30", "--chart", map, "--candles", .. candles]);
        Assert.Equal(1, one);
        Assert.Contains("There is no chart: a heat map needs a grid of two parameters", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--chart", "a.jpg", "The chart must be a file whose name ends in .png, but is 'a.jpg'.")]
    [InlineData("--theme", "pink", "The theme must be dark or light, but is 'pink'.")]
    public async Task Chart_BadArgument_IsNamed(string option, string value, string expected)
    {
        var (code, _, errors) = await RunAsync(["backtest", "strategy", "--strategy", "rsi", option, value, "--candles", "a.csv"]);
        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    /// <summary>Bars 1 to 3 of 10, 12, 9 and 11: bought 2 at the open of bar 1 for 10 and a fee of 2, sold at bar 3 for 11, fee 2.2.</summary>
    [Fact]
    public void EquityPoints_OfATrade_AreCashAndWhatIsHeldAtEachClose()
    {
        var series = new PriceSeries([60_000, 120_000, 180_000, 240_000], [10m, 10m, 12m, 11m], [10m, 12m, 9m, 11m]);
        var trade = new StrategyTrade(1, 10m, 3, 11m, 2m, 2m, 4.2m, -2.2m);
        var result = new StrategyResult(4, [trade], null, 0, 997.8m, null!);

        var points = BacktestCharts.Points(series, new StrategySettings { Cash = 1_000m }, result);

        Assert.Equal([1_000m, 1_002m, 996m, 997.8m], points.Select(point => point.Equity));
    }

    [Fact]
    public async Task Optimize_SmallGrid_RanksEveryCombinationAndSaysWhetherItMayBeLuck()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 5_000).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));

        var (code, output, errors) = await RunAsync(["optimize", "--strategy", "sma-cross", "--grid", "fast=1:3:1", "--grid", "slow=5,9", "--workers", "2", "--json", "--candles", .. candles]);

        Assert.Equal(0, code);
        Assert.Contains("100 %", errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        Assert.Equal((6, 5_000), (document.RootElement.GetProperty("combos").GetInt32(), document.RootElement.GetProperty("bars").GetInt32()));
        var equities = document.RootElement.GetProperty("top").EnumerateArray().Select(one => one.GetProperty("final_equity").GetDecimal()).ToArray();
        Assert.Equal(6, equities.Length);
        Assert.Equal(equities.OrderDescending(), equities);
        Assert.False(string.IsNullOrEmpty(document.RootElement.GetProperty("overfitting").GetProperty("warning").GetString()));
    }

    [Fact]
    public async Task Optimize_ParametersWithDecimals_ComesToWhatTheBacktestsComeTo()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 3_000).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));

        var (code, output, _) = await RunAsync(["optimize", "--strategy", "bollinger", "--grid", "width=0.5:1.5:0.25", "--workers", "2", "--json", "--candles", .. candles]);

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var top = document.RootElement.GetProperty("top").EnumerateArray().ToArray();
        Assert.Equal([0.5m, 0.75m, 1m, 1.25m, 1.5m], top.Select(one => one.GetProperty("params").GetProperty("width").GetDecimal()).Order());
        Assert.All(top, one => Assert.Equal(20m, one.GetProperty("params").GetProperty("period").GetDecimal()));
        foreach (var one in top)
        {
            var width = one.GetProperty("params").GetProperty("width").GetDecimal();
            var (_, alone, _) = await RunAsync(["backtest", "strategy", "--strategy", "bollinger", "--param", FormattableString.Invariant($"width={width}"), "--json", "--candles", .. candles]);
            using var result = JsonDocument.Parse(alone);
            Assert.Equal(result.RootElement.GetProperty("final_equity").GetDecimal(), one.GetProperty("final_equity").GetDecimal());
        }
    }

    [Fact]
    public async Task Optimize_CombinationsThatDoNotFit_AreLeftOutAndCounted()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 500).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));

        var (code, output, errors) = await RunAsync(["optimize", "--strategy", "macd", "--grid", "fast=5,10", "--grid", "slow=8,20", "--json", "--candles", .. candles]);

        Assert.Equal(0, code);
        Assert.Contains("do not fit each other: 1. macd needs fast below slow, but they are 10 and 8", errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        Assert.Equal((3, 1), (document.RootElement.GetProperty("combos").GetInt32(), document.RootElement.GetProperty("skipped").GetInt32()));
    }

    [Fact]
    public async Task Optimize_DrawnByChance_TheSameSeedDrawsTheSameOfAGridOfAnySize()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 300).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));
        async Task<string[]> DrawnAsync(int seed)
        {
            var (code, output, _) = await RunAsync(["optimize", "--strategy", "sma-cross", "--grid", "fast=1:5000", "--grid", "slow=1:5000", "--random", "20", "--seed", $"{seed}", "--json", "--candles", .. candles]);
            Assert.Equal(0, code);
            using var document = JsonDocument.Parse(output);
            Assert.Equal((20, seed), (document.RootElement.GetProperty("random").GetProperty("count").GetInt32(), document.RootElement.GetProperty("random").GetProperty("seed").GetInt32()));
            return [.. document.RootElement.GetProperty("top").EnumerateArray().Select(one => one.GetProperty("params").GetRawText())];
        }

        var first = await DrawnAsync(1);
        Assert.Equal(20, first.Distinct().Count());
        Assert.Equal(first, await DrawnAsync(1));
        Assert.NotEqual(first.Order(), (await DrawnAsync(2)).Order());
    }

    [Fact]
    public async Task Optimize_TwoParameters_DrawsAHeatMapAndWalksForward()
    {
        var candles = Candles(("a.csv", [.. Enumerable.Range(0, 4_000).Select(bar => (1_000 + bar * 37 % 11, 1_000 + bar * 53 % 17))]));
        string[] line = ["optimize", "--strategy", "bollinger", "--grid", "period=5:9:2", "--grid", "width=0.5,1", "--walk-forward", "3", "--candles", .. candles];

        var (code, output, _) = await RunAsync([.. line, "--json"]);

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var map = document.RootElement.GetProperty("heat_map");
        Assert.Equal(("period", "width"), (map.GetProperty("down").GetString(), map.GetProperty("across").GetString()));
        foreach (var one in document.RootElement.GetProperty("top").EnumerateArray())
        {
            var row = Array.IndexOf([5, 7, 9], one.GetProperty("params").GetProperty("period").GetInt32());
            var column = Array.IndexOf([0.5m, 1m], one.GetProperty("params").GetProperty("width").GetDecimal());
            Assert.Equal(one.GetProperty("final_equity").GetDouble(), map.GetProperty("final_equity")[row][column].GetDouble(), 1e-4);
        }

        var walk = document.RootElement.GetProperty("walk_forward");
        Assert.Equal(3, walk.GetProperty("windows").GetArrayLength());
        Assert.Equal(walk.GetProperty("windows")[2].GetProperty("final_equity").GetDecimal(), walk.GetProperty("final_equity").GetDecimal());

        var (_, text, _) = await RunAsync(line);
        Assert.Contains("period down, width across from 0.5 to 1", text, StringComparison.Ordinal);
        Assert.Contains("█", text, StringComparison.Ordinal);
        Assert.Contains("joined, 3000 bars", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("optimize --strategy bollinger --grid width=1 --walk-forward 0 --candles a.csv", "windows of the walk forward must be 1 to 1000 but are 0")]
    [InlineData("optimize --strategy bollinger --grid width=1 --random 0 --candles a.csv", "drawn by chance must be 1 to 1000000 but are 0")]
    [InlineData("backtest strategy --strategy magic --candles a.csv", "but is 'magic'")]
    [InlineData("backtest strategy --strategy sma-cross --param fast=1 --candles a.csv", "needs the parameters fast and slow")]
    [InlineData("backtest strategy --strategy sma-cross --param fast=0 --param slow=2 --candles a.csv", "fast must be 1 to 100000 bars but is 0")]
    [InlineData("backtest strategy --strategy sma-cross --param speed=1 --candles a.csv", "was given speed")]
    [InlineData("backtest strategy --strategy sma-cross --param fast=1.5 --param slow=2 --candles a.csv", "fast must be a whole number of bars but is 1.5")]
    [InlineData("backtest strategy --strategy bollinger --param width=0 --candles a.csv", "width must be 0.01 to 100 but is 0")]
    [InlineData("backtest strategy --strategy donchian --param period=5 --candles a.csv", "donchian has the parameters entry and exit, but was given period")]
    [InlineData("backtest strategy --strategy macd --param fast=26 --param slow=12 --candles a.csv", "macd needs fast below slow, but they are 26 and 12")]
    [InlineData("backtest strategy --strategy rsi --param low=x --candles a.csv", "but is 'low=x'")]
    [InlineData("optimize --strategy macd --grid fast=30,40 --candles a.csv", "macd needs fast below slow, but they are 30 and 26")]
    [InlineData("optimize --strategy bollinger --grid width=1:2:0.0000001 --candles a.csv", "but is 'width=1:2:0.0000001'")]
    [InlineData("backtest strategy --strategy sma-cross --size -1 --candles a.csv", "but is '-1'")]
    [InlineData("backtest strategy --strategy sma-cross --fee 1 --candles a.csv", "but is '1'")]
    [InlineData("optimize --strategy sma-cross --grid fast=5:1 --candles a.csv", "but is 'fast=5:1'")]
    [InlineData("optimize --strategy sma-cross --grid fast=1:9:0 --candles a.csv", "but is 'fast=1:9:0'")]
    [InlineData("optimize --strategy sma-cross --grid fast=1:2000 --grid slow=1:2000 --candles a.csv", "at most 1000000 combinations but has 4000000")]
    [InlineData("optimize --strategy sma-cross --grid fast=1 --grid slow=2 --workers 0 --candles a.csv", "but are 0")]
    public async Task BadArguments_AreNamedInOneLineAndEndWith2(string line, string expected)
    {
        var (code, output, errors) = await RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,open,high,low,close,volume\n1500000000000,1,2,3,1,5\n", "line 2: the candle can't be true")]
    [InlineData("time,open,high,low,close,volume\n1500000000000,1,2,1,1,5\n1500000000000,1,2,1,1,5\n", "line 3: candles must be in ascending order")]
    [InlineData("time,open,high,low,close,volume\n1500000000000,1,2,1,x,5\n", "line 2: 'x' is no number")]
    [InlineData("time,open,high,low,volume\n", "line 1: the header does not name")]
    [InlineData("time,open,high,low,close,volume\n", "There are no candles")]
    public async Task BadFile_IsNamedWithItsLine(string text, string expected)
    {
        var file = _folder.FileAt("bad.csv");
        await File.WriteAllTextAsync(file, text);
        var (code, output, errors) = await RunAsync(["backtest", "strategy", "--strategy", "sma-cross", "--param", "fast=1", "--param", "slow=2", "--candles", file]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private string[] Candles(params (string Name, (int Open, int Close)[] Bars)[] files)
    {
        var bar = 0;
        return [.. files.Select(file =>
        {
            var path = _folder.FileAt(file.Name);
            File.WriteAllLines(path, file.Bars.Select(prices => FormattableString.Invariant($"{Time(bar++)},{prices.Open},{Math.Max(prices.Open, prices.Close)},{Math.Min(prices.Open, prices.Close)},{prices.Close},1")).Prepend("time,open,high,low,close,volume"));
            return path;
        })];
    }

    private static long Time(int bar) => 1_500_000_000_000 + bar * 60_000L;

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await CommandLine.RunAsync(arguments, TextReader.Null, output, errors), output.ToString(), errors.ToString());
    }
}
