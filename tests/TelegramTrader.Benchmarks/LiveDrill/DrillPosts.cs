using System.Globalization;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>Posts that could be of a channel: both sides where there are shorts, entries at the market, at a price and in a zone, one to three targets, near enough to end soon.</summary>
internal static class DrillPosts
{
    public static string Make(SeededNumbers numbers, string coin, decimal price, bool isSpot)
    {
        var direction = isSpot || numbers.Chance(50) ? 1 : -1;
        string At(decimal percent) => (price * (1m + direction * percent / 100m)).ToString("0.#####", CultureInfo.InvariantCulture);
        decimal Percent(int from, int to) => numbers.Next(from, to) / 100m;

        var entry = numbers.Next(0, 3) switch
        {
            0 => "Entry: market",
            1 => $"Entry {At(-Percent(2, 25))}",
            _ => $"Entry: {At(-Percent(20, 40))} - {At(-Percent(2, 15))}",
        };
        var targets = Enumerable.Range(1, numbers.Next(1, 4)).Select(number => At(number * Percent(25, 60)));
        var post = $"{(direction > 0 ? "LONG" : "SHORT")} {coin}USDT\n{entry}\nTP {string.Join(", ", targets)}\nSL {At(-Percent(60, 130))}";
        return isSpot ? post : $"{post}\nLeverage {numbers.Next(2, 6)}x";
    }
}
