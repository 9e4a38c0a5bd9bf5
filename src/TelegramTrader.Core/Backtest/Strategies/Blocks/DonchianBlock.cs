using System.Runtime.CompilerServices;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="DonchianStrategy"/>.</summary>
internal sealed class DonchianBlock(BlockRows rows, int entry, int exit) : IBlockRule
{
    private readonly CloseRow _closes = rows.Shared(0, 0, () => new CloseRow());
    private readonly ExtremeRow _highest = rows.Shared(entry, 0, () => new ExtremeRow(entry, isLowest: false));
    private readonly ExtremeRow _lowest = rows.Shared(exit, 1, () => new ExtremeRow(exit, isLowest: true));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells)
    {
        var (closes, highest, lowest) = (_closes.Values, _highest.Values, _lowest.Values);
        for (var word = 0; word < buys.Length; word++)
        {
            buys[word] = BarBits.Word<Above>(closes, highest, word);
            sells[word] = BarBits.Word<Below>(closes, lowest, word);
        }
    }

    /// <summary>The highest high, or the lowest low, of the bars before each. Chosen and not computed, so that every way to it comes to the same.</summary>
    private sealed class ExtremeRow(int period, bool isLowest) : BlockRow
    {
        // Windows longer than a block would have to be read anew for every block; they are gone through bar by bar.
        private readonly WindowMaximum? _long = period > SignalScan.Bars ? new(period) : null;
        private readonly double[] _extremes = new double[period > SignalScan.Bars ? 0 : period + SignalScan.Bars];
        private double _before = double.NaN;

        protected override void Fill(PriceSeries series, int start, Span<double> values)
        {
            var prices = isLowest ? series.QuickLows : series.QuickHighs;
            if (_long is null)
                FillShort(prices, start, values);
            else
                FillLong(_long, prices.Slice(start, values.Length), values);
        }

        private void FillShort(ReadOnlySpan<double> prices, int start, Span<double> values)
        {
            var first = Math.Max(0, start - period);
            var extremes = _extremes.AsSpan(0, start + values.Length - first);
            WindowMaximum.Fill(prices.Slice(first, extremes.Length), period, isLowest, extremes);
            // Each bar has what was known at the one before; the very first has none.
            var none = start == 0 ? 1 : 0;
            values[..none].Fill(double.NaN);
            extremes[(start + none - 1 - first)..^1].CopyTo(values[none..]);
        }

        private void FillLong(WindowMaximum window, ReadOnlySpan<double> prices, Span<double> values)
        {
            for (var bar = 0; bar < prices.Length; bar++)
                (values[bar], _before) = (_before, isLowest ? -window.Next(-prices[bar]) : window.Next(prices[bar]));
        }
    }
}
