namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// How long an exchange takes a request for after it was signed. The gateway says the window with each request to the exchanges that are named here, and a test there holds it to that; others
/// have one of their own, or none, and are given longer.
/// </summary>
public static class ReceiveWindows
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    // A request may be signed so much ahead of the exchange's clock before it is refused for that.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "binance", "bybit" };

    /// <param name="exchange">As CCXT calls it.</param>
    public static TimeSpan ArrivesWithin(string exchange) => Names.Contains(exchange) ? Window + ClocksDiffer : Unknown;
}
