using System.Runtime.CompilerServices;
using TelegramTrader.Core.Indicators;

namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="DonchianStrategy"/>.</summary>
internal sealed class DonchianBlock(BlockRows rows, int entry, int exit) : IBlockRule
{
    private readonly CloseRow _closes = rows.Shared(0, 0, () => new CloseRow());
    private readonly HighRow _highest = rows.Shared(entry, 0, () => new HighRow(entry));
    private readonly LowRow _lowest = rows.Shared(exit, 0, () => new LowRow(exit));

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

    /// <summary>The highest high of the bars before each.</summary>
    private sealed class HighRow(int period) : BlockRow
    {
        private readonly WindowMaximum _highs = new(period);
        private double _before = double.NaN;

        protected override void Fill(PriceSeries series, int start, Span<double> values)
        {
            var highs = series.QuickHighs.Slice(start, values.Length);
            for (var bar = 0; bar < highs.Length; bar++)
                (values[bar], _before) = (_before, _highs.Next(highs[bar]));
        }
    }

    /// <summary>The lowest low of the bars before each.</summary>
    private sealed class LowRow(int period) : BlockRow
    {
        private readonly WindowMaximum _lows = new(period);
        private double _before = double.NaN;

        protected override void Fill(PriceSeries series, int start, Span<double> values)
        {
            var lows = series.QuickLows.Slice(start, values.Length);
            for (var bar = 0; bar < lows.Length; bar++)
                (values[bar], _before) = (_before, -_lows.Next(-lows[bar]));
        }
    }
}
