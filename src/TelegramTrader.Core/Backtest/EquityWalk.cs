namespace TelegramTrader.Core.Backtest;

/// <summary>Equity at the close of every bar, and what is made of it.</summary>
internal record struct EquityWalk(double Final, double MaxDrawdown, int BarsHeld, Moments Daily)
{
    private double _peak;
    private double _atDayStart;
    private int _day;

    public static EquityWalk Over(PriceSeries series, StrategySettings settings, IReadOnlyList<StrategyTrade> ended, StrategyTrade? open)
    {
        var start = (double)settings.Cash;
        var walk = new EquityWalk(start, 0, 0, default) { _peak = start, _atDayStart = start };
        var (bar, cash) = (0, settings.Cash);
        foreach (var trade in open is null ? ended : [.. ended, open])
        {
            walk.Pass(series, bar, trade.EntryBar, (double)cash, 0);
            bar = trade.ExitBar ?? series.Count;
            walk.Pass(series, trade.EntryBar, bar, (double)(cash - trade.Units * trade.EntryPrice - trade.EntryFee), (double)trade.Units);
            walk.BarsHeld += bar - trade.EntryBar;
            if (trade.ExitBar is not null)
                // What was paid comes back with the trade's profit.
                cash += trade.Pnl;
        }

        walk.Pass(series, bar, series.Count, (double)cash, 0);
        return walk;
    }

    /// <summary>Bars from one number up to, and not including, another, with nothing bought or sold meanwhile.</summary>
    private void Pass(PriceSeries series, int from, int to, double cash, double units)
    {
        var closes = series.QuickCloses;
        var ends = series.DayEnds;
        if (to > from)
            Final = cash + units * closes[to - 1];
        for (var bar = from; bar < to; bar++)
        {
            var now = cash + units * closes[bar];
            if (now > _peak)
                _peak = now;
            else if (_peak - now > MaxDrawdown * _peak)
                MaxDrawdown = (_peak - now) / _peak;
            if (units == 0)
                break;
        }

        for (; _day < ends.Length && ends[_day] < to; _day++)
        {
            var now = cash + units * closes[ends[_day]];
            var daily = Daily;
            daily.Add(now / _atDayStart - 1);
            Daily = daily;
            _atDayStart = now;
        }
    }
}
