using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>backtest strategy</c>.</summary>
internal static class StrategyVerb
{
    public static async Task<int> RunAsync(
        string name, IReadOnlyList<string> parameters, IReadOnlyList<string> files, StrategySettings settings, bool asJson, ChartFile? chart, TextWriter output, TextWriter errors,
        CancellationToken cancellation)
    {
        var kind = StrategyCatalog.Find(name)!;
        var (values, trouble) = ParameterValues.Of(kind, parameters);
        if (values is null)
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

        return await chart.SaveAsync(style => BacktestCharts.Equity($"{name} {StrategyText.InWords(values)}", series, settings, result, style), errors, cancellation);
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

    private static async Task WriteAsync(string name, IReadOnlyDictionary<string, decimal> values, PriceSeries series, StrategyResult result, TextWriter output)
    {
        var metrics = result.Metrics;
        await output.WriteLineAsync($"{name} {StrategyText.InWords(values)}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.Bars} bars from {new Instant(series.Times[0])} to {new Instant(series.Times[^1])}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Final equity {result.FinalEquity:0.00} ({StrategyText.Change(metrics.Return)}), deepest drawdown {StrategyText.Percent(metrics.MaxDrawdown)}, fees {metrics.FeesPaid:0.00}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.Trades.Count} trades, {StrategyText.Percent(metrics.WinRate)} won, mean {StrategyText.Ratio(metrics.AveragePnl)} a trade, profit factor {StrategyText.Ratio(metrics.ProfitFactor)}"));
        await output.WriteLineAsync($"Sharpe {StrategyText.Ratio(metrics.Sharpe)}, Sortino {StrategyText.Ratio(metrics.Sortino)}, Calmar {StrategyText.Ratio(metrics.Calmar)}, in the market {StrategyText.Percent(metrics.Exposure)} of the bars");
        if (result.Open is { } open)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Still open since {new Instant(series.Times[open.EntryBar])}: {open.Units:0.########} bought at {open.EntryPrice}, {open.Pnl:+0.00;-0.00} so far"));
        if (result.LeftOut > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.LeftOut} entries were left out: there was not enough cash"));
        await output.WriteLineAsync($"Rule: {StrategyText.FillRule}.");
    }
}
