using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Tests;
using TelegramTrader.Tests.Support.Exchanges.Venue;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>
/// The whole bot with real CCXT in the gateway, on an exchange's spot market on loopback: it locks the coins of every sale and takes its fee out of them. The owner holds
/// bitcoin of their own there, which stays untouched whatever happens.
/// </summary>
public abstract class LiveSpotDesk : LiveSuite
{
    private const string Post = "LONG BTCUSDT\nEntry: market\nTP 61000, 62000\nSL 59000";

    private decimal _owners;

    private protected override ExchangeMarketKind Kind => ExchangeMarketKind.Spot;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Venue.MovePrice(Symbol.Parse("ETH/USDT"), 3_000m, 3_000.01m);
        Exchange.Venue.Place(new VenueOrderRequest { ClientId = "by-hand", Symbol = BinanceStage.BtcSpot, Side = OrderSide.Buy, Type = VenueOrderType.Market, Quantity = new Quantity(0.05m) });
        _owners = Bitcoin;
    }

    /// <summary>Everything of ours was sold but dust, nothing of the owner's, no order is left, and none was sent twice.</summary>
    /// <param name="resent">How many did not arrive, as the exchange said, and were sent once more.</param>
    private protected void AssertClean(Trade trade, int resent = 0)
    {
        Assert.Empty(OpenSales());
        Assert.InRange(Bitcoin - _owners, 0m, trade.Instrument.QuantityStep);
        var sent = Exchange.Calls().Where(call => call.Endpoint == Exchange.OrderEndpoint || call.Endpoint == Exchange.PairEndpoint).Select(Exchange.ClientIdOf).ToArray();
        Assert.DoesNotContain(sent, id => id is null);
        Assert.Equal(sent.Distinct().Count() + resent, sent.Length);
        Assert.Empty(Exchange.UnknownRequests());
    }

    private decimal Bitcoin => Exchange.Venue.Balances.First(balance => balance.Asset == "BTC").Total;

    private protected VenueOrder[] OpenSales() => [.. Exchange.Venue.Orders.Where(order => order.IsOpen && order.Request.Side == OrderSide.Sell)];

    private protected async Task<int> EnterAsync(RunningBot bot)
    {
        Hand(bot, 1, Post);
        await UntilAsync(bot, state => state.Trades.Values.Any(trade => !trade.OpenQuantity.IsZero && TradeView.Of(state, trade).StopHolder == StopHolder.Exchange));
        return await bot.Desk.ReadAsync(state => state.Trades.Keys.Single());
    }

    private protected override void Move(decimal price) => Exchange.Venue.MovePrice(BinanceStage.BtcSpot, price, price + 0.01m);
}
