using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Signals;

public sealed class VenueSymbolsTests
{
    private static readonly Dictionary<string, string> Aliases = new() { ["USD"] = "USDT", ["BUSD"] = "USDT" };

    /// <summary>What is listed with its price ("BTC/USDT:USDT=60000 ..."), pair, market, price of the post → symbol and multiplier, or the failing rule.</summary>
    public static TheoryData<string, string, string, MarketKind, decimal?, string> Cases => new()
    {
        { "the pair itself", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 61000m, "BTC/USDT:USDT x1" },
        { "perpetual before spot", "BTC/USDT=60000 BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 60000m, "BTC/USDT:USDT x1" },
        { "perpetual before spot, though spot is a little nearer", "BTC/USDT=60000 BTC/USDT:USDT=60030", "BTC/USDT", MarketKind.Unknown, 60000m, "BTC/USDT:USDT x1" },
        { "spot where the post says so", "BTC/USDT=60000 BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Spot, 60000m, "BTC/USDT x1" },
        { "spot where there is no perpetual", "BTC/USDT=60000", "BTC/USDT", MarketKind.Unknown, 60000m, "BTC/USDT x1" },
        { "a perpetual is asked for and there is none", "BTC/USDT=60000", "BTC/USDT", MarketKind.Perpetual, 60000m, "unknown-symbol" },
        { "spot is asked for and there is none", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Spot, 60000m, "unknown-symbol" },
        { "not listed", "BTC/USDT:USDT=60000", "ABC/USDT", MarketKind.Unknown, 1m, "unknown-symbol" },
        { "a name that can't be a symbol", "BTC/USDT:USDT=60000", "$!/USDT", MarketKind.Unknown, 1m, "unknown-symbol" },
        // 0.00001 × 1000 = 0.01 beside 0.0101
        { "the contract of a thousand", "1000PEPE/USDT:USDT=0.0101", "PEPE/USDT", MarketKind.Unknown, 0.00001m, "1000PEPE/USDT:USDT x1000" },
        { "the contract of a million", "1MBABYDOGE/USDT:USDT=0.0012", "BABYDOGE/USDT", MarketKind.Unknown, 0.0000000011m, "1MBABYDOGE/USDT:USDT x1000000" },
        { "the contract of a million, written out", "1000000MOG/USDT:USDT=1.2", "MOG/USDT", MarketKind.Unknown, 0.0000011m, "1000000MOG/USDT:USDT x1000000" },
        { "written with its prefix", "1000PEPE/USDT:USDT=0.0101", "1000PEPE/USDT", MarketKind.Unknown, 0.0101m, "1000PEPE/USDT:USDT x1" },
        // Both are listed: 0.0101 is nearer to 0.0100 (×1) than 10.1 to 0.0101 (×1000)
        { "two scales, the nearer one is meant", "PEPE/USDT:USDT=0.01 1000PEPE/USDT:USDT=0.0101", "PEPE/USDT", MarketKind.Unknown, 0.0101m, "PEPE/USDT:USDT x1" },
        { "two scales, the thousandfold is nearer", "PEPE/USDT:USDT=0.05 1000PEPE/USDT:USDT=0.0101", "PEPE/USDT", MarketKind.Unknown, 0.0000102m, "1000PEPE/USDT:USDT x1000" },
        { "the thousandfold perpetual and the plain spot", "PEPE/USDT=0.00001 1000PEPE/USDT:USDT=0.0101", "PEPE/USDT", MarketKind.Unknown, 0.00001m, "1000PEPE/USDT:USDT x1000" },
        { "the perpetual is another coin, spot is meant", "ABC/USDT=1 ABC/USDT:USDT=500", "ABC/USDT", MarketKind.Unknown, 1m, "ABC/USDT x1" },
        { "ten times too high is still taken", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 600000m, "BTC/USDT:USDT x1" },
        { "more than ten times too high", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 600001m, "price-scale" },
        { "ten times too low is still taken", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 6000m, "BTC/USDT:USDT x1" },
        { "more than ten times too low", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 5999m, "price-scale" },
        { "thousands written as 61", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 61m, "price-scale" },
        { "an absurdly low price", "BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 0.0000000000000000000000000001m, "price-scale" },
        { "an absurdly high price", "BTC/USDT:USDT=60000 1000BTC/USDT:USDT=60000", "BTC/USDT", MarketKind.Unknown, 79228162514264337593543950335m, "price-scale" },
        { "no price in the post: the first that is listed", "1000PEPE/USDT:USDT=0.01 PEPE/USDT=0.00001", "PEPE/USDT", MarketKind.Unknown, null, "PEPE/USDT x1" },
        { "no price in the post: perpetual before spot of the same scale", "PEPE/USDT=0.00001 PEPE/USDT:USDT=0.00001", "PEPE/USDT", MarketKind.Unknown, null, "PEPE/USDT:USDT x1" },
        { "no price of the market: the first", "BTC/USDT:USDT=?", "BTC/USDT", MarketKind.Unknown, 1m, "BTC/USDT:USDT x1" },
        { "a quote that is traded as another", "BTC/USDT:USDT=60000", "BTC/USD", MarketKind.Unknown, 60000m, "BTC/USDT:USDT x1" },
        { "the named quote before its alias", "BTC/USDT:USDT=60000 BTC/USD:USD=60000", "BTC/USD", MarketKind.Unknown, 60000m, "BTC/USD:USD x1" },
        { "no alias for this quote", "BTC/USDT:USDT=60000", "BTC/EUR", MarketKind.Unknown, 60000m, "unknown-symbol" },
        { "no quote named", "BTC/USDT:USDT=60000", "BTC/", MarketKind.Unknown, 60000m, "BTC/USDT:USDT x1" },
        { "a base that looks like a number", "1INCH/USDT:USDT=0.4", "1INCH/USDT", MarketKind.Unknown, 0.41m, "1INCH/USDT:USDT x1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Find_PairAndPrice_GivesTheInstrumentThatIsMeant(string name, string listed, string pair, MarketKind market, decimal? price, string expected)
    {
        var prices = listed.Split(' ').Select(entry => entry.Split('=')).ToDictionary(
            entry => Symbol.Parse(entry[0]), entry => entry[1] == "?" ? (Price?)null : new Price(decimal.Parse(entry[1], System.Globalization.CultureInfo.InvariantCulture)));
        var names = pair.Split('/');
        var (found, failure) = VenueSymbols.Find(
            new PairName(names[0], names[1]), market, price is { } value ? new Price(value) : null, Aliases, prices.ContainsKey, symbol => prices[symbol]);
        Assert.True(expected == (found is null ? failure!.Code : $"{found.Symbol} x{found.PriceMultiplier}"), $"{name}: {found} {failure}");
    }
}
