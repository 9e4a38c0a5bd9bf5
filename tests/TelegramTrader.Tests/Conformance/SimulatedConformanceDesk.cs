using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Conformance;

/// <summary>The exchange of backtests and of paper, with one market.</summary>
internal sealed class SimulatedConformanceDesk : IConformanceDesk, IEventSink
{
    private readonly List<EngineEvent> _said = [];
    private readonly SimulatedExchange _exchange;
    private Quote _quote;

    public SimulatedConformanceDesk(Instrument instrument)
    {
        _exchange = new SimulatedExchange(new SimulationSettings { Account = Some.Account, BaseSlippage = 0m, SlippageAtFullVolume = 0m, Latency = TimeSpan.Zero }, [instrument], this);
        _quote = Some.Quote(60_000m, 60_000m + instrument.PriceTick, instrument.Symbol);
        _exchange.OnQuote(_quote);
    }

    public IExchange Exchange => _exchange;

    public IReadOnlyList<EngineEvent> Said => _said;

    public bool LosesAnswers => false;

    public bool AmendsStops => true;

    public int OrdersTaken => _exchange.LiveOrders.Count();

    public void Post(EngineEvent engineEvent) => _said.Add(engineEvent);

    public void MovePrice(decimal bid, decimal ask) => Tell(_quote with { Bid = new Price(bid), Ask = new Price(ask) });

    public void OfferVolume(decimal? quantity) => _exchange.OfferVolume(_quote.Symbol, quantity);

    public void Fund(decimal rate) => _exchange.Fund(_quote.Symbol, rate, _quote.Time);

    public void LoseNextAnswer(bool hasEffect)
    {
    }

    public void LoseNextAmendment(bool hasEffect)
    {
    }

    /// <summary>It moves only when it is told a price.</summary>
    public Task PassAsync()
    {
        Tell(_quote);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Tell(Quote quote)
    {
        _quote = quote with { Time = _quote.Time + TimeSpan.FromMilliseconds(100) };
        _exchange.OnQuote(_quote);
    }
}
