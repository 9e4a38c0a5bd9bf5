using System.Globalization;
using System.Text;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Backtest;

namespace TelegramTrader.Backtests;

/// <summary>What each combination of two parameters came to, as a table: the first parameter down, the second across.</summary>
internal sealed class HeatMap
{
    /// <summary>A larger one is for nobody to look at.</summary>
    private const long MostCells = 10_000;

    private const int MostColumns = 100;
    private const string Shades = "·░▒▓█";

    private readonly ParameterGrid.Axis _down;
    private readonly ParameterGrid.Axis _across;

    private HeatMap(ParameterGrid.Axis down, ParameterGrid.Axis across)
    {
        (_down, _across) = (down, across);
        Equity = [.. down.Values.Select(_ => new double?[across.Values.Count])];
    }

    /// <summary>Final equity, row by row; null where nothing was tried.</summary>
    public double?[][] Equity { get; }

    /// <summary>Null where the grid has not two parameters, or more than 10,000 combinations.</summary>
    public static HeatMap? Of(GridChoice choice, IReadOnlyList<SweepResult> swept)
    {
        if (choice.Grid.Axes is not [var down, var across] || choice.Grid.Count > MostCells)
            return null;
        var map = new HeatMap(down, across);
        var rows = down.Values.Index().ToDictionary(value => value.Item, value => value.Index);
        var columns = across.Values.Index().ToDictionary(value => value.Item, value => value.Index);
        foreach (var (values, result) in choice.Combinations.Zip(swept))
            map.Equity[rows[values[down.Name]]][columns[values[across.Name]]] = result.FinalEquity;
        return map;
    }

    public object Json() => new { Down = _down.Name, Across = _across.Name, DownValues = _down.Values, AcrossValues = _across.Values, FinalEquity = Equity };

    public Chart Chart(string strategy, PriceSeries series, decimal cash, ChartStyle style) =>
        BacktestCharts.Sweep(strategy, series, cash, (_down.Name, _down.Values), (_across.Name, _across.Values), Equity, style);

    /// <summary>Lines of text; empty where there are too many columns for a terminal or nothing differs.</summary>
    public IEnumerable<string> Lines()
    {
        var known = Equity.SelectMany(row => row).OfType<double>().ToArray();
        var (least, most) = (known.Min(), known.Max());
        if (_across.Values.Count > MostColumns || _down.Values.Count > MostColumns || !(most > least))
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Final equity, {_down.Name} down, {_across.Name} across from {_across.Values[0]} to {_across.Values[^1]}: {Shades[0]} from {least:0.00}, {Shades[^1]} up to {most:0.00}");
        var width = _down.Values.Max(value => value.ToString(CultureInfo.InvariantCulture).Length);
        foreach (var (value, row) in _down.Values.Zip(Equity))
        {
            var line = new StringBuilder("  ").Append(value.ToString(CultureInfo.InvariantCulture).PadLeft(width)).Append(' ');
            foreach (var equity in row)
                line.Append(equity is { } number ? Shades[Math.Min((int)((number - least) / (most - least) * Shades.Length), Shades.Length - 1)] : ' ');
            yield return line.ToString();
        }
    }
}
