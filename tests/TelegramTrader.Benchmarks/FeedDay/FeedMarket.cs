using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks.FeedDay;

/// <summary>Prices that wander and are drawn back a little, the same in every run; and posts about them.</summary>
internal sealed class FeedMarket
{
    private const decimal Tick = 0.0001m;

    private readonly Random _random = new(11);

    public FeedMarket(int symbols) => Symbols = [.. Enumerable.Range(0, symbols).Select(number => new Listed(Symbol.Parse($"{Name(number)}/USDT:USDT"), 1m + number * number))];

    public IReadOnlyList<Listed> Symbols { get; }

    /// <summary>A second goes by.</summary>
    public void Move()
    {
        foreach (var listed in Symbols)
        {
            // About 3 % in an hour at this step, and seldom farther: targets and stops are met the whole day long.
            var share = (_random.Next(2001) - 1000) / 1_000_000m;
            var back = (listed.Start - listed.Bid) / listed.Start / 2_000m;
            listed.Bid = Math.Max(Tick, Math.Round(listed.Bid * (1m + share + back) / Tick) * Tick);
        }
    }

    /// <summary>A signal at the present price of some symbol.</summary>
    public string Post()
    {
        var listed = Symbols[_random.Next(Symbols.Count)];
        var sign = _random.Next(2) == 0 ? 1 : -1;
        string At(decimal percent) => (listed.Bid * (1m + sign * percent / 100m)).ToString("0.####", CultureInfo.InvariantCulture);
        return $"{(sign > 0 ? "LONG" : "SHORT")} {listed.Symbol.Base}USDT\nEntry: {(_random.Next(2) == 0 ? "market" : At(-0.3m))}\nTP {At(0.8m)}, {At(1.6m)}, {At(2.4m)}\nSL {At(-1.5m)}\nLeverage 3x";
    }

    /// <summary>Of letters only: digits in a name mean multiples to a parser. 0 is QAA, 1 QAB…</summary>
    private static string Name(int number) => $"Q{(char)('A' + number / 26)}{(char)('A' + number % 26)}";

    internal sealed class Listed(Symbol symbol, decimal start)
    {
        public Symbol Symbol { get; } = symbol;

        public decimal Start { get; } = start;

        public decimal Bid { get; set; } = start;

        public decimal Ask => Bid + Tick;
    }
}
