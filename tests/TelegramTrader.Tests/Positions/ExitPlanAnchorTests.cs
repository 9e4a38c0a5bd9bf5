using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Positions;

public sealed class ExitPlanAnchorTests
{
    private static ExitPlan Plan(decimal stop, decimal? stopLoss, params PlannedTarget[] targets) => new()
    {
        Stop = new StopLevel(new Price(stop), StopReason.Initial),
        InitialStop = new Price(stop),
        StopLoss = stopLoss,
        Targets = targets,
    };

    /// <summary>side, average entry, loss, gain → stop, target. Tick 0.1.</summary>
    public static TheoryData<TradeSide, decimal, decimal, decimal, decimal, decimal> Anchored => new()
    {
        { TradeSide.Long, 200m, 0.04m, 0.03m, 192m, 206m },     // 200 × 0.96, 200 × 1.03
        { TradeSide.Short, 200m, 0.04m, 0.03m, 208m, 194m },    // 200 × 1.04, 200 × 0.97
        { TradeSide.Long, 101.3m, 0.15m, 0.15m, 86.1m, 116.5m },  // 86.105 → 86.1; 116.495 → 116.5
        { TradeSide.Short, 101.3m, 0.15m, 0.15m, 116.5m, 86.1m },
        { TradeSide.Long, 100.5m, 0.05m, 0.05m, 95.5m, 105.5m },  // 95.475 → 95.5; 105.525 → 105.5
    };

    [Theory]
    [MemberData(nameof(Anchored))]
    public void AnchoredAt_LevelsGivenAsFractions_StandAtTheRealEntry(TradeSide side, decimal entry, decimal loss, decimal gain, decimal stop, decimal target)
    {
        var plan = Plan(1m, loss, new PlannedTarget(1, new Price(1m), 1m, gain)).AnchoredAt(new Price(entry), side, Some.Instrument());
        Assert.Equal(stop, plan.Stop.Price.Value);
        Assert.Equal(stop, plan.InitialStop.Value);
        Assert.Equal(target, plan.Targets[0].Price.Value);
    }

    [Fact]
    public void AnchoredAt_LevelsGivenAsPrices_Stay()
    {
        var plan = Plan(90m, null, new PlannedTarget(1, new Price(120m), 1m)).AnchoredAt(new Price(101m), TradeSide.Long, Some.Instrument());
        Assert.Equal((90m, 120m), (plan.Stop.Price.Value, plan.Targets[0].Price.Value));
    }

    [Fact]
    public void AnchoredAt_StopMovedSinceAndTargetHit_LeavesBothWhereTheyAre()
    {
        var plan = Plan(96m, 0.04m, new PlannedTarget(1, new Price(103m), 0.5m, 0.03m, IsHit: true), new PlannedTarget(2, new Price(106m), 0.5m, 0.06m))
            .WithStop(new Price(100m), StopReason.Breakeven)
            .AnchoredAt(new Price(99m), TradeSide.Long, Some.Instrument());
        Assert.Equal(new StopLevel(new Price(100m), StopReason.Breakeven), plan.Stop);
        Assert.Equal(96m, plan.InitialStop.Value);
        Assert.Equal(103m, plan.Targets[0].Price.Value);
        Assert.Equal(104.9m, plan.Targets[1].Price.Value); // 99 × 1.06 = 104.94
    }

    [Fact]
    public void HighestHit_HitsOutOfOrder_IsTheHighestNumber()
    {
        var plan = Plan(90m, null, new PlannedTarget(1, new Price(101m), 0.3m), new PlannedTarget(2, new Price(102m), 0.3m), new PlannedTarget(3, new Price(103m), 0.4m));
        Assert.Equal(0, plan.HighestHit);
        Assert.Equal(2, plan.WithTargetHit(2).HighestHit);
        Assert.Equal(2, plan.WithTargetHit(2).WithTargetHit(1).HighestHit);
    }

    [Theory]
    [InlineData(StopReason.Initial, Core.Orders.ExitReason.Stop)]
    [InlineData(StopReason.ByChannel, Core.Orders.ExitReason.Stop)]
    [InlineData(StopReason.ByUser, Core.Orders.ExitReason.Stop)]
    [InlineData(StopReason.Breakeven, Core.Orders.ExitReason.Breakeven)]
    [InlineData(StopReason.Trailing, Core.Orders.ExitReason.TrailingStop)]
    public void When_EachStopReason_HasItsExitReason(StopReason reason, Core.Orders.ExitReason expected) =>
        Assert.Equal(expected, ExitReasons.When(reason));
}
