using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Bybit;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Bybit's perpetual contracts.</summary>
public sealed class LiveBybitTests : LiveTradingSuite
{
    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var server = await BybitServer.StartAsync(TimeProvider.System);
        return new LiveVenue(
            "bybit", server.BaseUrl, new ExchangeKeys(BybitServer.ApiKey, BybitServer.Secret, null), server.Linear, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /v5/order/create", "POST /v5/order/cancel", BybitServer.ClientIdOf,
            (200, """{"retCode":110094,"retMsg":"Order does not meet minimum order value 5USDT","result":{},"retExtInfo":{},"time":1672211918471}"""), server);
    }
}
