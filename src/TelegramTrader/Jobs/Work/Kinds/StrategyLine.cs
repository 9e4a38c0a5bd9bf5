using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>
/// <c>STRATEGY SYMBOL TIMEFRAME</c> and behind them, in any order, values of parameters (<c>fast=10</c>), options (<c>fee=0.001</c>) and how far back it goes (<c>90d</c> or <c>all</c>).
/// </summary>
/// <param name="Values">Those of the strategy's parameters, as typed.</param>
/// <param name="Days">Before the last candle; null: all.</param>
/// <param name="HasRange">How far back was said.</param>
internal sealed record StrategyLine(
    StrategyKind Kind, PastSeries Series, IReadOnlyList<string> Values, StrategySettings Settings, int? Days, bool HasRange, IReadOnlyDictionary<string, decimal> Options)
{
    private const int MostDays = 3650;
    private const int MostChoices = 12;

    /// <summary>How far back a wizard offers to go, in days.</summary>
    private static readonly int[] s_offered = [7, 30, 90, 365];

    /// <summary>Of every strategy job: what each fill costs, what it begins with, what each entry buys.</summary>
    private static readonly IReadOnlyList<LineOption> s_common =
    [
        new("fee", "of each fill, as a fraction: 0.001 is 0.1 %", 0m, 0.1m, 0.001m),
        new("cash", "what it starts with", 0.01m, 1_000_000_000_000m, 10_000m),
        new("size", "units that each entry buys; all cash unless given", 0.00000001m, 1_000_000_000_000m, null),
    ];

    /// <summary>The line that says the same, with the symbol in full; how a job keeps it.</summary>
    /// <param name="values">Those of the parameters.</param>
    public string Text(IEnumerable<string> values) => string.Join(' ',
    [
        Kind.Name, Series.Symbol.ToString(), Series.Timeframe.ToString(), .. values,
        .. Options.Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Key}={option.Value}")), Days is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days}d") : "all",
    ]);

    /// <param name="options">On top of those that all have.</param>
    /// <returns>The line, or what is wrong or missing.</returns>
    public static (StrategyLine? Line, JobCheck? Otherwise) Read(IReadOnlyList<string> words, PastCandles candles, IReadOnlyList<LineOption> options)
    {
        if (words.Count == 0)
            return Asks("Which strategy?", StrategyCatalog.Names.Select(name => new JobChoice(name, name)));
        if (StrategyCatalog.Find(words[0]) is not { } kind)
            return Wrong($"The strategy must be one of {string.Join(", ", StrategyCatalog.Names)}, but is '{words[0]}'.");
        IReadOnlyList<PastSeries> there;
        try
        {
            there = candles.List();
        }
        catch (RecordingException exception)
        {
            return Wrong(exception.Message);
        }

        if (there.Count == 0)
            return Wrong("No candles are stored. Stop the bot and fetch some: candles fetch BTC/USDT --timeframe 1h --from 2024-01-01");
        if (words.Count == 1)
            return Asks($"{kind.Name}: {kind.Summary} On which candles?", there.Take(MostChoices).Select(series => new JobChoice($"{series.Symbol.Pair} {series.Timeframe}", $"{kind.Name} {series.Symbol} {series.Timeframe}")));
        var ofSymbol = there.Where(series => IsMeant(series, words[1])).ToArray();
        if (ofSymbol.Length == 0)
            return Wrong($"No candles of '{words[1]}' are stored. There are {Listed(there)}. Others are fetched while the bot is stopped: candles fetch SYMBOL --timeframe 1h --from 2024-01-01");
        if (words.Count == 2)
            return Asks($"{ofSymbol[0].Symbol}: which timeframe?", ofSymbol.Take(MostChoices).Select(series => new JobChoice($"{series.Timeframe} ({series.Source})", $"{kind.Name} {series.Symbol} {series.Timeframe}")));
        if (!TimeframeText.TryParse(words[2], out var timeframe))
            return Wrong($"The timeframe must be one such as 1m, 4h or 1d, but is '{words[2]}'.");
        if (ofSymbol.FirstOrDefault(series => series.Timeframe == timeframe) is not { } series)
            return Wrong($"No candles of {words[1]} {timeframe} are stored. Of it there are {string.Join(", ", ofSymbol.Select(one => one.Timeframe).Distinct())}.");
        return Rest(kind, series, [.. words.Skip(3)], [.. s_common, .. options]);
    }

    /// <summary>What a wizard asks when nothing says how far back it goes.</summary>
    public JobCheck.Asks AskRange(IReadOnlyList<string> values) => new(
        $"{Kind.Name} on {Series.Symbol} {Series.Timeframe}: how far back?",
        [.. s_offered.Select(days => $"{days}d").Append("all").Select(range => new JobChoice(range == "all" ? "All there is" : $"{range[..^1]} days", string.Join(' ', [Kind.Name, Series.Symbol.ToString(), Series.Timeframe.ToString(), .. values, range])))]);

    private static (StrategyLine? Line, JobCheck? Otherwise) Rest(StrategyKind kind, PastSeries series, IReadOnlyList<string> words, IReadOnlyList<LineOption> known)
    {
        var (values, given) = (new List<string>(), new Dictionary<string, decimal>(StringComparer.Ordinal));
        var (days, hasRange) = ((int?)null, false);
        foreach (var word in words)
        {
            if (word.Split('=', 2) is [var name, var text])
            {
                if (known.FirstOrDefault(option => option.Name == name) is not { } option)
                    values.Add(word);
                else if (option.Read(text) is not { } value)
                    return Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} ({option.Meaning}) must be {(option.IsWhole ? "a whole number" : "a number")} from {option.Least} to {option.Most}, but is '{text}'."));
                else if (!given.TryAdd(name, value))
                    return Wrong($"{name} is given twice.");
                continue;
            }

            if (hasRange)
                return Wrong($"How far back it goes is said twice; the second time with '{word}'.");
            hasRange = true;
            if (word == "all")
                continue;
            if (!word.EndsWith('d') || !int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostDays)
                return Wrong($"Behind the timeframe come values such as fast=10, and 1d to {MostDays}d or all for how far back it goes, but there is '{word}'.");
            days = number;
        }

        var settings = new StrategySettings { Cash = given.GetValueOrDefault("cash", 10_000m), Fee = given.GetValueOrDefault("fee", 0.001m), Units = given.TryGetValue("size", out var units) ? units : null };
        return (new StrategyLine(kind, series, values, settings, days, hasRange, given), null);
    }

    private static bool IsMeant(PastSeries series, string word) =>
        string.Equals(series.Symbol.ToString(), word, StringComparison.OrdinalIgnoreCase) || string.Equals(series.Symbol.Pair, word, StringComparison.OrdinalIgnoreCase)
        || string.Equals(series.Symbol.Base + series.Symbol.Quote, word, StringComparison.OrdinalIgnoreCase);

    private static string Listed(IReadOnlyList<PastSeries> there) =>
        string.Join(", ", there.Take(MostChoices).Select(series => $"{series.Symbol} {series.Timeframe}")) + (there.Count > MostChoices ? $" and {there.Count - MostChoices} more" : "");

    private static (StrategyLine?, JobCheck?) Wrong(string problem) => (null, new JobCheck.Wrong(problem));

    private static (StrategyLine?, JobCheck?) Asks(string question, IEnumerable<JobChoice> choices) => (null, new JobCheck.Asks(question, [.. choices]));
}

/// <summary>A number that may be given by name.</summary>
/// <param name="Usual">Null: none.</param>
internal sealed record LineOption(string Name, string Meaning, decimal Least, decimal Most, decimal? Usual)
{
    public bool IsWhole { get; init; }

    /// <summary>Null when the text is not such a number.</summary>
    public decimal? Read(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= Least && value <= Most && (!IsWhole || value == decimal.Truncate(value)) ? value : null;
}
