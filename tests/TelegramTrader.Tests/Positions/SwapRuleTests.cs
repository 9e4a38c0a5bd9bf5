using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Positions;

public sealed class SwapRuleTests
{
    [Theory]
    // 100 to 200: three quarters and half of the way.
    [InlineData(100, 200, 175, 150)]
    [InlineData(980, 1020, 1010, 1000)]
    // A stop that was moved beyond the target: the target counts as reached, and the stop never takes back before it is reached itself.
    [InlineData(1030, 1020, 1030, 1030)]
    public void Prices_AreThreeQuartersAndHalfOfTheWay(decimal stop, decimal target, decimal takes, decimal back)
    {
        Assert.Equal(takes, SwapRule.TargetTakesAt(new Price(stop), new Price(target)));
        Assert.Equal(back, SwapRule.StopTakesBackAt(new Price(stop), new Price(target)));
    }

    [Fact]
    public void FeeInCoin_IsMoneyThatReallyWent()
    {
        // 1 bought for 60,000, of which 0.001 is the fee, worth 60; 0.999 sold at 61,000.
        var fill = new Fill
        {
            FillId = "1", Account = Some.Account, OrderId = new Core.Orders.ClientOrderId("a"), Symbol = Symbol.Parse("BTC/USDT"), Side = Core.Orders.OrderSide.Buy,
            Price = new Price(60_000m), Quantity = new Quantity(1m), Fee = new Money(60m, "USDT"), IsMaker = false, HappenedAt = Some.Time,
        };
        var position = Position.Open(Some.Instrument("BTC/USDT"), fill).WithFeeInCoin(fill.Price, new Quantity(0.001m));
        Assert.Equal(new Quantity(0.999m), position.Quantity);
        Assert.Equal(59_940m, position.OpenCost.Amount);

        var closed = position.Apply(fill with { Side = Core.Orders.OrderSide.Sell, Price = new Price(61_000m), Quantity = new Quantity(0.999m), Fee = new Money(0m, "USDT") }).Closed!;

        // 60,939 came and 60,000 went.
        Assert.Equal(939m, closed.Net.Amount);
    }
}
