using System.Text.Json.Nodes;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Bybit;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Http;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Bybit's spot market, where a waiting stop is changed in place.</summary>
public sealed class LiveBybitSpotTests : LiveSpotSuite
{
    private const string Amend = "POST /v5/order/amend";

    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        // The wallet of a unified account is one, and here contracts and coins have each their own: all the money is where coins are bought.
        var server = await BybitServer.StartAsync(TimeProvider.System, BybitServer.DefaultLinear with { StartingBalance = 0m });
        return new LiveVenue(
            "bybit", server.BaseUrl, new ExchangeKeys(BybitServer.ApiKey, BybitServer.Secret, null), server.Spot, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /v5/order/create", "POST /v5/order/cancel", BybitServer.ClientIdOf,
            (200, """{"retCode":170140,"retMsg":"Order value exceeded lower limit.","result":{},"retExtInfo":{},"time":1672211918471}"""), server);
    }

    [NodeFact]
    public async Task Stop_MovedByATargetAndByAPerson_IsChangedByOneCallEachAndNeverWithdrawn()
    {
        await using var bot = await StartLiveAsync();
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        var number = await EnterAsync(bot);
        var withdrawn = Calls(Exchange.CancelEndpoint).Count;
        var stop = Assert.Single(OpenSales());

        // Made smaller for the target, moved to the entry when that is hit, moved once more by a person.
        Move(60_500m);
        await UntilAsync(bot, state => state.Trades[number] is { TargetAtExchange: 1, UnprotectedSince: null });
        Assert.Equal(["59000"], Calls(Amend).Select(Trigger));
        Move(61_000m);
        await UntilAsync(bot, state => state.Trades[number].Exits.HighestHit == 1 && IsAt(state, stop.Request.ClientId, state.Trades[number].Exits.Stop.Price));
        Assert.Equal(2, Calls(Amend).Count);
        // The execution may be told before the price at which it was made, and a stop is not moved beyond the last price.
        await UntilAsync(bot, state => state.Market(state.Trades[number].Instrument.Symbol).Quote is { Bid.Value: > 60_500m });
        Assert.Equal("Done.", await AskAsync(bot, "movestop", isConfirmed: true, $"{number}", "60500"));
        await UntilAsync(bot, state => IsAt(state, stop.Request.ClientId, new Price(60_500m)));

        Assert.Equal("60500", Trigger(Calls(Amend)[2]));
        Assert.Equal(3, Calls(Amend).Count);
        Assert.Equal(withdrawn, Calls(Exchange.CancelEndpoint).Count);
        var standing = Assert.Single(OpenSales());
        Assert.Equal((stop.Id, new Price(60_500m)), (standing.Id, standing.Request.Trigger!.Value));
        Assert.Null((await TradeAsync(bot, number)).UnprotectedSince);

        Move(60_400m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);
        var closed = await TradeAsync(bot, number);
        Assert.Equal(new TradeEnd.PositionClosed(ExitReason.Stop), closed.End);
        AssertClean(closed);
    }

    [NodeFact]
    public async Task Stop_MovedAndTheAnswerIsLost_IsWithdrawnAndPlacedWhereItIsWanted()
    {
        await using var bot = await StartLiveAsync();
        Assert.Contains("LIVE: signals are traded with real money", await ConfirmAsync(bot), StringComparison.Ordinal);
        var number = await EnterAsync(bot);
        var first = Assert.Single(OpenSales());
        Exchange.Faults.Next(1, new ExchangeFault.CutAfter(), Amend);

        Assert.Equal("Done.", await AskAsync(bot, "movestop", isConfirmed: true, $"{number}", "59500"));
        await UntilAsync(bot, state => state.Trades[number].UnprotectedSince is null && state.OrdersOf(number).Count(order => order is { State: OrderState.Working, Intent.Purpose: OrderPurpose.Stop }) == 1
            && state.OrdersOf(number).Any(order => order is { State: OrderState.Working, Intent.Kind: OrderKind.StopMarket { Trigger.Value: 59_500m } }));

        Assert.Single(Calls(Amend));
        var standing = Assert.Single(OpenSales());
        Assert.NotEqual(first.Id, standing.Id);
        Assert.Equal(new Price(59_500m), standing.Request.Trigger!.Value);
        Move(59_400m);
        await UntilAsync(bot, state => state.Trades[number].IsFinished);
        AssertClean(await TradeAsync(bot, number));
    }

    private IReadOnlyList<ExchangeCall> Calls(string endpoint) => [.. Exchange.Calls().Where(call => call.Endpoint == endpoint)];

    private static string? Trigger(ExchangeCall call) => JsonNode.Parse(call.Body)?["triggerPrice"]?.GetValue<string>();

    private static bool IsAt(EngineState state, string id, Price price) =>
        state.Orders.Values.Any(order => order.Id.Value == id && order is { State: OrderState.Working, Change: null, Intent.Kind: OrderKind.StopMarket stop } && stop.Trigger == price);
}
