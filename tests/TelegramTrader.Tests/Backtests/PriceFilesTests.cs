using TelegramTrader.Backtests;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Backtests;

public sealed class PriceFilesTests : IDisposable
{
    private const long Start = 1_700_000_040_000;
    private static readonly Dictionary<string, string> Dollars = new(StringComparer.Ordinal) { ["USD"] = "USDT" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("binance-perp-BTCUSDT-1m.csv.gz", "BTC", "USDT", false)]
    [InlineData("BTC-USDT_1m.csv", "BTC", "USDT", false)]
    [InlineData("bitfinex-ethusd-1m-2018.csv", "ETH", "USD", false)]
    [InlineData("1000PEPEUSDT.csv", "1000PEPE", "USDT", false)]
    [InlineData("XRP/USDT=prices.csv", "XRP", "USDT", true)]
    [InlineData("XRP/USDT:USDT=prices.csv", "XRP", "USDT", false)]
    public void Name_HoldsTheSymbol(string name, string expectedBase, string quote, bool isSpot)
    {
        var found = CandleFileName.Of(name)!;
        Assert.Equal((expectedBase, quote, isSpot), (found.Base, found.Quote, found.IsSpot));
    }

    [Theory]
    [InlineData("prices.csv")]
    [InlineData("USDT.csv")]
    public void Name_WithoutASymbol_IsNone(string name) => Assert.Null(CandleFileName.Of(name));

    [Fact]
    public void Folder_OnlyWhatIsNeededIsLoaded_WithFundingAndDerivedSteps()
    {
        Candles("BTCUSDT-1m.csv", 99_999.5m);
        Candles("ENAUSDT-1m.csv", 0.4321m);
        Candles("DOGEUSDT-1m.csv", 0.1m);
        File.WriteAllText(Path.Combine(_folder.Path, "funding-BTCUSDT.csv"), $"time,funding_rate\n{Start + 60_000},0.0001\n");

        var prices = Load([_folder.Path], ["BTC", "ENA"]);

        Assert.Equal(["BTC/USDT:USDT", "ENA/USDT:USDT"], prices.Instruments.Select(instrument => instrument.Symbol.ToString()));
        Assert.Equal([(0.1m, 0.00001m), (0.0001m, 1m)], prices.Instruments.Select(instrument => (instrument.PriceTick, instrument.QuantityStep)));
        Assert.Equal((6, Timeframe.OneMinute, 1), (prices.Candles.Count, prices.Candles.Timeframe, prices.Funding.Count));
        Assert.Contains(prices.Notes, note => note.Contains("tick 0.1, step 0.00001", StringComparison.Ordinal));
    }

    [Fact]
    public void Dollars_AreTradedAsTheAccountsAsset_AndStandBackBehindIt()
    {
        var dollars = Candles("BTCUSD.csv", 50m);
        Assert.Equal("BTC/USDT:USDT", Load([dollars], ["BTC"]).Instruments[0].Symbol.ToString());
        var both = Load([dollars, Candles("BTCUSDT.csv", 60m)], ["BTC"]);
        Assert.Equal(60m, both.Candles.At(both.Candles.OpenTimes[0])[0].Candle.Close.Value);
    }

    [Fact]
    public void TwoTimeframes_AreRefusedAndTheWayOutIsNamed()
    {
        var thrown = Assert.Throws<PriceSourceException>(() => Load([Candles("BTCUSDT-1m.csv", 100m), Candles("ETHUSDT-1h.csv", 10m, 60)], ["BTC", "ETH"]));
        Assert.Equal("The candles of ETH/USDT:USDT are of 1h and others of 1m: name files of one timeframe, and shorter ones with --finer.", thrown.Message);
    }

    [Fact]
    public void NothingThatFits_IsSaid()
    {
        Assert.Contains("no candles of DOGE", Assert.Throws<PriceSourceException>(() => Load([Candles("BTCUSDT.csv", 100m)], ["DOGE"])).Message, StringComparison.Ordinal);
        Assert.Equal("The file 'BTCUSDT-none.csv' does not exist.", Assert.Throws<PriceSourceException>(() => Load(["BTCUSDT-none.csv"], ["BTC"])).Message);
    }

    private PriceHistory Load(IReadOnlyList<string> files, IReadOnlyCollection<string> bases) => new PriceFiles(files, [], [], Dollars).Load(bases, "USDT", new Instant(Start));

    private string Candles(string name, decimal price, int minutes = 1)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllLines(path, ["time,open,high,low,close,volume", .. Enumerable.Range(0, 3).Select(bar => FormattableString.Invariant($"{Start + bar * minutes * 60_000L},{price},{price},{price},{price},1"))]);
        return path;
    }
}
