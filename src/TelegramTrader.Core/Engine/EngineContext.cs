using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Engine;

/// <summary>What the parts of the engine share while one event is handled: the state, and the lists of what changed and what is to be done.</summary>
internal sealed class EngineContext(
    EngineState state, EngineSettings settings, ApprovedOrder.RiskGate gate, ISignalParser parser, ExchangeCapabilities capabilities)
{
    public EngineState State { get; } = state;

    public EngineSettings Settings { get; } = settings;

    public ApprovedOrder.RiskGate Gate { get; } = gate;

    public ISignalParser Parser { get; } = parser;

    public ExchangeCapabilities Capabilities { get; } = capabilities;

    public TradingCalendar Calendar { get; } = new(settings.TimeZone);

    public List<EngineOutput> Outputs { get; private set; } = [];

    public EngineChanges Changes { get; private set; } = new();

    public Instant Now => State.Now;

    /// <summary>Fresh lists for the next event; the old ones belong to whoever took them.</summary>
    public void Renew()
    {
        if (Outputs.Count > 0)
            Outputs = [];
        if (Changes.Any)
            Changes = new EngineChanges();
    }

    public void Save(Trade trade)
    {
        State.Put(trade);
        Changes.Trades[trade.Number] = trade;
    }

    public void Save(Order order)
    {
        State.Put(order);
        Changes.Orders[order.Id] = order;
    }

    public void Notify(Notification notification) => Outputs.Add(new EngineOutput.Notify(notification));

    public void Note(int tradeNumber, string text) => Changes.Notes.Add(new TradeNote(tradeNumber, Now, text));

    /// <summary>Marks a fact from outside as booked. False when it already was: it is not booked twice.</summary>
    public bool Book(string kind, string id)
    {
        if (!State.Booked.TryAdd($"{kind}:{id}", Now))
            return false;
        Changes.Other = true;
        return true;
    }

    public void SetWallet(Money? wallet)
    {
        if (wallet is null || wallet == State.Wallet)
            return;
        State.Wallet = wallet;
        Changes.Other = true;
    }
}
