namespace TelegramTrader.Core.Signals.Parsing.Assets;

/// <summary>
/// Reads an asset list file. Form, line by line: <c># remark</c>; <c>kind: Crypto</c> for the lines below it; <c>quote: USD</c> the quote
/// of the lines below it; <c>quotes: USDT USDC</c> what things are priced in, most common first; <c>words: ONE GAS</c> tickers that are
/// also words; <c>thousands: BTC ETH</c> what costs thousands of dollars; <c>BTC = xbt, bitcoin</c> one asset with other names; anything else is tickers parted by spaces.
/// </summary>
internal static class AssetList
{
    /// <exception cref="FormatException">A line has none of the forms above: the list is part of the program, so this is a bug.</exception>
    public static IReadOnlyList<Asset> Read(string name, TextReader lines)
    {
        var names = new Dictionary<string, (AssetKind Kind, List<string> Names, string Quote)>(StringComparer.Ordinal);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var thousands = new HashSet<string>(StringComparer.Ordinal);
        var quotes = new List<string>();
        var kind = AssetKind.Crypto;
        var quote = "";
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            line = line.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (Value(line, "kind:") is { } kindName)
                kind = Enum.TryParse<AssetKind>(kindName, out var parsed) ? parsed : throw new FormatException($"{name} line {number}: there is no kind '{kindName}'.");
            else if (Value(line, "quote:") is { } quoteName)
                quote = quoteName;
            else if (Value(line, "quotes:") is { } list)
                quotes.AddRange(Tickers(list));
            else if (Value(line, "words:") is { } wordList)
                words.UnionWith(Tickers(wordList));
            else if (Value(line, "thousands:") is { } dearList)
                thousands.UnionWith(Tickers(dearList));
            else if (line.Split('=', 2, StringSplitOptions.TrimEntries) is [var ticker, var others])
                Entry(ticker).Names.AddRange(others.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            else
            {
                foreach (var plain in Tickers(line))
                    Entry(plain);
            }
        }

        return [.. names.Select(entry => new Asset(entry.Key, entry.Value.Kind, entry.Value.Names, words.Contains(entry.Key), thousands.Contains(entry.Key), quotes.IndexOf(entry.Key) + 1, entry.Value.Quote))];

        (AssetKind Kind, List<string> Names, string Quote) Entry(string ticker)
        {
            if (!names.TryGetValue(ticker, out var entry))
                names.Add(ticker, entry = (kind, [], quote));
            return entry;
        }
    }

    private static string? Value(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..].Trim() : null;

    private static string[] Tickers(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
