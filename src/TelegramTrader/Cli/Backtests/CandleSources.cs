using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Which candle files belong to which symbol of a file of signals.</summary>
internal static class CandleSources
{
    /// <summary>Longest first: of BTCUSDT the quote is USDT.</summary>
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "TRY", "KRW", "BTC", "ETH", "BNB"];

    /// <summary>
    /// The files of each symbol: those written as SYMBOL=FILE, then those whose name holds the symbol (the longest that fits); with one symbol that no name holds, all.
    /// A symbol that no file belongs to is missing.
    /// </summary>
    /// <exception cref="FormatException">A file belongs to no symbol.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Match(IReadOnlyCollection<string> symbols, IReadOnlyList<string> arguments)
    {
        var plain = symbols.ToDictionary(Plain, symbol => symbol, StringComparer.Ordinal);
        var matched = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        // Once a file names the only symbol, one that does not may be of another.
        var isOnly = plain.Count == 1 && !arguments.Any(argument => Plain(Path.GetFileName(argument)).Contains(plain.Keys.Single(), StringComparison.Ordinal));
        foreach (var argument in arguments)
        {
            var sign = argument.IndexOf('=', StringComparison.Ordinal);
            // A file may have the sign in its own name.
            var isNamed = sign > 0 && !File.Exists(argument);
            var file = isNamed ? argument[(sign + 1)..] : argument;
            var name = Plain(isNamed ? argument[..sign] : Path.GetFileName(argument));
            var symbol = isNamed ? plain.GetValueOrDefault(name)
                : isOnly ? plain.Values.Single()
                : plain.Where(known => name.Contains(known.Key, StringComparison.Ordinal)).OrderByDescending(known => known.Key.Length).Select(known => known.Value).FirstOrDefault();
            if (symbol is null && !isNamed && plain.Count > 0)
                throw new FormatException($"The signals are of {string.Join(", ", symbols)}: whose candles '{argument}' holds must be in its name or written as SYMBOL=FILE.");
            if (symbol is not null)
                (matched.TryGetValue(symbol, out var files) ? files : matched[symbol] = []).Add(file);
        }

        return matched.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
    }

    /// <exception cref="CandleStoreException">A file can't be read, or a line of it is no candle.</exception>
    /// <exception cref="ArgumentException">A price has too many digits.</exception>
    public static PriceRanges Read(IReadOnlyList<string> files)
    {
        var columns = CandleFiles.Read(files);
        return new PriceRanges(columns.Times, columns.Open, columns.High, columns.Low, columns.Close);
    }

    /// <summary>The symbol in the unified form: BTC/USDT of BTCUSDT, btc-usdt and BTC/USDT:USDT alike; one whose quote is not known counts as quoted in USDT.</summary>
    public static Symbol SymbolOf(string written)
    {
        var plain = Plain(written);
        var quote = Array.Find(Quotes, quote => plain.Length > quote.Length && plain.EndsWith(quote, StringComparison.Ordinal));
        return quote is null ? new Symbol(plain, "USDT") : new Symbol(plain[..^quote.Length], quote);
    }

    public static bool IsSymbol(string written) => Plain(written).Length is > 0 and <= 20;

    /// <summary>Capital letters and digits alone, without what a perpetual is settled in.</summary>
    public static string Plain(string text)
    {
        var pair = text.Split(':', 2)[0];
        return string.Concat(pair.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
    }
}
