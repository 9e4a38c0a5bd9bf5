namespace TelegramTrader.Core.Backtest;

/// <summary>The cash of a strategy, exact: fills at the prices it is given, a fee on each.</summary>
internal sealed class StrategyAccount(StrategySettings settings)
{
    private readonly List<StrategyTrade> _trades = [];
    private (int Bar, decimal Price, decimal Fee) _entry;
    private decimal _units;

    public IReadOnlyList<StrategyTrade> Trades => _trades;

    public decimal Cash { get; private set; } = settings.Cash;

    /// <summary>Entries for which there was not enough cash.</summary>
    public int LeftOut { get; private set; }

    public bool Buy(int bar, decimal price)
    {
        var value = settings.Units * price ?? Cash / (1m + settings.Fee);
        var fee = settings.Units is null ? Cash - value : value * settings.Fee;
        if (value + fee > Cash || value <= 0m)
        {
            LeftOut++;
            return false;
        }

        _units = settings.Units ?? value / price;
        _entry = (bar, price, fee);
        Cash -= value + fee;
        return true;
    }

    public void Sell(int bar, decimal price)
    {
        var fee = _units * price * settings.Fee;
        Cash += _units * price - fee;
        _trades.Add(new StrategyTrade(_entry.Bar, _entry.Price, bar, price, _units, _entry.Fee, _entry.Fee + fee, _units * (price - _entry.Price) - _entry.Fee - fee));
        _units = 0m;
    }

    /// <summary>What is still held, valued at a price; null when nothing is.</summary>
    public StrategyTrade? Open(decimal price) =>
        _units == 0m ? null : new StrategyTrade(_entry.Bar, _entry.Price, null, null, _units, _entry.Fee, _entry.Fee, _units * (price - _entry.Price) - _entry.Fee);

    public decimal Equity(decimal price) => Cash + _units * price;
}
