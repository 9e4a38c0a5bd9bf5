using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>The texts of the plan, and the market they are about. Invented; no channel ever wrote them.</summary>
internal sealed class PostTexts(Random random)
{
    private static readonly string[] Chatter =
    [
        "Good morning, coffee first and charts later", "Quiet day today, even the birds are silent", "We answer all questions in the evening session", "Drink enough water and sleep well",
        "What a week this was, thank you all for being here", "The news at two may move things, be careful", "No rush, the next chance always comes", "Holiday on Monday, we are back on Tuesday",
    ];

    private static readonly string[] Updates = ["Move stop to entry", "Close half here", "Cancel the entry, it ran away", "Target 1 done, stop to entry"];

    /// <summary>What can be traded, with the price it begins at.</summary>
    public static IReadOnlyList<(Instrument Instrument, decimal Price)> Market { get; } =
    [
        Listed("BTC", 64_000m, 0.1m, 0.001m), Listed("ETH", 3_200m, 0.01m, 0.001m), Listed("SOL", 150m, 0.001m, 0.01m), Listed("XRP", 0.6m, 0.0001m, 0.1m), Listed("ADA", 0.45m, 0.0001m, 1m),
        Listed("LINK", 14m, 0.001m, 0.01m), Listed("AVAX", 28m, 0.001m, 0.01m), Listed("DOT", 6.5m, 0.001m, 0.1m), Listed("LTC", 80m, 0.01m, 0.001m), Listed("NEAR", 5.2m, 0.001m, 0.1m),
    ];

    public string ASignal()
    {
        var (instrument, price) = Market[random.Next(Market.Count)];
        var sign = random.Next(2) == 0 ? 1 : -1;
        string At(decimal share) => instrument.RoundToTick(price * (1m + (sign * share))).ToString();
        var name = instrument.Symbol.Base;
        return string.Create(CultureInfo.InvariantCulture,
            $"#{name}/USDT {(sign > 0 ? "LONG" : "SHORT")}\nEntry: {At(-0.002m)} - {At(0.002m)}\nTargets: {At(0.02m + (random.Next(100) / 10_000m))} / {At(0.04m)} / {At(0.06m)}\nStop: {At(-0.03m)}\nLeverage: {random.Next(2, 6)}x isolated");
    }

    public string AnUpdate() => Updates[random.Next(Updates.Length)];

    public string SomeChatter() => string.Create(CultureInfo.InvariantCulture, $"{Chatter[random.Next(Chatter.Length)]} ({random.Next(1_000)} readers)");

    private static (Instrument Instrument, decimal Price) Listed(string name, decimal price, decimal tick, decimal step) => (new Instrument
    {
        Symbol = Symbol.Parse($"{name}/USDT:USDT"), PriceTick = tick, QuantityStep = step, MinimumQuantity = new Quantity(step), MinimumNotional = 5m, MaximumLeverage = 50m, MaintenanceMarginRate = 0.004m,
    }, price);
}
