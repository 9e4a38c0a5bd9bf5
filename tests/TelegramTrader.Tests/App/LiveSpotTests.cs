using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot on Binance's spot market, in a symbol that takes no pairs of stop and target.</summary>
public sealed class LiveSpotTests : LiveSpotSuite
{
    internal override async Task<LiveVenue> StartExchangeAsync()
    {
        var spot = BinanceServer.DefaultSpot;
        var server = await BinanceServer.StartAsync(TimeProvider.System, spot: spot with { Instruments = [.. spot.Instruments.Select(instrument => instrument with { HoldsPairs = false })] });
        return new LiveVenue(
            "binance", server.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.Spot, server.Faults, () => server.Calls, () => server.UnknownRequests,
            () => server.Account.CanWithdraw = true, () => server.Account.IsKeyRevoked = true, "POST /api/v3/order", "DELETE /api/v3/order", call => call["newClientOrderId"],
            (400, """{"code":-1013,"msg":"Filter failure: NOTIONAL"}"""), server);
    }
}
