using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Market;

public sealed class InstrumentTests
{
    /// <summary>tick, price → nearest, down, up. Halves go away from zero; nothing is ever below one tick.</summary>
    public static TheoryData<decimal, decimal, decimal, decimal, decimal> Prices => new()
    {
        { 0.1m, 100.0m, 100.0m, 100.0m, 100.0m },
        { 0.1m, 100.04m, 100.0m, 100.0m, 100.1m },
        { 0.1m, 100.05m, 100.1m, 100.0m, 100.1m },   // 1000.5 ticks: the half goes up
        { 0.1m, 100.06m, 100.1m, 100.0m, 100.1m },
        { 0.25m, 100.37m, 100.25m, 100.25m, 100.5m }, // 401.48 ticks
        { 0.25m, 100.375m, 100.5m, 100.25m, 100.5m }, // 401.5 ticks
        { 5m, 12m, 10m, 10m, 15m },                   // 2.4 ticks
        { 5m, 12.5m, 15m, 10m, 15m },                 // 2.5 ticks
        { 0.5m, 0.2m, 0.5m, 0.5m, 0.5m },             // 0.4 of a tick: never below one tick
        { 0.00000001m, 0.000000014m, 0.00000001m, 0.00000001m, 0.00000002m },
        { 0.1m, 0.0000000000000000000000000001m, 0.1m, 0.1m, 0.1m },
    };

    [Theory]
    [MemberData(nameof(Prices))]
    public void RoundToTick_AllDirections_GivesTheMultipleOfTheTick(decimal tick, decimal price, decimal nearest, decimal down, decimal up)
    {
        var instrument = Some.Instrument(tick: tick);
        Assert.Equal(nearest, instrument.RoundToTick(price).Value);
        Assert.Equal(down, instrument.RoundDownToTick(price).Value);
        Assert.Equal(up, instrument.RoundUpToTick(price).Value);
        Assert.True(instrument.IsOnTick(instrument.RoundToTick(price)));
    }

    /// <summary>step, quantity → the largest multiple not above it. A quantity is never rounded up.</summary>
    public static TheoryData<decimal, decimal, decimal> Quantities => new()
    {
        { 0.001m, 1.2345m, 1.234m },
        { 0.001m, 1.2349999999999999999999999999m, 1.234m },
        { 0.001m, 1.235m, 1.235m },
        { 0.001m, 0.0009m, 0m },
        { 1m, 7.99m, 7m },
        { 0.3m, 1m, 0.9m },   // 3.33 steps
        { 10m, 99m, 90m },
        { 0.001m, 0m, 0m },
        { 0.001m, -5m, 0m },  // a quantity below zero is none
    };

    [Theory]
    [MemberData(nameof(Quantities))]
    public void RoundDownToStep_AnyQuantity_NeverRoundsUp(decimal step, decimal quantity, decimal expected)
    {
        var rounded = Some.Instrument(step: step).RoundDownToStep(quantity);
        Assert.Equal(expected, rounded.Value);
        Assert.True(Some.Instrument(step: step).IsOnStep(rounded));
    }

    /// <summary>price, quantity → clears minimum quantity 0.01 and minimum value 5. Contract size 1.</summary>
    public static TheoryData<decimal, decimal, bool> Minimums => new()
    {
        { 500m, 0.01m, true },    // exactly both: 500 × 0.01 = 5
        { 499.9m, 0.01m, false }, // 4.999 < 5
        { 1000m, 0.009m, false }, // 9 is enough value, 0.009 is too little quantity
        { 100m, 0.05m, true },    // exactly 5
        { 100m, 0.049m, false },  // 4.9
        { 100m, 0m, false },
    };

    [Theory]
    [MemberData(nameof(Minimums))]
    public void ClearsMinimums_QuantityAndValue_BothMustHold(decimal price, decimal quantity, bool expected)
    {
        var instrument = Some.Instrument() with { MinimumQuantity = new Quantity(0.01m) };
        Assert.Equal(expected, instrument.ClearsMinimums(new Price(price), new Quantity(quantity)));
    }

    public static TheoryData<decimal, decimal, decimal> SmallestOrders => new()
    {
        { 500m, 1m, 0.010m },   // both minimums exactly
        { 1000m, 1m, 0.010m },  // 0.005 would be worth enough, 0.01 is the least quantity
        { 400m, 1m, 0.013m },   // 5 / 400 = 0.0125, up to the step
        { 5m, 100m, 0.010m },   // a contract of 100 units
    };

    [Theory]
    [MemberData(nameof(SmallestOrders))]
    public void SmallestOrder_ClearsBothMinimumsAndOneStepLessDoesNot(decimal price, decimal contractSize, decimal expected)
    {
        var instrument = Some.Instrument() with { MinimumQuantity = new Quantity(0.01m), ContractSize = contractSize };
        var smallest = instrument.SmallestOrder(new Price(price));
        Assert.Equal(expected, smallest.Value);
        Assert.True(instrument.ClearsMinimums(new Price(price), smallest));
        Assert.False(instrument.ClearsMinimums(new Price(price), new Quantity(smallest.Value - instrument.QuantityStep)));
    }

    [Fact]
    public void NotionalAndProfit_ContractsOfHundredUnits_CountTheContractSize()
    {
        var instrument = Some.Instrument() with { ContractSize = 100m };
        // 2 contracts × 100 units × 3.5 = 700
        Assert.Equal(new Money(700m, "USDT"), instrument.Notional(new Price(3.5m), new Quantity(2m)));
        // (4 − 3.5) × 2 × 100 = 100, and the mirror for a short
        Assert.Equal(new Money(100m, "USDT"), instrument.Profit(TradeSide.Long, new Price(3.5m), new Price(4m), new Quantity(2m)));
        Assert.Equal(new Money(-100m, "USDT"), instrument.Profit(TradeSide.Short, new Price(3.5m), new Price(4m), new Quantity(2m)));
    }

    [Theory]
    [InlineData("BTC/USDT", "USDT")]
    [InlineData("ETH/BTC", "BTC")]
    [InlineData("BTC/USD:BTC", "BTC")] // what a contract settles in counts, not what it is quoted in
    public void QuoteAsset_SpotAndPerpetual_IsWhatProfitIsPaidIn(string symbol, string asset) =>
        Assert.Equal(asset, Some.Instrument(symbol).QuoteAsset);
}
