using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Tests.Support.Exchanges.Bybit;

namespace TelegramTrader.Tests.Conformance;

/// <summary>Bybit's perpetual contracts through real CCXT.</summary>
public sealed class BybitConformanceTests : ExchangePortConformance
{
    protected override async Task<IConformanceDesk> StartAsync()
    {
        var server = await BybitServer.StartAsync(TimeProvider.System);
        return await CcxtConformanceDesk.StartAsync(new LoopbackExchange(
            "bybit", server.BaseUrl, new ExchangeKeys(BybitServer.ApiKey, BybitServer.Secret, null), server.Linear, server.Faults, "POST /v5/order/create", "POST /v5/order/amend", server));
    }
}
