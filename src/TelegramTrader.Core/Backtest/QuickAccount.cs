using System.Runtime.CompilerServices;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <summary>What the accounts of a sweep share, with everything that does not change from trade to trade worked out.</summary>
internal sealed class QuickMarket(PriceSeries series, StrategySettings settings)
{
    public PriceSeries Series { get; } = series;

    public double Cash { get; } = (double)settings.Cash;

    /// <summary>What each entry buys; 0 spends all cash.</summary>
    public double Units { get; } = (double)(settings.Units ?? 0m);

    public double WithFee { get; } = 1 + (double)settings.Fee;

    public double LessFee { get; } = 1 - (double)settings.Fee;
}

/// <summary>The cash of one combination, in doubles.</summary>
internal struct QuickAccount(QuickMarket market) : IFillSink
{
    private double _cash = market.Cash;
    private double _units;
    private double _atDayStart = market.Cash;
    private int _day;
    private int _dayEnd = market.Series.DayEnds[0];
    private int _trades;
    private Moments _daily;

    // Part of the loop that calls it, which is compiled at its best from the first call on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Buy(int bar, double open)
    {
        if (_dayEnd < bar)
            EndDays(bar);
        // Spending everything costs what there is, up to the last digit of a double.
        var (units, cost) = market.Units > 0 ? (market.Units, market.Units * open * market.WithFee) : (_cash / market.WithFee / open, _cash);
        if (cost > _cash || cost <= 0)
            return false;
        _units = units;
        _cash -= cost;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sell(int bar, double open)
    {
        if (_dayEnd < bar)
            EndDays(bar);
        _cash += _units * open * market.LessFee;
        _units = 0;
        _trades++;
    }

    public SweepResult Result()
    {
        EndDays(int.MaxValue);
        return new SweepResult(_atDayStart, _trades, _daily);
    }

    /// <summary>Days whose last close lies before the bar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EndDays(int bar)
    {
        var ends = market.Series.DayEnds;
        for (; _day < ends.Length && ends[_day] < bar; _day++)
        {
            var now = _cash + _units * market.Series.QuickCloses[ends[_day]];
            _daily.Add(now / _atDayStart - 1);
            _atDayStart = now;
        }

        _dayEnd = _day < ends.Length ? ends[_day] : int.MaxValue;
    }
}
