using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Bybit;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Bybit's spot market.</summary>
public sealed class LiveBybitSpotTests : LiveSpotSuite
{
    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        // The wallet of a unified account is one, and here contracts and coins have each their own: all the money is where coins are bought.
        var server = await BybitServer.StartAsync(TimeProvider.System, BybitServer.DefaultLinear with { StartingBalance = 0m });
        return new LiveVenue(
            "bybit", server.BaseUrl, new ExchangeKeys(BybitServer.ApiKey, BybitServer.Secret, null), server.Spot, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /v5/order/create", "POST /v5/order/cancel", BybitServer.ClientIdOf,
            (200, """{"retCode":170140,"retMsg":"Order value exceeded lower limit.","result":{},"retExtInfo":{},"time":1672211918471}"""), server);
    }
}
