using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Core.Backtest;

/// <summary>What the accounts of a sweep share.</summary>
internal sealed class QuickMarket(PriceSeries series, StrategySettings settings)
{
    public PriceSeries Series { get; } = series;

    public double Cash { get; } = (double)settings.Cash;

    public double? Units { get; } = (double?)settings.Units;

    public double Fee { get; } = (double)settings.Fee;
}

/// <summary>The cash of one combination, in doubles.</summary>
internal struct QuickAccount(QuickMarket market) : IFillSink
{
    private double _cash = market.Cash;
    private double _units;
    private double _atDayStart = market.Cash;
    private int _day;
    private int _trades;
    private Moments _daily;

    public bool Buy(int bar)
    {
        EndDays(bar);
        var price = market.Series.QuickOpens[bar];
        var units = market.Units ?? _cash / (1 + market.Fee) / price;
        // Spending everything costs what there is, up to the last digit of a double.
        var cost = market.Units is null ? _cash : units * price * (1 + market.Fee);
        if (cost > _cash || cost <= 0)
            return false;
        (_units, _cash) = (units, _cash - cost);
        return true;
    }

    public void Sell(int bar)
    {
        EndDays(bar);
        _cash += _units * market.Series.QuickOpens[bar] * (1 - market.Fee);
        _units = 0;
        _trades++;
    }

    public SweepResult Result()
    {
        EndDays(int.MaxValue);
        return new SweepResult(_atDayStart, _trades, _daily);
    }

    /// <summary>Days whose last close lies before the bar.</summary>
    private void EndDays(int bar)
    {
        var ends = market.Series.DayEnds;
        for (; _day < ends.Length && ends[_day] < bar; _day++)
        {
            var now = _cash + _units * market.Series.QuickCloses[ends[_day]];
            _daily.Add(now / _atDayStart - 1);
            _atDayStart = now;
        }
    }
}
