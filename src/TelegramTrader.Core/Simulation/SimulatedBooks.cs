using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Simulation;

/// <summary>Everything that the simulated exchange knows, what of it changed since it was last stored, and how a stored state is taken up again.</summary>
internal sealed class SimulatedBooks
{
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _orders = [];
    private readonly Dictionary<ClientOrderId, List<Fill>> _fillsByOrder = [];
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _changedOrders = [];
    private readonly string _asset;
    private int _storedFills;
    private bool _isChanged;

    public SimulatedBooks(SimulationSettings settings, IReadOnlyList<Instrument> instruments, IEventSink sink)
    {
        Ledger = new SimulatedLedger(settings, sink);
        _asset = settings.StartingBalance.Asset;
        List(instruments);
    }

    /// <summary>New symbols are traded from now on, and what is listed already has its steps, minimums and fees as given. Nothing is taken off the list: it may hold a position.</summary>
    public void List(IReadOnlyList<Instrument> instruments)
    {
        foreach (var instrument in instruments)
        {
            if (instrument.QuoteAsset != _asset)
                throw new ArgumentException($"{instrument.Symbol} is settled in {instrument.QuoteAsset}, but the account holds {_asset}.", nameof(instruments));
            if (Markets.TryGetValue(instrument.Symbol, out var market))
                market.Instrument = instrument;
            else
                Markets.Add(instrument.Symbol, new SimulatedMarket(instrument));
        }
    }

    public SimulatedLedger Ledger { get; }

    public Dictionary<Symbol, SimulatedMarket> Markets { get; } = [];

    /// <summary>Markets whose candle was begun and is not walked to its end.</summary>
    public List<SimulatedMarket> Walking { get; } = [];

    public bool IsWalking => Walking.Count > 0;

    /// <summary>The funding time up to which each symbol was settled.</summary>
    public Dictionary<string, Instant> FundedUntil { get; } = new(StringComparer.Ordinal);

    public Instant Clock { get; set; }

    public long Step { get; set; }

    public long NextOrder { get; set; } = 1;

    public int SameCandleConflicts { get; set; }

    public Instant? CandlesBegun { get; set; }

    /// <summary>How many orders, withdrawals and changes are on their way to the exchange.</summary>
    public int OnTheirWay { get; private set; }

    public SimulatedOrder? Find(ClientOrderId id) => _orders.GetValueOrDefault(id);

    public IReadOnlyList<Fill> FillsOf(ClientOrderId id) => _fillsByOrder.TryGetValue(id, out var fills) ? fills : [];

    public void Put(SimulatedMarket market, SimulatedOrder order)
    {
        MarkChanged();
        OnTheirWay += OnItsWay(order) - (Find(order.Intent.Id) is { } before ? OnItsWay(before) : 0);
        _orders[order.Intent.Id] = order;
        _changedOrders[order.Intent.Id] = order;
        market.Put(order);
    }

    public void Keep(Fill fill)
    {
        if (!_fillsByOrder.TryGetValue(fill.OrderId, out var fills))
            _fillsByOrder.Add(fill.OrderId, fills = []);
        fills.Add(fill);
    }

    public void MarkChanged() => _isChanged = true;

    /// <summary>What changed since the last call; null when nothing did.</summary>
    public SimulationChanges? TakeChanges()
    {
        if (!_isChanged)
            return null;
        var changes = new SimulationChanges(Snapshot(), [.. _changedOrders.Values], [.. Ledger.Fills.Skip(_storedFills)]);
        _changedOrders.Clear();
        _storedFills = Ledger.Fills.Count;
        _isChanged = false;
        return changes;
    }

    public void Restore(SimulationState state, IEnumerable<SimulatedOrder> orders, IEnumerable<Fill> fills)
    {
        (Clock, Step, NextOrder, SameCandleConflicts, CandlesBegun) = (state.Clock, state.Step, state.NextOrder, state.SameCandleConflicts, state.CandlesBegun);
        (Ledger.Wallet, Ledger.NextFill) = (state.Wallet, state.NextFill);
        Ledger.RecentFunding.AddRange(state.RecentFunding);
        Ledger.RecentLiquidations.AddRange(state.RecentLiquidations);
        foreach (var (symbol, until) in state.FundedUntil)
            FundedUntil[symbol] = until;
        foreach (var position in state.Positions)
            Markets[position.Symbol].Position = position;
        foreach (var price in state.Prices)
        {
            var market = Markets[price.Symbol];
            (market.Point, market.LastQuote, market.LastVolume) = (price.Point, price.LastQuote, price.LastVolume);
        }

        foreach (var walk in state.Walks)
        {
            Markets[walk.Symbol].Walk = walk;
            Walking.Add(Markets[walk.Symbol]);
        }

        // In the order in which they were handed over, which is the order in which they act.
        foreach (var order in orders.OrderBy(order => long.Parse(order.ExchangeOrderId.AsSpan(1), CultureInfo.InvariantCulture)))
            Put(Markets[order.Intent.Symbol], order);
        foreach (var fill in fills)
        {
            Keep(fill);
            Ledger.Fills.Add(fill);
        }

        _changedOrders.Clear();
        _storedFills = Ledger.Fills.Count;
        _isChanged = false;
    }

    private SimulationState Snapshot() => new()
    {
        Clock = Clock,
        Step = Step,
        NextOrder = NextOrder,
        NextFill = Ledger.NextFill,
        Wallet = Ledger.Wallet,
        Positions = [.. Markets.Values.Select(market => market.Position).OfType<SimulatedPosition>()],
        Walks = [.. Walking.Select(market => market.Walk!)],
        Prices = [.. Markets.Values.Where(market => market.Point is not null)
            .Select(market => new StandingPrice(market.Instrument.Symbol, market.Point!.Value, market.LastQuote, market.LastVolume))],
        CandlesBegun = CandlesBegun,
        FundedUntil = new Dictionary<string, Instant>(FundedUntil),
        RecentFunding = [.. Ledger.RecentFunding],
        RecentLiquidations = [.. Ledger.RecentLiquidations],
        SameCandleConflicts = SameCandleConflicts,
    };

    private static int OnItsWay(SimulatedOrder order) =>
        (order.Phase == SimulatedPhase.OnItsWay ? 1 : 0) + (order is { IsLive: true, CancelArrivesAt: not null } ? 1 : 0) + (order is { IsLive: true, Change: not null } ? 1 : 0);
}
