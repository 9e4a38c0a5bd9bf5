using System.Globalization;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Charts;

/// <summary>Charts of what a strategy would have made.</summary>
internal static class BacktestCharts
{
    /// <param name="name">The strategy and its parameters in words.</param>
    /// <param name="series">Two bars or more.</param>
    public static Chart Equity(string name, PriceSeries series, StrategySettings settings, StrategyResult result, ChartStyle style)
    {
        var metrics = result.Metrics;
        return EquityChart.Of(
            new EquityInput
            {
                Heading = new ChartHeading(name, Modes.Label(RunMode.Backtest), $"{Span(series)} · {series.Count.ToString("#,##0", CultureInfo.InvariantCulture)} bars",
                [
                    Percent("Return", metrics.Return), Percent("Drawdown", -metrics.MaxDrawdown), new ChartFact("Trades", result.Trades.Count.ToString("#,##0", CultureInfo.InvariantCulture)),
                    new ChartFact("Sharpe", metrics.Sharpe is { } sharpe ? ChartText.Number(sharpe, 2) : "–"),
                ]),
                Points = Points(series, settings, result),
                Asset = "",
                Zone = TimeZoneInfo.Utc,
            },
            style);
    }

    /// <param name="name">The strategy.</param>
    /// <param name="down">The parameter of the rows, with its values.</param>
    /// <param name="across">The parameter of the columns.</param>
    /// <param name="equity">Final equity, row by row; null where nothing was tried.</param>
    public static Chart Sweep(
        string name, PriceSeries series, decimal cash, (string Name, IReadOnlyList<decimal> Values) down, (string Name, IReadOnlyList<decimal> Values) across, double?[][] equity, ChartStyle style)
    {
        var start = (double)cash;
        IReadOnlyList<double?>[] percent = [.. equity.Select(row => (IReadOnlyList<double?>)[.. row.Select(value => (value / start - 1) * 100)])];
        var tried = (from row in Enumerable.Range(0, percent.Length) from column in Enumerable.Range(0, across.Values.Count) where percent[row][column] is not null select (row, column, percent[row][column]!.Value)).ToArray();
        var (bestRow, bestColumn, best) = tried.MaxBy(one => one.Value);
        return HeatMapChart.Of(
            new HeatMapInput
            {
                Heading = new ChartHeading(string.Create(CultureInfo.InvariantCulture, $"{name}, {tried.Length} combinations"), Modes.Label(RunMode.Backtest), Span(series),
                [
                    Percent("Best return", best / 100),
                    new ChartFact($"{down.Name} / {across.Name}", string.Create(CultureInfo.InvariantCulture, $"{down.Values[bestRow]:0.####} / {across.Values[bestColumn]:0.####}")),
                    new ChartFact("With a gain", ((double)tried.Count(one => one.Value > 0) / tried.Length).ToString("P0", CultureInfo.InvariantCulture)),
                ]),
                DownName = down.Name,
                Down = down.Values,
                AcrossName = across.Name,
                Across = across.Values,
                Percent = percent,
            },
            style);
    }

    /// <summary>Equity at the close of every bar.</summary>
    internal static IReadOnlyList<EquityPoint> Points(PriceSeries series, StrategySettings settings, StrategyResult result)
    {
        var points = new EquityPoint[series.Count];
        var (bar, cash) = (0, settings.Cash);
        foreach (var trade in result.Open is { } open ? [.. result.Trades, open] : result.Trades)
        {
            Fill(trade.EntryBar, cash, 0m);
            Fill(trade.ExitBar ?? series.Count, cash - trade.Units * trade.EntryPrice - trade.EntryFee, trade.Units);
            cash += trade.ExitBar is null ? 0m : trade.Pnl;
        }

        Fill(series.Count, cash, 0m);
        return points;

        // Up to the next fill nothing is bought or sold.
        void Fill(int to, decimal money, decimal units)
        {
            for (; bar < to; bar++)
                points[bar] = new EquityPoint(new Instant(series.Times[bar]), money + units * series.Closes[bar]);
        }
    }

    private static string Span(PriceSeries series) => ChartWords.Span(new Instant(series.Times[0]), new Instant(series.Times[^1]), TimeZoneInfo.Utc);

    private static ChartFact Percent(string label, double share) => new(label, ChartText.Change(share * 100, 1) + " %", Math.Round(share, 3) switch { > 0 => true, < 0 => false, _ => null });
}
