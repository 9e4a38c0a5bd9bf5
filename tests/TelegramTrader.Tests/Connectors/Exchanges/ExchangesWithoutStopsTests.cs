using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>The page is written by the gateway from its own profiles, and a test there holds it to them.</summary>
public sealed class ExchangesWithoutStopsTests
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Binance"] = "binance", ["Bybit"] = "bybit", ["MEXC Global"] = "mexc", ["OKX"] = "okx", ["KuCoin"] = "kucoin", ["KuCoin Futures"] = "kucoin", ["Kraken"] = "kraken",
        ["Kraken Futures"] = "kraken", ["Coinbase Advanced"] = "coinbase",
    };

    [Fact]
    public void Has_EveryExchangeOfThePage_SaysTheSame()
    {
        var lines = File.ReadAllLines(ProjectFolder.Path("docs", "exchanges", "capabilities.md"));
        var exchanges = Cells(lines.Single(line => line.StartsWith("| | ", StringComparison.Ordinal)));
        var held = Cells(lines.Single(line => line.StartsWith("| Holds a stop that sells or buys at the market |", StringComparison.Ordinal)));

        Assert.Equal(exchanges.Length, held.Length);
        Assert.True(exchanges.Length > 10, string.Join(", ", exchanges));
        foreach (var (exchange, holds) in exchanges.Zip(held))
            Assert.True(
                (holds == "yes") != ExchangesWithoutStops.Has(Names[exchange.Replace(" spot", "", StringComparison.Ordinal).Replace(" perpetuals", "", StringComparison.Ordinal)]),
                $"{exchange}: the page says {holds}");
    }

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Skip(1).Select(cell => cell.Trim())];
}
