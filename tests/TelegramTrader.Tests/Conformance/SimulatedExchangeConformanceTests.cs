using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Conformance;

/// <summary>The exchange of backtests and of paper.</summary>
public sealed class SimulatedExchangeConformanceTests : ExchangePortConformance
{
    protected override Task<IConformanceDesk> StartAsync() => Task.FromResult<IConformanceDesk>(new SimulatedConformanceDesk(Some.Instrument() with { AmendsStops = true }));
}
