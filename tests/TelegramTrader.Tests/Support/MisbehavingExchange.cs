using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Tests.Support;

/// <summary>
/// An exchange on a bad day. It keeps one truth – orders, fills, positions – and tells it late, twice, in the wrong order, or not at all; it refuses, times out,
/// loses answers, and lets orders arrive after it said that they do not exist. It never fills a reduce-only order beyond the position, and it does not lie in reports.
/// </summary>
internal sealed class MisbehavingExchange(SeededNumbers numbers, Func<Symbol, Quote> quoteOf, bool isSpot = false, bool holdsStops = true) : IExchange
{
    private readonly Dictionary<ClientOrderId, TrueOrder> _orders = [];
    private readonly List<OrderIntent> _late = [];
    private readonly List<(TrueOrder Order, OrderChange Change)> _lateChanges = [];
    private readonly List<EngineEvent> _pending = [];
    private readonly Dictionary<Symbol, decimal> _positions = [];

    // The average entry of each position, whoever made it.
    private readonly Dictionary<Symbol, decimal> _entries = [];

    /// <summary>Coins of somebody else in every spot symbol; none of them may ever be sold.</summary>
    public const decimal ForeignCoins = 1.5m;
    private readonly HashSet<ClientOrderId> _saidMissing = [];
    private readonly Dictionary<string, OpenOrder> _byHand = new(StringComparer.Ordinal);
    private int _handOrders;
    private decimal _cash = 10_000m;
    private int _fills;

    public AccountId Account => Some.Account;

    public ExchangeCapabilities Capabilities { get; } = new(holdsStops);

    /// <summary>On good behaviour everything is answered truly and at once.</summary>
    public bool Behaves { get; set; }

    public Instant Now { get; set; }

    public Money Wallet { get; private set; } = new(10_000m, "USDT");

    /// <summary>Perpetuals: the wallet and the open profit or loss of all positions, at the prices at which they could be left.</summary>
    public decimal Equity => Wallet.Amount + _positions.Where(entry => entry.Value != 0m).Sum(entry => entry.Value * ((entry.Value > 0m ? quoteOf(entry.Key).Bid : quoteOf(entry.Key).Ask).Value - _entries[entry.Key]));

    /// <summary>Spot: sales that came although what is ours was sold or locked already.</summary>
    public List<ClientOrderId> Oversold { get; } = [];

    public Money Cash => new(_cash, "USDT");

    /// <summary>How many stops were changed where they stood.</summary>
    public int ChangedInPlace { get; private set; }

    public IEnumerable<OrderIntent> LiveOrders => _orders.Values.Where(order => order.IsLive).Select(order => order.Intent);

    /// <summary>Orders that somebody placed at the exchange itself, by its ids.</summary>
    public IReadOnlyDictionary<string, OpenOrder> HandOrders => _byHand;

    public decimal PositionIn(Symbol symbol) => _positions.GetValueOrDefault(symbol);

    public void Place(ApprovedOrder order)
    {
        var intent = order.Intent;
        var luck = Behaves ? 0 : numbers.Next(0, 100);
        if (luck < 65)
            Arrive(intent, tells: true);
        else if (luck < 75)
            Refuse(intent, numbers.Pick([ExchangeErrorKind.RateLimited, ExchangeErrorKind.InvalidOrder, ExchangeErrorKind.InsufficientFunds, ExchangeErrorKind.WouldTriggerAtOnce]));
        else if (luck < 90)
        {
            // Time-out: it arrived, or it arrives later, or never.
            if (luck < 80)
                Arrive(intent, tells: false);
            else if (luck < 85)
                _late.Add(intent);
            Say(new EngineEvent.OrderAnswered(intent.Id, new OrderAnswer.OutcomeUnknown("time-out")) { At = Now });
        }
        else
        {
            // The answer is lost altogether.
            Arrive(intent, tells: false);
        }
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId)
    {
        var luck = Behaves ? 0 : numbers.Next(0, 100);
        if (!_orders.TryGetValue(orderId, out var order) || !order.IsLive)
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.CancelRefused(new ExchangeError(ExchangeErrorKind.OrderNotFound, "1", "no such order"))) { At = Now });
        else if (luck < 65)
            Withdraw(order, "withdrawn");
        else if (luck < 75)
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.CancelRefused(new ExchangeError(numbers.Pick([ExchangeErrorKind.RateLimited, ExchangeErrorKind.Unrecognised]), "1", "no"))) { At = Now });
        else if (luck < 85)
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.OutcomeUnknown("time-out")) { At = Now });
        else if (luck < 92)
            order.IsCancelled = true;
    }

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change)
    {
        var luck = Behaves ? 0 : numbers.Next(0, 100);
        if (!_orders.TryGetValue(orderId, out var order) || !order.IsLive || order.Fills.Count > 0)
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.AmendRefused(change, new ExchangeError(ExchangeErrorKind.OrderNotFound, "1", "no such order"))) { At = Now });
        else if (luck < 60)
            Change(order, change, tells: true);
        else if (luck < 75)
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.AmendRefused(change, new ExchangeError(
                numbers.Pick([ExchangeErrorKind.RateLimited, ExchangeErrorKind.InvalidOrder, ExchangeErrorKind.InsufficientFunds, ExchangeErrorKind.WouldTriggerAtOnce, ExchangeErrorKind.NotSupported]), "1", "no"))) { At = Now });
        else if (luck < 90)
        {
            // Time-out: it was changed, or is changed later, or never.
            if (luck < 80)
                Change(order, change, tells: false);
            else if (luck < 85)
                _lateChanges.Add((order, change));
            Say(new EngineEvent.OrderAnswered(orderId, new OrderAnswer.AmendUnknown(change, "time-out")) { At = Now });
        }
        else if (luck < 95)
        {
            // The answer is lost altogether.
            Change(order, change, tells: false);
        }
    }

    public void WithdrawForeign(Symbol symbol, string exchangeId)
    {
        var luck = Behaves ? 0 : numbers.Next(0, 100);
        if (!_byHand.TryGetValue(exchangeId, out var order) || order.Symbol != symbol)
            Say(new EngineEvent.ForeignOrderNotWithdrawn(Account, symbol, exchangeId, new ExchangeError(ExchangeErrorKind.OrderNotFound, "1", "no such order")) { At = Now });
        else if (luck < 60)
            _byHand.Remove(exchangeId);
        else if (luck < 80)
            Say(new EngineEvent.ForeignOrderNotWithdrawn(Account, symbol, exchangeId, new ExchangeError(ExchangeErrorKind.RateLimited, "1", "no")) { At = Now });
    }

    public void AskAccount(IReadOnlyList<ClientOrderId> orders)
    {
        if (!isSpot && (Behaves || numbers.Chance(70)))
            Say(new EngineEvent.OpenOrdersReported(Account, [.. _orders.Values.Where(order => order.IsLive).Select(Listed), .. _byHand.Values]) { At = Now });
        if (!Behaves && numbers.Chance(15))
            Say(new EngineEvent.AccountReportFailed(Account, new ExchangeError(ExchangeErrorKind.Network, "1", "no connection")) { At = Now });
        else if (isSpot)
            Say(new EngineEvent.AccountReported(new AccountReport(
                Account, new Money(_cash, "USDT"), [.. orders.Select(Reported)], [.. orders.SelectMany(id => _orders.TryGetValue(id, out var order) ? order.Fills : [])], [], [], [])
            {
                BegunAt = Now,
                Coins = _positions.ToDictionary(entry => entry.Key.Base, entry => entry.Value + ForeignCoins, StringComparer.Ordinal),
            }) { At = Now });
        else
            Say(new EngineEvent.AccountReported(new AccountReport(
                Account, Wallet, [.. orders.Select(Reported)], [.. orders.SelectMany(id => _orders.TryGetValue(id, out var order) ? order.Fills : [])],
                [.. _positions.Where(entry => entry.Value != 0m).Select(entry => new ReportedPosition(entry.Key, entry.Value > 0m ? TradeSide.Long : TradeSide.Short, new Quantity(Math.Abs(entry.Value)), new Price(_entries[entry.Key])))], [], []) { BegunAt = Now }) { At = Now });
    }

    /// <summary>Time goes by: late orders arrive, some orders fill, wholly or in part, and the exchange withdraws one by itself now and then.</summary>
    public void Live()
    {
        foreach (var late in _late.Where(_ => Behaves || numbers.Chance(40)).ToArray())
        {
            _late.Remove(late);
            Arrive(late, tells: numbers.Chance(60));
        }

        foreach (var late in _lateChanges.Where(_ => Behaves || numbers.Chance(40)).ToArray())
        {
            _lateChanges.Remove(late);
            if (late.Order.IsLive && late.Order.Fills.Count == 0)
                Change(late.Order, late.Change, tells: numbers.Chance(60));
        }

        foreach (var order in _orders.Values.Where(order => order.IsLive).ToArray())
            if (order.Acting is OrderKind.Market || !Behaves && numbers.Chance(12))
                Fill(order);
            else if (!Behaves && numbers.Chance(2))
                Withdraw(order, "by the exchange");
    }

    /// <summary>Somebody closes a position at the exchange itself, wholly or in part, and nobody tells of it.</summary>
    /// <param name="symbol">Of which position; without one nothing happens.</param>
    /// <param name="share">How much of it, above 0 and at most 1.</param>
    /// <returns>Whether there was anything to close.</returns>
    public bool CloseByHand(Symbol symbol, decimal share)
    {
        var held = PositionIn(symbol);
        var part = share == 1m ? Math.Abs(held) : Math.Floor(Math.Abs(held) * share * 1000m) / 1000m;
        if (part > 0m)
            Move(symbol, -Math.Sign(held) * part, quoteOf(symbol).Bid.Value);
        return part > 0m;
    }

    /// <summary>Somebody opens a position at the exchange itself, or adds to what is there, on its side.</summary>
    /// <returns>Whether it could be told from ours: no entry of ours on the other side may still come.</returns>
    public bool OpenByHand(Symbol symbol, TradeSide side, decimal quantity)
    {
        var mayNet = PositionIn(symbol) * side.Sign() < 0m || _late.Concat(LiveOrders).Any(order => order.Symbol == symbol && !order.ReduceOnly && order.Side != side.Opening());
        if (mayNet)
            return false;
        Move(symbol, side.Sign() * quantity, quoteOf(symbol).Ask.Value);
        return true;
    }

    /// <summary>The owner pays money in, or takes it out when it is negative.</summary>
    public void PayByHand(decimal amount)
    {
        Wallet += new Money(amount, Wallet.Asset);
        _cash += amount;
    }

    /// <summary>Somebody places an order at the exchange itself: by hand, with another program, or with a bot like ours whose books are lost.</summary>
    public void OrderByHand(Symbol symbol)
    {
        var (number, side) = ((++_handOrders).ToString(CultureInfo.InvariantCulture), numbers.Chance(50) ? OrderSide.Buy : OrderSide.Sell);
        string?[] names = [null, $"web_{number}_of-somebody-who-writes-long-names", ClientOrderId.Derive($"lost/{number}", new OrderPurpose.Stop(), 1).Value, $"x-{number}"];
        var isStop = numbers.Chance(50);
        var price = new Price(numbers.Next(50, 200));
        _byHand.Add("hand" + number, new OpenOrder(
            "hand" + number, numbers.Pick(names), symbol, side, isStop ? "stopMarket" : "limit", numbers.Chance(10) ? null : new Quantity(numbers.Next(1, 1000) * 0.001m), isStop ? null : price, isStop ? price : null, numbers.Chance(50)));
    }

    /// <summary>Somebody withdraws or changes an order that was placed by hand.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ChangeByHand()
    {
        if (_byHand.Count == 0)
            return false;
        var order = numbers.Pick(_byHand.Values.ToArray());
        if (numbers.Chance(50))
            _byHand.Remove(order.ExchangeId);
        else
            _byHand[order.ExchangeId] = order with { Quantity = new Quantity(numbers.Next(1, 1000) * 0.001m) };
        return true;
    }

    /// <summary>An order without fills is gone, and the exchange knows nothing of it any more.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Vanish()
    {
        var candidates = _orders.Values.Where(order => order.IsLive && order.Fills.Count == 0).Select(order => order.Intent.Id).ToArray();
        return candidates.Length > 0 && _orders.Remove(numbers.Pick(candidates));
    }

    /// <summary>The connection is cut while we restart: what was on its way is lost.</summary>
    public void LoseWhatIsOnItsWay() => _pending.Clear();

    /// <summary>Events that are due, in the order in which they get through.</summary>
    public IEnumerable<EngineEvent> Deliver()
    {
        for (var count = Behaves ? int.MaxValue : numbers.Next(0, 6); count > 0 && _pending.Count > 0; count--)
        {
            var index = Behaves ? 0 : numbers.Next(0, _pending.Count);
            // What it promises on spot: of a sale that is over it was told before what it had sold, or that something of it may have been lost.
            if (isSpot && _pending[index] is EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled } over && _pending.FindIndex(told => MayTellOfFills(told, over.OrderId)) is >= 0 and var before)
                index = before;
            var next = _pending[index];
            // Sometimes it is told again later.
            if (Behaves || !numbers.Chance(10))
                _pending.RemoveAt(index);
            yield return next with { At = Now };
        }
    }

    private static bool MayTellOfFills(EngineEvent told, ClientOrderId id) =>
        told is EngineEvent.OrderFilled { Fill.OrderId: var filled } && filled == id || told is EngineEvent.OrderAnswered { Answer: OrderAnswer.OutcomeUnknown, OrderId: var unknown } && unknown == id;

    private void Arrive(OrderIntent intent, bool tells)
    {
        if (_orders.ContainsKey(intent.Id))
        {
            Refuse(intent, ExchangeErrorKind.DuplicateClientOrderId);
            return;
        }

        if (isSpot && intent.ReduceOnly && Locked(intent.Symbol) + intent.Quantity.Value > PositionIn(intent.Symbol))
        {
            NoteOversold(intent);
            Refuse(intent, ExchangeErrorKind.InsufficientFunds);
            return;
        }

        if (intent.ReduceOnly && Reducible(intent) == 0m)
        {
            Refuse(intent, ExchangeErrorKind.ReduceOnlyRefused);
            return;
        }

        var order = new TrueOrder(intent);
        _orders.Add(intent.Id, order);
        if (tells)
            Say(new EngineEvent.OrderAnswered(intent.Id, new OrderAnswer.Accepted("x" + intent.Id.Value)) { At = Now });
        if (intent.Kind is OrderKind.Market && (Behaves || numbers.Chance(70)))
            Fill(order);
    }

    private void Change(TrueOrder order, OrderChange change, bool tells)
    {
        var more = change.Quantity.Value - order.Intent.Quantity.Value;
        if (more > 0m && Locked(order.Intent.Symbol) + more > PositionIn(order.Intent.Symbol))
        {
            NoteOversold(order.Intent);
            Say(new EngineEvent.OrderAnswered(order.Intent.Id, new OrderAnswer.AmendRefused(change, new ExchangeError(ExchangeErrorKind.InsufficientFunds, "1", "no"))) { At = Now });
            return;
        }

        order.Intent = order.Intent with { Kind = new OrderKind.StopMarket(change.Trigger), Quantity = change.Quantity };
        ChangedInPlace++;
        if (tells)
            Say(new EngineEvent.OrderAnswered(order.Intent.Id, new OrderAnswer.Amended(change)) { At = Now });
    }

    private decimal Locked(Symbol symbol) => LiveOrders.Where(order => order.ReduceOnly && order.Symbol == symbol).Sum(order => _orders[order.Id].Remaining);

    /// <summary>The coins of somebody else are there as well: a real exchange would sell them. Against an order that comes after its absence was told, nobody can do anything.</summary>
    private void NoteOversold(OrderIntent intent)
    {
        if (!_saidMissing.Overlaps(_orders.Values.Where(order => order.Intent.TradeNumber == intent.TradeNumber).Select(order => order.Intent.Id).Append(intent.Id)))
            Oversold.Add(intent.Id);
    }

    private void Fill(TrueOrder order)
    {
        var intent = order.Intent;
        var possible = intent.ReduceOnly ? Math.Min(order.Remaining, Reducible(intent)) : order.Remaining;
        if (possible == 0m)
        {
            Withdraw(order, "reduce-only: nothing to reduce");
            return;
        }

        if (order.Acting is OrderKind.OneCancelsOther both)
            order.Acting = numbers.Chance(50) ? new OrderKind.Limit(both.Limit) : new OrderKind.Market();
        var size = !Behaves && numbers.Chance(40) ? Math.Max(0.001m, Math.Floor(possible * numbers.Next(1, 10) / 10m * 1000m) / 1000m) : possible;
        var quote = quoteOf(intent.Symbol);
        var fill = new Fill
        {
            FillId = "f" + (++_fills).ToString(CultureInfo.InvariantCulture),
            Account = Account,
            OrderId = intent.Id,
            Symbol = intent.Symbol,
            Side = intent.Side,
            Price = order.Acting is OrderKind.Limit limit ? limit.Price
                // A stop sells for less than the limit that was in one order with it.
                : intent.Kind is OrderKind.OneCancelsOther pair ? new Price(Math.Min(pair.Trigger.Value, quote.Bid.Value))
                : intent.Side == OrderSide.Buy ? quote.Ask : quote.Bid,
            Quantity = new Quantity(Math.Min(size, possible)),
            Fee = new Money(0.01m, "USDT"),
            IsMaker = false,
            HappenedAt = Now,
        };
        if (isSpot && intent.Side == OrderSide.Buy)
            fill = fill with { Fee = new Money(fill.Quantity.Value * 0.001m, intent.Symbol.Base) };
        order.Fills.Add(fill);
        if (isSpot)
            _positions[intent.Symbol] = PositionIn(intent.Symbol) + (intent.Side == OrderSide.Buy ? 1m : -1m) * fill.Quantity.Value - (fill.Fee.Asset == intent.Symbol.Base ? fill.Fee.Amount : 0m);
        else
            Move(intent.Symbol, (intent.Side == OrderSide.Buy ? 1m : -1m) * fill.Quantity.Value, fill.Price.Value);
        _cash += (intent.Side == OrderSide.Buy ? -1m : 1m) * fill.Price.Value * fill.Quantity.Value - (fill.Fee.Asset == "USDT" ? fill.Fee.Amount : 0m);
        if (fill.Fee.Asset == Wallet.Asset)
            Wallet -= fill.Fee;
        if (Behaves || !numbers.Chance(8))
            Say(new EngineEvent.OrderFilled(fill, null) { At = Now });
        else
            // The fill is lost on its way; what is asked about later still tells of it.
            Say(new EngineEvent.OrderAnswered(intent.Id, new OrderAnswer.OutcomeUnknown("connection lost")) { At = Now });
        foreach (var other in _orders.Values.Where(other => other.IsLive && other.Intent.ReduceOnly && other.Intent.Symbol == intent.Symbol && Reducible(other.Intent) == 0m).ToArray())
            Withdraw(other, "reduce-only: nothing to reduce");
    }

    /// <summary>A perpetual position grows at its average entry, or shrinks and brings its part of the result into the wallet.</summary>
    private void Move(Symbol symbol, decimal by, decimal price)
    {
        var held = PositionIn(symbol);
        var closing = held * by < 0m ? Math.Min(Math.Abs(held), Math.Abs(by)) : 0m;
        if (closing > 0m)
            Wallet += new Money(Math.Sign(held) * (price - _entries[symbol]) * closing, Wallet.Asset);
        var opening = Math.Abs(by) - closing;
        var left = Math.Abs(held) - closing;
        if (opening > 0m)
            _entries[symbol] = ((left > 0m ? _entries[symbol] * left : 0m) + price * opening) / (left + opening);
        _positions[symbol] = held + by;
    }

    private void Withdraw(TrueOrder order, string reason)
    {
        order.IsCancelled = true;
        // What it promises on spot: whatever was lost of it, also with a restart, is told before its end.
        if (isSpot)
            foreach (var fill in order.Fills)
                Say(new EngineEvent.OrderFilled(fill, null) { At = Now });
        if (Behaves || !numbers.Chance(5))
            Say(new EngineEvent.OrderAnswered(order.Intent.Id, new OrderAnswer.Cancelled(reason)) { At = Now });
        else
            Say(new EngineEvent.OrderAnswered(order.Intent.Id, new OrderAnswer.OutcomeUnknown("connection lost")) { At = Now });
    }

    private void Refuse(OrderIntent intent, ExchangeErrorKind kind) =>
        Say(new EngineEvent.OrderAnswered(intent.Id, new OrderAnswer.Rejected(new ExchangeError(kind, "1", "no"))) { At = Now });

    private static OpenOrder Listed(TrueOrder order) => new(
        "x" + order.Intent.Id.Value, order.Intent.Id.Value, order.Intent.Symbol, order.Intent.Side, order.Intent.Kind is OrderKind.Limit ? "limit" : "stopMarket", order.Intent.Quantity,
        order.Intent.Kind is OrderKind.Limit limit ? limit.Price : null, order.Intent.Kind is OrderKind.Limit ? null : order.Intent.Kind.NamedPrice, order.Intent.ReduceOnly);

    private ReportedOrder Reported(ClientOrderId id) =>
        !_orders.TryGetValue(id, out var order) ? Missing(id)
        : order.IsCancelled ? new ReportedOrder(id, new OrderAnswer.Cancelled("withdrawn"), false)
        : new ReportedOrder(id, new OrderAnswer.Accepted("x" + id.Value), order.Remaining == 0m);

    private ReportedOrder Missing(ClientOrderId id)
    {
        _saidMissing.Add(id);
        return new ReportedOrder(id, new OrderAnswer.NotFound(), false);
    }

    /// <summary>What an order of this side could take away from the position.</summary>
    private decimal Reducible(OrderIntent intent) =>
        Math.Max(0m, (intent.Side == OrderSide.Sell ? 1m : -1m) * PositionIn(intent.Symbol));

    private void Say(EngineEvent engineEvent) => _pending.Add(engineEvent);

    private sealed class TrueOrder(OrderIntent intent)
    {
        public OrderIntent Intent { get; set; } = intent;

        /// <summary>What it is at the exchange: of a pair, once one of the two was executed, that one alone.</summary>
        public OrderKind Acting { get; set; } = intent.Kind;

        public List<Fill> Fills { get; } = [];

        public bool IsCancelled { get; set; }

        public decimal Remaining => Intent.Quantity.Value - Fills.Sum(fill => fill.Quantity.Value);

        public bool IsLive => !IsCancelled && Remaining > 0m;
    }
}
