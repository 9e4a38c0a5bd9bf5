namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>As <see cref="Crossing"/>, for 64 bars at a time and one direction: the bars on which something holds while on the bar before its opposite held.</summary>
internal struct Turns
{
    private ulong _opposite;

    /// <param name="now">Where it holds. Where neither it nor the opposite holds nothing is known.</param>
    public ulong Next(ulong now, ulong opposite)
    {
        var turns = now & (opposite << 1 | _opposite);
        _opposite = opposite >> 63;
        return turns;
    }
}
