using System.Globalization;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>backtest strategy</c>.</summary>
internal static class StrategyVerb
{
    /// <summary>How trades come about; part of every output.</summary>
    public const string FillRule = "signal on close, fill at the next open, fee on each fill, no spread, no slippage; what is open at the end is valued at the last close";

    public static async Task<int> RunAsync(
        string name, IReadOnlyList<string> parameters, IReadOnlyList<string> files, StrategySettings settings, bool asJson, ChartFile? chart, TextWriter output, TextWriter errors,
        CancellationToken cancellation)
    {
        var kind = StrategyCatalog.Find(name)!;
        var (given, trouble) = Read(parameters);
        (var values, trouble) = given is null ? (null, trouble) : kind.Complete(given);
        trouble = values is null ? trouble : kind.Misfit(values) ?? "";
        if (values is null || trouble.Length > 0)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCodes.BadArguments;
        }

        if (await SeriesAsync(files, errors) is not { } series)
            return ExitCodes.Failed;
        cancellation.ThrowIfCancellationRequested();
        var result = kind.Run(series, values, settings);
        if (asJson)
            await output.WriteLineAsync(StrategyJson.Of(name, values, series, settings, result));
        else
            await WriteAsync(name, values, series, result, output);
        if (chart is null)
            return ExitCodes.Done;
        if (series.Count < 2)
        {
            await errors.WriteLineAsync("There is no chart: it needs two bars or more.");
            return ExitCodes.Failed;
        }

        return await chart.SaveAsync(style => BacktestCharts.Equity($"{name} {InWords(values)}", series, settings, result, style), errors, cancellation);
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

            return new PriceSeries(columns.Times, columns.Open, columns.Close, columns.High, columns.Low);
        }
        catch (Exception exception) when (exception is CandleStoreException or ArgumentException)
        {
            await errors.WriteLineAsync(exception.Message);
            return null;
        }
    }

    /// <summary>As in <c>fast 10, slow 30</c>.</summary>
    public static string InWords(IReadOnlyDictionary<string, decimal> values) => string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value}")));

    /// <summary>With its sign, and none where it rounds to nothing.</summary>
    public static string Change(double share) => (Math.Round(share * 100, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static (IReadOnlyDictionary<string, decimal>? Given, string Trouble) Read(IReadOnlyList<string> parameters)
    {
        var given = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var text in parameters)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || !given.TryAdd(parts[0], value))
                return (null, $"A parameter is written as fast=10, once each, but is '{text}'.");
        }

        return (given, "");
    }

    private static async Task WriteAsync(string name, IReadOnlyDictionary<string, decimal> values, PriceSeries series, StrategyResult result, TextWriter output)
    {
        var metrics = result.Metrics;
        string Percent(double? share) => share is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "–";
        string Ratio(double? ratio) => ratio is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
        await output.WriteLineAsync($"{name} {InWords(values)}");
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
