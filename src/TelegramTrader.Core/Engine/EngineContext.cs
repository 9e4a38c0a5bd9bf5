using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Engine;

/// <summary>What the parts of the engine share while one event is handled: the state, and the lists of what changed and what is to be done.</summary>
internal sealed class EngineContext(
    EngineState state, EngineSettings settings, ApprovedOrder.RiskGate gate, ISignalParser parser, ExchangeCapabilities capabilities)
{
    private decimal _estimated;

    public EngineState State { get; } = state;

    public EngineSettings Settings { get; } = settings;

    public ApprovedOrder.RiskGate Gate { get; } = gate;

    public ISignalParser Parser { get; } = parser;

    public ExchangeCapabilities Capabilities { get; } = capabilities;

    public TradingCalendar Calendar { get; } = new(settings.TimeZone);

    public List<EngineOutput> Outputs { get; private set; } = [];

    public EngineChanges Changes { get; private set; } = new();

    public Instant Now => State.Now;

    /// <summary>
    /// What happened before this moment was booked or is nobody's business any more; its ids may have been forgotten. Never goes back, and is never
    /// later than the beginning of a trade that is remembered.
    /// </summary>
    public Instant KnownBefore
    {
        get
        {
            var remembered = Now - Settings.RememberFinishedFor;
            foreach (var trade in State.Trades.Values)
                return trade.CreatedAt < remembered ? trade.CreatedAt : remembered;
            return remembered;
        }
    }

    /// <summary>Fresh lists for the next event; the old ones belong to whoever took them.</summary>
    public void Renew()
    {
        // Both or none: a commit holds both, also where one of them is empty.
        if (Outputs.Count == 0 && !Changes.Any)
            return;
        Outputs = [];
        Changes = new EngineChanges();
        MadeNow.Clear();
    }

    /// <summary>Orders that were first made while this event is handled; nobody has been told of them yet.</summary>
    public HashSet<ClientOrderId> MadeNow { get; } = [];

    public void Save(Trade trade)
    {
        State.Put(trade);
        Changes.Trades[trade.Number] = trade;
    }

    public void Save(WatchedSignal signal)
    {
        State.Put(signal);
        Changes.Watched[signal.Number] = signal;
    }

    public void Save(Order order)
    {
        State.Put(order);
        Changes.Orders[order.Id] = order;
    }

    /// <summary>Asks what became of these orders, and how the account stands. What one event wants to know is one question, or answers that raise questions would multiply.</summary>
    public void Ask(AccountId account, IEnumerable<ClientOrderId> orders)
    {
        var index = Outputs.FindIndex(output => output is EngineOutput.AskAccount asked && asked.Account == account);
        if (index < 0)
            Outputs.Add(new EngineOutput.AskAccount(account, [.. orders]));
        else
            Outputs[index] = new EngineOutput.AskAccount(account, [.. ((EngineOutput.AskAccount)Outputs[index]).Orders.Union(orders).OrderBy(id => id.Value, StringComparer.Ordinal)]);
    }

    /// <summary>Every order whose end is not known, by id.</summary>
    /// <param name="account">Whose orders.</param>
    /// <param name="also">Further orders to ask about.</param>
    public ClientOrderId[] WithoutAnEnd(AccountId account, Func<Order, bool>? also = null) =>
        [.. State.Orders.Values
            .Where(order => order.Intent.Account == account && (order.IsLive || order.InDoubt || MayTurnUp(order) || also?.Invoke(order) == true))
            .Select(order => order.Id).OrderBy(id => id.Value, StringComparer.Ordinal)];

    /// <summary>Asks about every order whose end is not known, and how the account stands.</summary>
    public void AskAboutAll(AccountId account) => Ask(account, WithoutAnEnd(account));

    /// <summary>An order that was said not to exist, or was refused when it was sent a second time, a short while ago: a sending of it may still be on its way.</summary>
    public bool MayTurnUp(Order order) => (order.State is OrderState.NeverArrived || order.State is OrderState.Rejected && order.SentAgain) && Now - order.ChangedAt <= Settings.MayTurnUpFor;

    /// <summary>The settings of a channel with what was taught.</summary>
    public ChannelSettings ChannelOf(ChannelId channel) => State.ChannelOf(Settings, channel);

    /// <summary>What the parser may know of a channel and of the market.</summary>
    public ParseContext ParseContextOf(ChannelId channel) => new(ChannelOf(channel).Profile, new EngineMarketView(State, Settings));

    public void Notify(Notification notification) => Outputs.Add(new EngineOutput.Notify(notification));

    public void Note(int tradeNumber, string text) => Changes.Notes.Add(new TradeNote(tradeNumber, Now, text));

    /// <summary>Marks a fact from outside as booked. False when it already was: it is not booked twice.</summary>
    public bool Book(string kind, string id)
    {
        var key = $"{kind}:{id}";
        if (!State.Booked.TryAdd(key, Now))
            return false;
        Changes.Booked.Add(key, Now);
        return true;
    }

    /// <summary>When a fact from outside was booked; null when it was not, or was forgotten.</summary>
    public Instant? BookedAt(string kind, string id) => State.Booked.TryGetValue($"{kind}:{id}", out var at) ? at : null;

    /// <summary>The wallet after a booking: as the exchange says or, where it does not, computed.</summary>
    /// <param name="walletAfter">What the exchange says; null where it does not.</param>
    /// <param name="change">What the booking made, fees in other coins counted.</param>
    /// <param name="moved">By how much it moved the wallet itself.</param>
    public void Settle(Money? walletAfter, Money change, decimal moved)
    {
        Explain(moved);
        SetWallet(walletAfter ?? (State.Wallet is { } wallet ? wallet + change : null));
    }

    /// <summary>When something was booked last that moves the wallet or may; null before. Not stored: after a start the account is compared anew.</summary>
    public Instant? ExplainedAt { get; private set; }

    /// <summary>Books that the wallet must have changed by so much; zero is worth knowing too.</summary>
    public void Explain(decimal change)
    {
        ExplainedAt = Now;
        if (State.Explained is { } explained && change != 0m)
            SetExplained(explained with { Amount = explained.Amount + change });
    }

    public void SetExplained(Money explained)
    {
        if (explained == State.Explained)
            return;
        State.Explained = explained;
        Changes.Other = true;
    }

    /// <summary>The result of a close was booked at a price that is only supposed.</summary>
    /// <param name="value">Of what was closed, in quote units.</param>
    public void NoteEstimated(decimal value) => _estimated += value;

    /// <summary>The value of everything that was booked at a supposed price since this was asked last.</summary>
    public decimal TakeEstimated()
    {
        var taken = _estimated;
        _estimated = 0m;
        return taken;
    }

    public void SetWallet(Money? wallet)
    {
        if (wallet is null || wallet == State.Wallet)
            return;
        State.Wallet = wallet;
        Changes.Other = true;
    }
}
