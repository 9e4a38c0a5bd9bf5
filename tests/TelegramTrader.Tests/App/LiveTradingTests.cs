using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Binance's perpetual contracts.</summary>
public sealed class LiveTradingTests : LiveTradingSuite
{
    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var server = await BinanceServer.StartAsync(TimeProvider.System);
        return new LiveVenue(
            "binance", server.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.Futures, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /fapi/v1/order", "DELETE /fapi/v1/order", call => call["newClientOrderId"],
            (400, """{"code":-4164,"msg":"Order's notional must be no smaller than 100 (unless you choose reduce only)."}"""), server);
    }
}
