using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Positions;

public sealed class TrailingStopTests
{
    /// <summary>side, average entry, exit price, stop now → stop then (null: it stays). Distance 2 %, active from a gain of 1 %, tick 0.1.</summary>
    public static TheoryData<TradeSide, decimal, decimal, decimal, decimal?> Cases => new()
    {
        // gain 0.9 % is below 1 %: not active
        { TradeSide.Long, 100m, 100.9m, 90m, null },
        // gain exactly 1 %: 101 × 0.98 = 98.98 → down to 98.9
        { TradeSide.Long, 100m, 101m, 90m, 98.9m },
        { TradeSide.Long, 100m, 110m, 98.9m, 107.8m },  // 110 × 0.98 = 107.8
        // the market came back: 105 × 0.98 = 102.9 is looser than 107.8
        { TradeSide.Long, 100m, 105m, 107.8m, null },
        // a twentieth of the distance: 110 × 0.02 ÷ 20 = 0.11; from 107.7 it would be 0.1, too little
        { TradeSide.Long, 100m, 110m, 107.7m, null },
        { TradeSide.Long, 100m, 110m, 107.6m, 107.8m }, // 0.2 ≥ 0.11
        // short: 99 × 1.02 = 100.98 → up to 101.0
        { TradeSide.Short, 100m, 99.1m, 110m, null },
        { TradeSide.Short, 100m, 99m, 110m, 101m },
        { TradeSide.Short, 100m, 90m, 101m, 91.8m },    // 90 × 1.02 = 91.8
        { TradeSide.Short, 100m, 95m, 91.8m, null },
        { TradeSide.Short, 100m, 90m, 91.9m, 91.8m },   // 0.1 ≥ 90 × 0.02 ÷ 20 = 0.09
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follow_MarketMoves_OnlyTightensAndOnlyByEnough(TradeSide side, decimal entry, decimal exit, decimal stop, decimal? expected)
    {
        var trailing = new TrailingStop(0.02m, 0.01m);
        Assert.Equal(expected, trailing.Follow(side, new Price(entry), new Price(exit), new Price(stop), Some.Instrument())?.Value);
    }

    [Fact]
    public void Follow_ActivationAtOnce_FollowsFromTheFirstPrice() =>
        Assert.Equal(98m, new TrailingStop(0.02m, 0m).Follow(TradeSide.Long, new Price(100m), new Price(100m), new Price(90m), Some.Instrument())!.Value.Value);

    [Fact]
    public void Follow_LossWhileActivationIsZero_DoesNotFollow() =>
        Assert.Null(new TrailingStop(0.02m, 0m).Follow(TradeSide.Long, new Price(100m), new Price(99.9m), new Price(90m), Some.Instrument()));
}
