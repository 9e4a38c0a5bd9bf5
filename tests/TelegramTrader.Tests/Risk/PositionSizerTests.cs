using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Tests.Support;
using static TelegramTrader.Tests.Support.Proposals;

namespace TelegramTrader.Tests.Risk;

public sealed class PositionSizerTests
{
    /// <summary>side, entry, stop, equity → quantity, planned loss. Risk 1 %, step 0.001, largest position 1 × equity, leverage 3.</summary>
    public static TheoryData<TradeSide, decimal, decimal, decimal, decimal, decimal> ByRisk => new()
    {
        // 10,000 × 1 % = 100; 100 ÷ 20 = 5
        { TradeSide.Long, 1000m, 980m, 10_000m, 5m, 100m },
        { TradeSide.Short, 1000m, 1020m, 10_000m, 5m, 100m },
        // 100 ÷ 30 = 3.3333… → 3.333; loses 99.99
        { TradeSide.Long, 1000m, 970m, 10_000m, 3.333m, 99.99m },
        // 100 ÷ 5 = 20 units would be worth 20,000: cut to the largest position of 10,000 ÷ 1000 = 10; loses 50
        { TradeSide.Long, 1000m, 995m, 10_000m, 10m, 50m },
        { TradeSide.Short, 1000m, 1005m, 10_000m, 10m, 50m },
        // 1 ÷ 20 = 0.05
        { TradeSide.Long, 1000m, 980m, 100m, 0.05m, 1m },
    };

    [Theory]
    [MemberData(nameof(ByRisk))]
    public void Size_RiskAndStop_GiveTheQuantity(TradeSide side, decimal entry, decimal stop, decimal equity, decimal quantity, decimal loss)
    {
        var sizing = PositionSizer.Size(Plan(side, entry, stop), Portfolio(equity), new RiskSettings())!;
        Assert.Equal(quantity, sizing.Quantity.Value);
        Assert.Equal(new Money(loss, "USDT"), sizing.PlannedLoss);
        Assert.Equal(new Money(equity * 0.01m, "USDT"), sizing.RiskMoney);
        Assert.Equal(new Money(quantity * entry, "USDT"), sizing.Notional);
    }

    [Fact]
    public void Size_ContractsOfTenUnits_RisksTheSameMoney()
    {
        // 100 ÷ (20 × 10) = 0.5 contracts
        var sizing = PositionSizer.Size(Plan() with { Instrument = Some.Instrument() with { ContractSize = 10m } }, Portfolio(), new RiskSettings())!;
        Assert.Equal((0.5m, 100m, 200m), (sizing.Quantity.Value, sizing.PlannedLoss.Amount, sizing.RiskPerUnit));
    }

    /// <summary>What a post asks to risk → what is risked; at most 2 %.</summary>
    [Theory]
    [InlineData(null, 100)]
    [InlineData(0.005, 50)]
    [InlineData(0.02, 200)]
    [InlineData(0.5, 200)]
    public void Size_PostAsksForARisk_GetsAtMostTheHighest(double? asked, int expected)
    {
        var sizing = PositionSizer.Size(Plan() with { RequestedRisk = (decimal?)asked }, Portfolio(), new RiskSettings())!;
        Assert.Equal(expected, sizing.RiskMoney.Amount);
        Assert.Equal(expected, sizing.PlannedLoss.Amount);
    }

    [Fact]
    public void Size_LittleFreeMargin_CutsAndSaysSo()
    {
        // 1000 × 0.95 × 3 ÷ 1000 = 2.85
        var sizing = PositionSizer.Size(Plan(), Portfolio() with { FreeMargin = new Money(1000m, "USDT") }, new RiskSettings())!;
        Assert.Equal(2.85m, sizing.Quantity.Value);
        Assert.Equal(950m, sizing.Margin.Amount, 20);
        Assert.Equal(["cut to the free margin: 1000 × 0.95 × leverage 3"], sizing.Caps);
    }

    /// <summary>A stop for the whole position, and a close of it, is one order each: a larger one would be refused, and the position stand without a stop.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Size_AboveTheLargestOrderOfTheExchange_IsCutForAllLegsTogether(int legs)
    {
        var plan = Plan() with { Instrument = Some.Instrument() with { MaximumQuantity = new Quantity(2m) } };
        plan = plan with { Legs = [.. Enumerable.Repeat(plan.Legs[0] with { Share = 1m / legs }, legs)] };
        var sizing = PositionSizer.Size(plan, Portfolio(), new RiskSettings())!;
        Assert.InRange(sizing.Quantity.Value, 1.99m, 2m);
        Assert.Equal(["cut to the largest order that the exchange takes: 2, because the stop is one order"], sizing.Caps);
    }

    [Fact]
    public void Size_TightStop_CutsToTheLargestPositionAndSaysSo()
    {
        var sizing = PositionSizer.Size(Plan(stop: 995m), Portfolio(), new RiskSettings())!;
        Assert.Equal(20m, sizing.QuantityByRisk);
        Assert.Equal(["cut to the largest position: 1 × equity 10000"], sizing.Caps);
    }

    public static TheoryData<decimal?, decimal, decimal, decimal, string[]> Leverages => new()
    {
        // asked, stop, exchange's highest → leverage, notes. Cap 5, default 3, buffer half, maintenance 0.5 %.
        { null, 980m, 100m, 3m, [] },
        { 2m, 980m, 100m, 2m, [] },
        { 20m, 980m, 100m, 5m, ["20x lowered to 5x: the cap"] },
        { 20m, 980m, 4m, 4m, ["20x lowered to 5x: the cap", "5x lowered to 4x: what the exchange allows"] },
        // stop 20 %: 1 ÷ (0.2 × 1.5 + 0.005) = 3.2787 → 3
        { 5m, 800m, 100m, 3m, ["5x lowered to 3.2787x: what keeps liquidation beyond the stop"] },
        // stop 30 %: 1 ÷ 0.455 = 2.1978 → 2, lower than the default too
        { null, 700m, 100m, 2m, ["3x lowered to 2.1978x: what keeps liquidation beyond the stop"] },
        { 2.7m, 980m, 100m, 2m, [] },   // exchanges take whole numbers
        { 0.5m, 980m, 100m, 1m, [] },   // never below 1
    };

    [Theory]
    [MemberData(nameof(Leverages))]
    public void Size_LeverageAsked_IsLoweredWithReasons(decimal? asked, decimal stop, decimal highest, decimal expected, string[] notes)
    {
        var plan = Plan(stop: stop) with { RequestedLeverage = asked, Instrument = Some.Instrument() with { MaximumLeverage = highest } };
        var sizing = PositionSizer.Size(plan, Portfolio(), new RiskSettings())!;
        Assert.Equal(expected, sizing.Leverage);
        Assert.Equal(notes, sizing.LeverageNotes);
    }

    [Fact]
    public void Size_Spot_HasNoLeverage()
    {
        var sizing = PositionSizer.Size(Plan() with { RequestedLeverage = 10m, Instrument = Some.Instrument("BTC/USDT") }, Portfolio(), new RiskSettings())!;
        Assert.Equal(1m, sizing.Leverage);
        Assert.Equal(sizing.Notional, sizing.Margin);
    }

    [Fact]
    public void Size_ThreeLegs_ShareTheQuantityByTheirShares()
    {
        // average 0.5 × 1000 + 0.3 × 990 + 0.2 × 965 = 990; 100 ÷ (990 − 950) = 2.5: 1.25, 0.75, 0.5
        var sizing = PositionSizer.Size(Plan(stop: 950m).WithLegs((1000m, 0.5m), (990m, 0.3m), (965m, 0.2m)), Portfolio(), new RiskSettings())!;
        Assert.Equal([1.25m, 0.75m, 0.5m], sizing.LegQuantities.Select(quantity => quantity.Value));
        // 1.25 × 50 + 0.75 × 40 + 0.5 × 15 = 100
        Assert.Equal(100m, sizing.PlannedLoss.Amount);
        // 1.25 × 1000 + 0.75 × 990 + 0.5 × 965 = 2475
        Assert.Equal(2475m, sizing.Notional.Amount);
    }

    [Fact]
    public void Size_FarLegsTooSmall_AreDroppedAndTheRiskStays()
    {
        // Equity 61: 0.61 to lose. With both legs 0.61 ÷ (950.05 − 900) = 0.0121…, half each → 0.006 × 900.1 = 5.4006, above the minimum value of 5.
        var both = PositionSizer.Size(Plan(stop: 900m).WithLegs((1000m, 0.5m), (900.1m, 0.5m)), Portfolio(61m), new RiskSettings())!;
        Assert.Equal([0.006m, 0.006m], both.LegQuantities.Select(quantity => quantity.Value));

        // Equity 58: 0.58 ÷ 50.05 = 0.0115…, half each → 0.005; with the far leg at 900.1 that is 4.5 < 5: dropped. The near one alone loses 100 a unit:
        // 0.58 ÷ 100 = 0.0058 → 0.005, which loses 0.5 and not more than 0.58.
        var near = PositionSizer.Size(Plan(stop: 900m) .WithLegs((1000m, 0.5m), (900.1m, 0.5m)), Portfolio(58m), new RiskSettings())!;
        Assert.Equal([0.005m, 0m], near.LegQuantities.Select(quantity => quantity.Value));
        Assert.True(near.PlannedLoss <= near.RiskMoney, $"{near.PlannedLoss} is more than {near.RiskMoney}");
    }

    [Fact]
    public void Size_AnyLegsAndEquity_NeverLosesMoreThanTheRisk()
    {
        var numbers = new SeededNumbers(7);
        for (var round = 0; round < 5000; round++)
        {
            var count = numbers.Next(1, 6);
            var prices = Enumerable.Range(0, count).Select(_ => 900m + numbers.Next(1, 1000) * 0.1m).OrderDescending().ToArray();
            var plan = Plan(stop: 890m).WithLegs([.. prices.Select(price => (price, 1m / count))]);
            var sizing = PositionSizer.Size(plan, Portfolio(numbers.Next(1, 3000)), new RiskSettings())!;
            Assert.True(sizing.PlannedLoss <= sizing.RiskMoney, $"round {round}: {sizing.PlannedLoss} of {sizing.RiskMoney}");
            Assert.Equal(count, sizing.LegQuantities.Count);
        }
    }

    [Fact]
    public void Size_NothingToMeasureBy_IsNull()
    {
        Assert.Null(PositionSizer.Size(Plan(stop: 1000m), Portfolio(), new RiskSettings()));
        Assert.Null(PositionSizer.Size(Plan(stop: 1001m), Portfolio(), new RiskSettings()));
        Assert.Null(PositionSizer.Size(Plan(), Portfolio(0m), new RiskSettings()));
        Assert.Null(PositionSizer.Size(Plan(), Portfolio() with { Equity = null }, new RiskSettings()));
        Assert.Null(PositionSizer.Size(Plan(), Portfolio() with { FreeMargin = null }, new RiskSettings()));
    }
}
