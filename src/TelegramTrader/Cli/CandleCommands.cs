using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;
using Symbol = TelegramTrader.Core.Market.Symbol;

namespace TelegramTrader.Cli;

/// <summary>The arguments of <c>candles fetch</c>, <c>candles list</c> and <c>import-candles</c>.</summary>
internal static class CandleCommands
{
    /// <summary>Before that, there was no exchange.</summary>
    private const int FirstYear = 2009;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static IEnumerable<Command> All(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        var fetch = Fetch(settings, output, errors);
        var list = new Command("list", "What is stored: symbols, times, gaps. End the bot first.");
        list.SetAction((parsed, _) => CandlesVerb.ListAsync(parsed.GetValue(settings), output, errors));
        yield return new Command("candles", "Prices of the past, for backtests, kept in the data folder.") { fetch, list };
        yield return Import(settings, output, errors);
    }

    private static Command Fetch(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        var symbols = new Argument<Symbol[]>("SYMBOL")
        {
            Description = "BTC/USDT:USDT (perpetual) or BTC/USDT (spot); one or more.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.Select(token => SymbolOf(token.Value, result)).OfType<Symbol>().Distinct()],
        };
        var timeframe = TimeframeOption();
        var from = new Option<Instant>("--from") { Description = "The first day, as 2025-05-01, or the first moment, as 2025-05-01T12:00Z; UTC.", HelpName = "DATE", Required = true, CustomParser = DateOf };
        var to = new Option<Instant?>("--to") { Description = "The moment before which it ends, written likewise; now unless given.", HelpName = "DATE", CustomParser = result => DateOf(result) };
        var exchange = ExchangeOption();
        var fetch = new Command("fetch", "Fetches candles that are not stored yet from the exchange. No account is needed. End the bot first.") { symbols, timeframe, from, to, exchange };
        fetch.SetAction((parsed, cancellation) => CandlesVerb.FetchAsync(
            parsed.GetValue(settings), new CandlesVerb.FetchOrder(parsed.GetValue(symbols)!, parsed.GetValue(timeframe), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(exchange)),
            TimeProvider.System, output, errors, cancellation));
        return fetch;
    }

    private static Command Import(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV with time, open, high, low, close, volume; compressed where the name ends in .gz.", Arity = ArgumentArity.OneOrMore };
        var symbol = new Option<Symbol>("--symbol")
        {
            Description = "BTC/USDT:USDT (perpetual) or BTC/USDT (spot).", HelpName = "SYMBOL", Required = true, CustomParser = result => SymbolOf(result.Tokens.Single().Value, result),
        };
        var timeframe = TimeframeOption();
        var exchange = ExchangeOption();
        var replace = new Option<bool>("--replace") { Description = "Where other values are stored, those of the file take their place; otherwise the stored ones stay." };
        var import = new Command("import-candles", "Takes over candles from CSV files. A file with a bad line is not used at all. End the bot first.") { files, symbol, timeframe, exchange, replace };
        import.SetAction((parsed, cancellation) => CandleImportVerb.RunAsync(
            parsed.GetValue(settings), parsed.GetValue(files)!, parsed.GetValue(symbol)!, parsed.GetValue(timeframe), parsed.GetValue(exchange), parsed.GetValue(replace), output, errors, cancellation));
        return import;
    }

    internal static Option<Timeframe> TimeframeOption() => new("--timeframe")
    {
        Description = "The length of a candle: 1m, 15m, 4h, 1d.",
        HelpName = "LENGTH",
        DefaultValueFactory = _ => Timeframe.OneMinute,
        CustomParser = result =>
        {
            if (!TimeframeText.TryParse(result.Tokens.Single().Value, out var timeframe))
                result.AddError($"The timeframe must be 1m to 31d, such as 15m or 4h, but is '{result.Tokens.Single().Value}'.");
            return timeframe;
        },
    };

    private static Option<string?> ExchangeOption()
    {
        var exchange = new Option<string?>("--exchange") { Description = "As CCXT calls it: binance, bybit, okx, …; otherwise that of the settings.", HelpName = "NAME" };
        exchange.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && !ExchangeSettings.IsName(name))
                result.AddError($"The exchange must be 2 to 25 small letters and digits, such as binance, but is '{name}'.");
        });
        return exchange;
    }

    private static Symbol? SymbolOf(string text, ArgumentResult result)
    {
        if (!Symbol.TryParse(text, out var symbol))
            result.AddError($"The symbol must be written as BTC/USDT:USDT (perpetual) or BTC/USDT (spot) but is '{text}'.");
        return symbol;
    }

    internal static Instant DateOf(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date.Year is >= FirstYear and < 2100)
            return Instant.From(date);
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"The date must be written as 2025-05-01 or 2025-05-01T12:00Z, from {FirstYear} on, but is '{text}'."));
        return default;
    }
}
