using TelegramTrader.Core.Market;

namespace TelegramTrader.Backtests;

/// <summary>Which symbol a file of candles or funding rates is of, by its name: <c>binance-perp-BTCUSDT-1m.csv.gz</c>, <c>BTC-USDT_1m.csv</c>, or outright <c>BTC/USDT=prices.csv</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Base">In capital letters.</param>
/// <param name="Quote">As the name says it, or USDT where it says PERP.</param>
/// <param name="IsSpot">It was said outright: BTC/USDT is spot, BTC/USDT:USDT is not, and what a name says counts as perpetual.</param>
internal sealed record CandleFileName(string Path, string Base, string Quote, bool IsSpot)
{
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "TRY", "KRW", "BTC", "ETH", "BNB"];

    /// <summary>Null when the name holds no symbol.</summary>
    public static CandleFileName? Of(string argument)
    {
        var sign = argument.IndexOf('=', StringComparison.Ordinal);
        // A file may have the sign in its own name.
        if (sign > 0 && !File.Exists(argument))
        {
            var (written, path) = (argument[..sign].ToUpperInvariant(), argument[(sign + 1)..]);
            if (Symbol.TryParse(written, out var symbol))
                return new CandleFileName(path, symbol.Base, symbol.Quote, !symbol.IsPerpetual);
            return Pair(written) is { } named ? new CandleFileName(path, named.Base, named.Quote, false) : null;
        }

        return Pair(System.IO.Path.GetFileName(argument).ToUpperInvariant()) is { } pair ? new CandleFileName(argument, pair.Base, pair.Quote, false) : null;
    }

    private static (string Base, string Quote)? Pair(string name)
    {
        var words = name.Split(name.Where(character => !char.IsAsciiLetterOrDigit(character)).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
            if (Array.Find(Quotes, quote => word.Length > quote.Length && word.EndsWith(quote, StringComparison.Ordinal)) is { } found && word.Length <= 20)
                return (word[..^found.Length], found);
        for (var index = 1; index < words.Length; index++)
            if (Array.IndexOf(Quotes, words[index]) >= 0 && words[index - 1].Length <= 20)
                return (words[index - 1], words[index]);
        return null;
    }
}
