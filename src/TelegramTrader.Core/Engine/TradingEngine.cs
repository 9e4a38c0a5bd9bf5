using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// The one decider: synchronous and single-threaded. Same events in, same outputs out, always. It reads no clock, waits for nothing and sends nothing;
/// its now is the time of the latest event. Everything slow leaves as an output and comes back as an event.
/// </summary>
public sealed class TradingEngine
{
    private readonly EngineContext _context;
    private readonly QuoteHandler _quotes;
    private readonly FillHandler _fills;
    private readonly FundingHandler _funding;
    private readonly AnswerHandler _answers;
    private readonly AccountReconciler _reconciler;
    private readonly MessageHandler _messages;
    private readonly OperatorHandler _operators;
    private readonly TimeHandler _time;
    private readonly WatchedStops _watchedStops;
    private readonly SignalWatcher _watcher;
    private readonly TradeFollower _follower;
    private readonly ForeignOrders _foreignOrders;

    /// <exception cref="InvalidOperationException">It is to follow another desk over an exchange that is not simulated.</exception>
    public TradingEngine(EngineState state, EngineSettings settings, ISignalParser parser, ExchangeCapabilities capabilities)
    {
        if (settings.FollowsAnotherDesk && !capabilities.IsSimulated)
            throw new InvalidOperationException("What another desk decided is followed on a simulated exchange only.");
        if (!settings.CandlesClose)
            foreach (var waiting in state.ActiveTrades.Where(trade => trade.Exits.StopOnCandleClose).ToArray())
                state.Put(waiting with { Exits = waiting.Exits with { StopOnCandleClose = false }, UnprotectedSince = waiting.UnprotectedSince ?? (waiting.OpenQuantity.IsZero ? null : state.Now) });
        state.HoldsStops = capabilities.HoldsStops;
        if (capabilities.IsSimulated)
            state.Explained = null;
        StopAmendment.LoseAll(state);
        var gate = new ApprovedOrder.RiskGate(settings.Risk, RiskRules.All, settings.FollowsAnotherDesk);
        _context = new EngineContext(state, settings, gate, parser, capabilities);
        var desk = new OrderDesk(_context);
        var exits = new ExitOrders(_context, desk);
        var losses = new LossLimits(_context, exits);
        var plans = new PlanBuilder(_context);
        _watchedStops = new WatchedStops(_context, exits);
        _watchedStops.OnStart();
        _quotes = new QuoteHandler(_context, exits, _watchedStops, losses);
        _fills = new FillHandler(_context, exits, new FeeConversion(_context));
        _funding = new FundingHandler(_context);
        _answers = new AnswerHandler(_context, desk, exits);
        var outside = new OutsideCloses(_context, _fills);
        var foreign = new ForeignPositions(_context, outside, new Adoption(_context, _fills, exits));
        _foreignOrders = new ForeignOrders(_context);
        var wallet = new ReportedWallet(_context);
        var money = new MoneyMovements(_context, wallet, outside, losses);
        _reconciler = new AccountReconciler(_context, _fills, _funding, _answers, exits, outside, foreign, _foreignOrders, wallet, money);
        var decider = new SignalDecider(_context, plans, desk, losses);
        _watcher = new SignalWatcher(_context, plans);
        _watcher.OnStart();
        _messages = new MessageHandler(_context, decider, new UpdateHandler(_context, exits), new EditHandler(_context, exits, plans), _watcher);
        _operators = new OperatorHandler(_context, exits, new PostConfirmation(_context, decider, _watcher), new ProfileTeaching(_context), foreign, _foreignOrders, money);
        _follower = new TradeFollower(_context, desk, exits);
        _time = new TimeHandler(_context, exits, _watchedStops, desk, losses, _reconciler);
    }

    public EngineState State => _context.State;

    public EngineSettings Settings => _context.Settings;

    /// <summary>Whether stops rest at the exchange; where they don't, the engine watches them itself.</summary>
    public bool HoldsStops => _context.Capabilities.HoldsStops;

    /// <summary>What the last handled event changed; not to be kept when nothing changed, because it is used again.</summary>
    public EngineChanges Changes => _context.Changes;

    /// <summary>What is to be done after the last handled event; not to be kept when empty.</summary>
    public IReadOnlyList<EngineOutput> Outputs => _context.Outputs;

    /// <summary>Handles one event. True when it changed something or wants something done, so that it must be committed.</summary>
    public bool Handle(EngineEvent engineEvent)
    {
        _context.Renew();
        State.Now = Instant.Later(State.Now, engineEvent.At);
        if (engineEvent.FeedStep is { } step)
            State.FeedStep = step;
        switch (engineEvent)
        {
            case EngineEvent.QuoteReceived quote:
                if (_quotes.OnQuote(quote.Quote))
                    _watcher.OnQuote(quote.Quote);
                break;
            case EngineEvent.CandleClosed candle:
                _quotes.OnCandle(candle.Symbol, candle.Candle);
                break;
            case EngineEvent.TimePassed:
                _time.OnTimePassed();
                _watcher.OnTimePassed();
                break;
            case EngineEvent.MessageReceived message:
                _messages.OnMessage(message.Message);
                break;
            case EngineEvent.OrderAnswered answered:
                _answers.OnAnswered(answered.OrderId, answered.Answer);
                break;
            case EngineEvent.OrderFilled filled:
                _fills.OnFilled(filled.Fill, filled.WalletAfter);
                break;
            case EngineEvent.FundingPaid paid:
                _funding.OnFunding(paid);
                break;
            case EngineEvent.PositionLiquidated liquidated:
                _fills.OnLiquidated(liquidated);
                break;
            case EngineEvent.InstrumentsReported instruments:
                OnInstruments(instruments);
                break;
            case EngineEvent.AccountReported reported:
                _reconciler.OnReported(reported.Report);
                break;
            case EngineEvent.AccountReportFailed failed:
                _reconciler.OnReportFailed(failed.Error);
                break;
            case EngineEvent.OpenOrdersReported reported:
                _foreignOrders.OnReported(reported);
                break;
            case EngineEvent.ForeignOrderNotWithdrawn refused:
                _foreignOrders.OnNotWithdrawn(refused);
                break;
            case EngineEvent.OperatorCommanded commanded:
                _operators.OnCommand(commanded.Command);
                break;
            case EngineEvent.TradeFollowed followed:
                _follower.OnFollowed(followed.Theirs);
                break;
            case EngineEvent.FeedLost lost:
                OnFeedLost(lost);
                break;
            case EngineEvent.FeedRestored restored:
                OnFeedRestored(restored);
                break;
            default:
                throw new InvalidOperationException($"{engineEvent.GetType().Name} is not in the set of events.");
        }

        return _context.Outputs.Count > 0 || _context.Changes.Any;
    }

    /// <summary>The scalar parts of the state, for the commit.</summary>
    public EngineScalars Scalars => new(
        State.Now, State.FeedStep, State.NextNumber, State.Trading, State.Day, State.Week, State.Wallet, [.. State.Alerts], State.TaughtRules, State.ProfileVersion, State.Outage,
        State.Foreign, State.NextForeign, State.Probations, State.ForeignOrders,
        State.Explained, State.MissingMoney);

    private void OnInstruments(EngineEvent.InstrumentsReported reported)
    {
        // What is gone from the list is not entered any more; a trade knows what it needs of it by itself. A list of nothing is no list.
        var listed = reported.Instruments.Select(instrument => instrument.Symbol).ToHashSet();
        foreach (var (symbol, market) in State.Markets)
            if (listed.Count > 0 && !listed.Contains(symbol))
                market.Instrument = null;
        foreach (var instrument in reported.Instruments)
            State.Market(instrument.Symbol).Instrument = instrument;
        _context.Changes.Other = true;
        // Whoever tells us what can be traded is there to be asked how we stand.
        _reconciler.Ask(reported.Account);
    }

    private void OnFeedLost(EngineEvent.FeedLost lost)
    {
        if (!State.LostFeeds.TryAdd(lost.Feed, State.Now))
            return;
        _watcher.OnFeedLost(lost.Feed);
        _context.Notify(new Notification.ConnectionLost(lost.Feed, lost.Reason));
        _watchedStops.OnFeedLost();
    }

    private void OnFeedRestored(EngineEvent.FeedRestored restored)
    {
        if (!State.LostFeeds.Remove(restored.Feed, out var since))
            return;
        _context.Notify(new Notification.ConnectionRestored(restored.Feed, State.Now - since));
        // Whatever was told meanwhile is lost to us.
        _reconciler.Ask(Settings.Account);
    }
}
