using TelegramTrader.Benchmarks.LiveDrill;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Restart;

/// <summary>What the restart drill calls unprotected on spot, and what sold too often. A trade of 0.1 bitcoin, less the fee 0.0999, stop 59,000, target 61,000.</summary>
public sealed class DrillCoinsTests
{
    private const string Trade = "ttabcdefghijklmnop";

    private readonly TradingVenue _venue = new(BinanceServer.DefaultSpot, new ExchangeClock(new ManualTimeProvider()));
    private readonly DrillCoins _coins;

    public DrillCoinsTests()
    {
        _venue.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);
        DrillCoins.GiveToOwner(_venue, BinanceStage.BtcSpot, new Quantity(0.05m));
        _coins = new DrillCoins(_venue);
    }

    [Fact]
    public void Coins_OfTheOwnerAlone_AreNobodysToProtect() => Assert.Empty(_coins.Bare());

    [Fact]
    public void Coins_WithoutAnyOrder_AreBare()
    {
        Buy();

        Assert.Equal(Trade, Assert.Single(_coins.Bare()).Key);
    }

    [Theory]
    [InlineData(0.0999, 0)]
    [InlineData(0.09985, 0)] // The rest is worth less than the smallest order.
    [InlineData(0.0990, 1)]
    public void Coins_UnderAStop_AreBareWhereItIsForLessThanAll(decimal stopped, int bare)
    {
        Buy();
        Sell("s-1", VenueOrderType.StopMarket, stopped);

        Assert.Equal(bare, _coins.Bare().Count);
    }

    [Fact]
    public void Coins_InAPair_AreProtectedOnceAndForSaleOnce()
    {
        Buy();
        Pair(0.0599m);
        Assert.Single(_coins.Bare());

        Sell("s-1", VenueOrderType.StopMarket, 0.04m);

        Assert.Empty(_coins.Bare());
        Assert.Empty(_coins.Wrong());
    }

    [Fact]
    public void Coins_OfAPairThatWasExecutedInPart_AreBareOnceTheMarketIsBackAtHalfTheWay()
    {
        Buy();
        Pair(0.0999m);
        _venue.OfferVolume(BinanceStage.BtcSpot, 0.03m);
        _venue.MovePrice(BinanceStage.BtcSpot, 61_000m, 61_000.01m);
        Assert.Empty(_coins.Bare());
        _venue.MovePrice(BinanceStage.BtcSpot, 60_000.01m, 60_000.02m);
        Assert.Empty(_coins.Bare());

        _venue.MovePrice(BinanceStage.BtcSpot, 60_000m, 60_000.01m);

        Assert.Single(_coins.Bare());
    }

    [Fact]
    public void Coins_UnderATargetOfATradeThatNeverHadAStop_AreBare()
    {
        Buy();
        Sell("t1-1", VenueOrderType.Limit, 0.0999m);

        Assert.Single(_coins.Bare());
    }

    [Fact]
    public void Sales_OfMoreThanTheTradeHas_AreToldAlthoughTheOwnerHasEnough()
    {
        Buy();
        Sell("s-1", VenueOrderType.StopMarket, 0.0999m);
        Sell("x-1", VenueOrderType.Market, 0.02m);

        Assert.Empty(_coins.Wrong());
        Assert.Empty(_coins.Bare());
        Assert.Contains("had more for sale", Assert.Single(_coins.Wrong()), StringComparison.Ordinal);

        _venue.MovePrice(BinanceStage.BtcSpot, 58_999m, 58_999.01m);
        Assert.Contains(_coins.Wrong(), wrong => wrong.Contains("0.0200 more than were left", StringComparison.Ordinal));
    }

    [Fact]
    public void Books_AreComparedWithTheAccountLessWhatIsTheOwners()
    {
        var nothing = new DrillBooks([], [], new HashSet<string>(), [], 0, []);
        Assert.Empty(_coins.Differences(nothing));
        Buy();

        Assert.StartsWith("BTC/USDT: books and owner 0.04995", Assert.Single(_coins.Differences(nothing)), StringComparison.Ordinal);
        Assert.Empty(_coins.Differences(nothing with { Dust = [(BinanceStage.BtcSpot, 0.0999m)] }));
    }

    private void Buy() => Place("e0-1", OrderSide.Buy, VenueOrderType.Market, 0.1m);

    private void Sell(string purpose, VenueOrderType type, decimal quantity) => Place(purpose, OrderSide.Sell, type, quantity);

    private void Place(string purpose, OrderSide side, VenueOrderType type, decimal quantity) => _venue.Place(Request($"{Trade}-{purpose}", side, type, quantity));

    private void Pair(decimal quantity) => _venue.PlacePair(
        $"{Trade}-t1-1", Request($"{Trade}-t1-1_L", OrderSide.Sell, VenueOrderType.Limit, quantity), Request($"{Trade}-t1-1_S", OrderSide.Sell, VenueOrderType.StopMarket, quantity));

    private static VenueOrderRequest Request(string id, OrderSide side, VenueOrderType type, decimal quantity) => new()
    {
        ClientId = id,
        Symbol = BinanceStage.BtcSpot,
        Side = side,
        Type = type,
        Quantity = new Quantity(quantity),
        Price = type == VenueOrderType.Limit ? new Price(61_000m) : null,
        Trigger = type == VenueOrderType.StopMarket ? new Price(59_000m) : null,
    };
}
