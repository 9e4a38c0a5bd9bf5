using System.Globalization;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Judgement;
using EquityPoint = TelegramTrader.Connectors.Charts.EquityPoint;

namespace TelegramTrader.Charts;

/// <summary>Charts of what following posts would have brought.</summary>
internal static class PostCharts
{
    /// <summary>Equity and drawdown. Null where there are no prices to draw it over.</summary>
    /// <param name="name">Whose posts.</param>
    public static Chart? Equity(string name, PostBacktestResult result, ChartStyle style)
    {
        if (result.Equity.Count < 2)
            return null;
        var alone = result.WithLimits ? "" : " · each signal alone";
        return EquityChart.Of(
            new EquityInput
            {
                Heading = new ChartHeading(name, Modes.Label(RunMode.Backtest), ChartWords.Span(result.Equity[0].Time, result.Equity[^1].Time, TimeZoneInfo.Utc) + alone,
                [
                    new ChartFact("Net", Change(result.Net), result.Net switch { > 0m => true, < 0m => false, _ => null }),
                    result.WithLimits ? new ChartFact("Drawdown", string.Create(CultureInfo.InvariantCulture, $"{-result.DeepestDrawdown * 100m:0.0;−0.0;0.0} %"), result.DeepestDrawdown > 0m ? false : null)
                        : new ChartFact("Deepest fall", Change(-Fall(result.Equity)), Fall(result.Equity) > 0m ? false : null),
                    new ChartFact("Signals", result.Outcomes.Count.ToString(CultureInfo.InvariantCulture)),
                ]),
                // Results that are added up begin at nothing.
                Points = [.. result.Equity.Select(point => new EquityPoint(point.Time, result.WithLimits ? point.Equity : point.Equity - result.StartingBalance.Amount))],
                Name = result.WithLimits ? "Equity" : "Results added up",
                Asset = result.StartingBalance.Asset,
                DrawdownIsFraction = result.WithLimits,
                IsStepped = true,
                Zone = TimeZoneInfo.Utc,
            },
            style);
    }

    private static decimal Fall(IReadOnlyList<Core.Judgement.EquityPoint> equity)
    {
        var (highest, deepest) = (equity[0].Equity, 0m);
        foreach (var (_, value) in equity)
        {
            highest = Math.Max(highest, value);
            deepest = Math.Max(deepest, highest - value);
        }

        return deepest;
    }

    private static string Change(decimal amount) => amount.ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);
}
