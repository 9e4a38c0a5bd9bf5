namespace TelegramTrader.Core.Backtest.Strategies.Blocks;

/// <summary>A strategy that is asked for many bars at once. Of each bar it says what its <see cref="IBarStrategy"/> says, from the same indicators with the same arithmetic.</summary>
internal interface IBlockRule
{
    /// <param name="rows">Of the next block; blocks come in their order.</param>
    /// <param name="buys">One bit a bar, all of which are written.</param>
    /// <param name="sells">The same. Where a bar has both it is a buy.</param>
    void Say(BlockRows rows, Span<ulong> buys, Span<ulong> sells);
}
