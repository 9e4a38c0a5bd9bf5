using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Conformance;

/// <summary>Binance's perpetual contracts through real CCXT.</summary>
public sealed class BinanceConformanceTests : ExchangePortConformance
{
    protected override async Task<IConformanceDesk> StartAsync()
    {
        var server = await BinanceServer.StartAsync(TimeProvider.System);
        return await CcxtConformanceDesk.StartAsync(new LoopbackExchange(
            "binance", server.BaseUrl, new ExchangeKeys(BinanceAccount.ApiKey, BinanceAccount.Secret, null), server.Futures, server.Faults, "POST /fapi/v1/order", null, server));
    }
}
