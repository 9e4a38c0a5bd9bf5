namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Exchanges that hold no stop which closes at the market, spot and perpetuals alike. Who watches the stops is settled when the engine is made, before any exchange was reached; that the
/// exchange then says the same is a condition for live trading. Of the same content as the gateway's profiles, which a test sees to.
/// </summary>
public static class ExchangesWithoutStops
{
    private static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "mexc", "coinbase" };

    /// <param name="exchange">As CCXT calls it.</param>
    public static bool Has(string exchange) => Names.Contains(exchange);
}
