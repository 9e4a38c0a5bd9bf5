namespace TelegramTrader.Core.Backtest;

/// <summary>
/// How a strategy did. Returns are those of whole days in UTC, from equity at the last close of each day, what is open included; a year has 365 of them, because these
/// markets never close. The rate without risk is taken as zero. A ratio that has no meaning, as one over a loss that never happened, is null.
/// </summary>
public sealed record StrategyMetrics
{
    public const int DaysAYear = 365;

    /// <summary>Net profit over the starting cash, as a fraction.</summary>
    public required double Return { get; init; }

    /// <summary>Share of the ended trades with a profit after fees, 0 to 1.</summary>
    public required double? WinRate { get; init; }

    /// <summary>Mean profit of an ended trade after fees, in the quote asset.</summary>
    public required double? AveragePnl { get; init; }

    /// <summary>Mean return of an ended trade on what it cost, as a fraction. A strategy without a stop has no R.</summary>
    public required double? Expectancy { get; init; }

    /// <summary>All profits over all losses.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>The deepest fall of equity at closes from its highest before, as a fraction of that, 0 to 1.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Mean daily return over its standard deviation, times the root of 365. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 1994.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Mean daily return over its downside deviation, times the root of 365. Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 1994.</summary>
    public required double? Sortino { get; init; }

    /// <summary>Yearly growth over the deepest drawdown. Young, "Calmar Ratio: A Smoother Tool", Futures 1991.</summary>
    public required double? Calmar { get; init; }

    /// <summary>Share of the bars at whose close something is held, 0 to 1.</summary>
    public required double Exposure { get; init; }

    /// <summary>How long something was held, all in all.</summary>
    public required TimeSpan TimeInMarket { get; init; }

    /// <summary>In the quote asset.</summary>
    public required decimal FeesPaid { get; init; }

    /// <summary>Of the daily returns.</summary>
    public required Moments Daily { get; init; }

    internal static StrategyMetrics Of(PriceSeries series, StrategySettings settings, IReadOnlyList<StrategyTrade> ended, StrategyTrade? open)
    {
        var walk = EquityWalk.Over(series, settings, ended, open);
        var wins = ended.Where(trade => trade.Pnl > 0m).ToArray();
        var losses = -ended.Where(trade => trade.Pnl < 0m).Sum(trade => trade.Pnl);
        var years = (series.Times[^1] - series.Times[0]) / TimeSpan.FromDays(DaysAYear).TotalMilliseconds;
        var growth = walk.Final / (double)settings.Cash;
        return new StrategyMetrics
        {
            Return = growth - 1,
            WinRate = Mean(wins.Length, ended.Count),
            AveragePnl = Mean((double)ended.Sum(trade => trade.Pnl), ended.Count),
            Expectancy = Mean(ended.Sum(trade => (double)(trade.Pnl / (trade.Units * trade.EntryPrice))), ended.Count),
            ProfitFactor = losses == 0m ? null : (double)(wins.Sum(trade => trade.Pnl) / losses),
            MaxDrawdown = walk.MaxDrawdown,
            Sharpe = Yearly(walk.Daily.Mean, walk.Daily.Deviation),
            Sortino = Yearly(walk.Daily.Mean, walk.Daily.DownsideDeviation),
            Calmar = walk.MaxDrawdown > 0 && years > 0 && growth > 0 ? (Math.Pow(growth, 1 / years) - 1) / walk.MaxDrawdown : null,
            Exposure = (double)walk.BarsHeld / series.Count,
            TimeInMarket = TimeSpan.FromMilliseconds(ended.Append(open).OfType<StrategyTrade>().Sum(trade => series.Times[trade.ExitBar ?? series.Count - 1] - series.Times[trade.EntryBar])),
            FeesPaid = ended.Append(open).OfType<StrategyTrade>().Sum(trade => trade.Fee),
            Daily = walk.Daily,
        };
    }

    internal static double? Yearly(double mean, double deviation) => deviation > 0 ? mean / deviation * Math.Sqrt(DaysAYear) : null;

    private static double? Mean(double sum, int count) => count == 0 ? null : sum / count;
}
