using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>backtest strategy</c>.</summary>
internal static class StrategyVerb
{
    public const string SmaCross = "sma-cross";

    /// <summary>How trades come about; part of every output.</summary>
    public const string FillRule = "signal on close, fill at the next open, fee on each fill, no spread, no slippage; what is open at the end is valued at the last close";

    public static IReadOnlyList<string> Known { get; } = [SmaCross];

    public static async Task<int> RunAsync(
        string name, IReadOnlyList<string> parameters, IReadOnlyList<string> files, StrategySettings settings, bool asJson, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (!TryRead(parameters, out var values, out var trouble) || !TryRule(values, out var rule, out trouble))
        {
            await errors.WriteLineAsync(trouble);
            return ExitCodes.BadArguments;
        }

        if (await SeriesAsync(files, errors) is not { } series)
            return ExitCodes.Failed;
        cancellation.ThrowIfCancellationRequested();
        var result = StrategyBacktest.Run(series, rule, settings);
        if (asJson)
            await output.WriteLineAsync(StrategyJson.Of(name, values, series, settings, result));
        else
            await WriteAsync(name, values, series, result, output);
        return ExitCodes.Done;
    }

    /// <summary>Null after saying why.</summary>
    public static async Task<PriceSeries?> SeriesAsync(IReadOnlyList<string> files, TextWriter errors)
    {
        try
        {
            await errors.WriteLineAsync($"Reading {string.Join(", ", files.Select(Path.GetFileName))}");
            var columns = CandleFiles.Read(files);
            if (columns.Count == 0)
            {
                await errors.WriteLineAsync("There are no candles in what was given.");
                return null;
            }

            return new PriceSeries(columns.Times, columns.Open, columns.Close);
        }
        catch (Exception exception) when (exception is CandleStoreException or ArgumentException)
        {
            await errors.WriteLineAsync(exception.Message);
            return null;
        }
    }

    public static bool TryRule(IReadOnlyDictionary<string, int> values, out CrossRule rule, out string trouble)
    {
        rule = default;
        trouble = "";
        foreach (var (parameter, value) in values)
            if (parameter is not ("fast" or "slow"))
                trouble = $"{SmaCross} has the parameters fast and slow, but was given {parameter}.";
            else if (value is < 1 or > CrossRule.LongestWindow)
                trouble = string.Create(CultureInfo.InvariantCulture, $"{parameter} must be 1 to {CrossRule.LongestWindow} bars but is {value}.");
        if (trouble.Length == 0 && (!values.ContainsKey("fast") || !values.ContainsKey("slow")))
            trouble = $"{SmaCross} needs the parameters fast and slow.";
        if (trouble.Length > 0)
            return false;
        rule = new CrossRule(values["fast"], values["slow"]);
        return true;
    }

    /// <summary>With its sign, and none where it rounds to nothing.</summary>
    public static string Change(double share) => (Math.Round(share * 100, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static bool TryRead(IReadOnlyList<string> parameters, out Dictionary<string, int> values, out string trouble)
    {
        values = new Dictionary<string, int>(StringComparer.Ordinal);
        trouble = "";
        foreach (var text in parameters)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || !values.TryAdd(parts[0], value))
                trouble = $"A parameter is written as fast=10, once each, but is '{text}'.";
        }

        return trouble.Length == 0;
    }

    private static async Task WriteAsync(string name, IReadOnlyDictionary<string, int> values, PriceSeries series, StrategyResult result, TextWriter output)
    {
        var metrics = result.Metrics;
        string Percent(double? share) => share is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "–";
        string Ratio(double? ratio) => ratio is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
        await output.WriteLineAsync($"{name} {string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value}")))}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.Bars} bars from {new Instant(series.Times[0])} to {new Instant(series.Times[^1])}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Final equity {result.FinalEquity:0.00} ({Change(metrics.Return)}), deepest drawdown {Percent(metrics.MaxDrawdown)}, fees {metrics.FeesPaid:0.00}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.Trades.Count} trades, {Percent(metrics.WinRate)} won, mean {Ratio(metrics.AveragePnl)} a trade, profit factor {Ratio(metrics.ProfitFactor)}"));
        await output.WriteLineAsync($"Sharpe {Ratio(metrics.Sharpe)}, Sortino {Ratio(metrics.Sortino)}, Calmar {Ratio(metrics.Calmar)}, in the market {Percent(metrics.Exposure)} of the bars");
        if (result.Open is { } open)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Still open since {new Instant(series.Times[open.EntryBar])}: {open.Units:0.########} bought at {open.EntryPrice}, {open.Pnl:+0.00;-0.00} so far"));
        if (result.LeftOut > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.LeftOut} entries were left out: there was not enough cash"));
        await output.WriteLineAsync($"Rule: {FillRule}.");
    }
}
