using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>What must hold on any walk: two thousand of them with fixed seeds, each a few candles with orders of every kind thrown at them.</summary>
public sealed class SimulatedWalksTests
{
    private const string Settings = "spread=0.0004 base=0.0002 full=0.02 part=0.3 maker=0.0002 taker=0.0005 liquidation=0.0125 latency=250";

    [Fact]
    public void RandomWalks_MoneyOrdersAndPrices_AlwaysAddUp()
    {
        var (fills, liquidations, conflicts, partial) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 2000; seed++)
        {
            var walk = new RandomWalk(seed, Settings);
            while (walk.NextCandle())
            {
                while (walk.Advance())
                    walk.Check();
            }

            fills += walk.Desk.Exchange.Fills.Count;
            liquidations += walk.Desk.Events.OfType<EngineEvent.PositionLiquidated>().Count();
            conflicts += walk.Desk.Exchange.SameCandleConflicts;
            partial += walk.Desk.Exchange.Fills.GroupBy(fill => fill.OrderId).Count(order => order.Count() > 1);
        }

        // The walks are only worth something when they meet everything.
        Assert.True(fills > 10_000 && liquidations > 50 && conflicts > 20 && partial > 200, $"{fills} fills, {liquidations} liquidations, {conflicts} conflicts, {partial} orders in parts");
    }

    [Fact]
    public void RandomWalks_SameSeed_SayTheSame()
    {
        for (var seed = 1UL; seed <= 50; seed++)
            Assert.Equal(Whole(seed).Desk.Events, Whole(seed).Desk.Events);
    }

    /// <summary>Stored after every change as the program does, thrown away at some step, restored, walked over again to that step: the rest is the same to the last digit.</summary>
    [Fact]
    public void RandomWalks_RestoredHalfWay_ContinueIdentically()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var whole = Whole(seed);
            foreach (var stopAt in new[] { 3, 7, 12, 18, 25 })
            {
                var broken = new RandomWalk(seed, Settings) { RestartAtStep = stopAt };
                broken.Finish();
                Assert.Equal(whole.Desk.Events.Where(entry => entry is not EngineEvent.QuoteReceived), broken.Desk.Events.Where(entry => entry is not EngineEvent.QuoteReceived));
                Assert.Equal(whole.Desk.Exchange.Wallet, broken.Desk.Exchange.Wallet);
                Assert.Equal(whole.Desk.Exchange.Step, broken.Desk.Exchange.Step);
                Assert.Equal(whole.Desk.Exchange.Positions, broken.Desk.Exchange.Positions);
                Assert.Equal(whole.Desk.Exchange.LiveOrders, broken.Desk.Exchange.LiveOrders);
            }
        }
    }

    [Fact]
    public void AdvanceAgain_RecordingChanged_Throws()
    {
        var desk = new SimulationDesk();
        desk.Do("buy a 2 limit 95; candle 100 100 100 100");
        var stored = desk.Exchange.TakeChanges()!;
        var restored = new SimulatedExchange(desk.Settings, [Some.Instrument()], desk);
        restored.Restore(stored.State, stored.Orders, stored.Fills);
        // The first time this minute did not reach 95.
        restored.Begin([(Some.Btc, Some.Candle(100m, 100m, 90m, 92m, time: desk.Now))]);
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (var step = 0; step < 100 && restored.AdvanceAgain(); step++)
            {
            }
        });
    }

    [Fact]
    public void Begin_BeforeTheLastIsWalked_IsABrokenPromise()
    {
        var desk = new SimulationDesk();
        desk.Exchange.Begin([(Some.Btc, Some.Candle(100m, 100m, 100m, 100m))]);
        Assert.Throws<InvalidOperationException>(() => desk.Exchange.Begin([(Some.Btc, Some.Candle(100m, 100m, 100m, 100m))]));
        Assert.Throws<ArgumentException>(() => new SimulationDesk().Exchange.Begin([]));
    }

    private static RandomWalk Whole(ulong seed)
    {
        var walk = new RandomWalk(seed, Settings);
        walk.Finish();
        return walk;
    }
}

/// <summary>A few candles with random orders, and the books kept a second time by other means.</summary>
internal sealed class RandomWalk(ulong seed, string settings)
{
    private readonly SeededNumbers _numbers = new(seed);
    private readonly Instrument _instrument = Some.Instrument();
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _storedOrders = [];
    private readonly List<Fill> _storedFills = [];
    private SimulationState? _stored;
    private Candle _candle;
    private decimal _price = 100m;
    private int _candles;
    private int _orders;
    private int _seen;
    private Position? _position;
    private decimal _gross;
    private decimal _fees;
    private decimal _funding;

    public SimulationDesk Desk { get; } = new(settings);

    public int? RestartAtStep { get; init; }

    public void Finish()
    {
        while (NextCandle())
            while (Advance())
            {
            }
    }

    public bool NextCandle()
    {
        if (_candles++ >= 8)
            return false;
        if (_candles > 1 && _numbers.Chance(20))
            Desk.Exchange.Fund(Some.Btc, _numbers.Next(-20, 21) * 0.0001m, Desk.Now);
        for (var count = _numbers.Next(0, 4); count > 0; count--)
            ThrowIn();
        var (open, close) = (Step(_price, 40), Step(_price, 150));
        var (high, low) = (Math.Max(open, close) + _numbers.Next(0, 80) * 0.1m, Math.Max(0.1m, Math.Min(open, close) - _numbers.Next(0, 80) * 0.1m));
        _candle = Some.Candle(open, high, low, close, _numbers.Next(0, 60), Desk.Now);
        _price = close;
        Store();
        Desk.Exchange.Begin([(Some.Btc, _candle)]);
        return true;
    }

    public bool Advance()
    {
        if (RestartAtStep == Desk.Exchange.Step)
            Restart();
        if (!Desk.Exchange.Advance())
        {
            Desk.Now = _candle.CloseTime;
            Desk.Exchange.MoveTo(Desk.Now);
            return false;
        }

        Assert.True(Desk.Exchange.Step < 2000, $"seed {seed}: no end");
        // Somebody answers what happened with another order now and then.
        if (_numbers.Chance(10))
            ThrowIn();
        Store();
        return true;
    }

    /// <summary>Everything that was said since the last look is booked a second time, and then compared.</summary>
    public void Check()
    {
        for (; _seen < Desk.Events.Count; _seen++)
            switch (Desk.Events[_seen])
            {
                case EngineEvent.OrderFilled { Fill: var fill }:
                    CheckPrice(fill);
                    Book(fill);
                    break;
                case EngineEvent.FundingPaid paid:
                    _funding += paid.Amount.Amount;
                    break;
                case EngineEvent.PositionLiquidated liquidated:
                    var held = _position!;
                    var before = _gross + held.Realised.Amount - _fees;
                    Book(new Fill
                    {
                        FillId = liquidated.LiquidationId, Account = liquidated.Account, OrderId = new ClientOrderId("l"), Symbol = Some.Btc, Side = held.Side.Closing(),
                        Price = liquidated.Price, Quantity = held.Quantity, Fee = liquidated.Fee, IsMaker = false, HappenedAt = liquidated.At,
                    });
                    // Entries are at 1x or more, so no position has more margin than its value.
                    Assert.True(_gross - _fees - before >= -held.AverageEntry.Value * held.Quantity.Value - 0.000001m, $"seed {seed}: a liquidation cost more than the margin");
                    break;
            }

        var position = Desk.Exchange.Positions.SingleOrDefault();
        Assert.Equal(_position?.Quantity ?? Quantity.Zero, position?.Quantity ?? Quantity.Zero);
        Assert.True(position is null || position.Side == _position!.Side);
        // wallet = start + realised − fees + funding; and with the open result of both books the same equity.
        var open = position?.UnrealisedAt(_instrument, 100m) ?? 0m;
        var expected = 10_000m + _gross + (_position is { } mine ? mine.Realised.Amount + mine.UnrealisedAt(new Price(100m)).Amount : 0m) - _fees + _funding;
        Assert.True(Math.Abs(Desk.Exchange.Wallet.Amount + open - expected) < 0.000000000001m, $"seed {seed}: {Desk.Exchange.Wallet.Amount + open} is not {expected}");
        Assert.All(Desk.Exchange.LiveOrders, order => Assert.True(order.Filled < order.Intent.Quantity, $"seed {seed}: {order.Intent.Id} is live and full"));
    }

    private void Book(Fill fill)
    {
        var reduces = _storedOrders.TryGetValue(fill.OrderId, out var order) && order.Intent.ReduceOnly;
        Assert.True(!reduces || _position is not null && fill.Side == _position.Side.Closing() && fill.Quantity <= _position.Quantity, $"seed {seed}: {fill.OrderId} reduces and made the position larger");
        Assert.True(order is null || Desk.Exchange.Fills.Where(other => other.OrderId == fill.OrderId).Sum(other => other.Quantity.Value) <= order.Intent.Quantity.Value, $"seed {seed}: {fill.OrderId} filled too much");
        _fees += fill.Fee.Amount;
        var change = _position is null ? new PositionChange(Position.Open(_instrument, fill), null) : _position.Apply(fill);
        _gross += change.Closed?.Gross.Amount ?? 0m;
        _position = change.Open;
    }

    private void CheckPrice(Fill fill) =>
        Assert.True(
            (fill.Side == OrderSide.Buy ? fill.Price >= _candle.Low : fill.Price <= _candle.High) && _instrument.IsOnTick(fill.Price),
            $"seed {seed}: {fill.Side} at {fill.Price} between {_candle.Low} and {_candle.High}");

    private void ThrowIn()
    {
        if (_orders > 0 && _numbers.Chance(15))
        {
            Desk.Do($"cancel o{_numbers.Next(0, _orders)}");
            return;
        }

        var kind = _numbers.Pick(["market", "limit", "stop", "take"]);
        var price = kind == "market" ? "" : " " + Step(_price, 100).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var size = _numbers.Next(50, 30_000) * 0.001m;
        Desk.Do(FormattableString.Invariant($"{_numbers.Pick(["buy", "sell"])} o{_orders++} {size} {kind}{price}{(_numbers.Chance(55) ? " reduce" : "")} x{_numbers.Next(1, 60)}"));
    }

    private decimal Step(decimal from, int ticks) => Math.Max(1m, from + _numbers.Next(-ticks, ticks + 1) * 0.1m);

    private void Store()
    {
        if (Desk.Exchange.TakeChanges() is not { } changes)
            return;
        _stored = changes.State;
        foreach (var order in changes.Orders)
            _storedOrders[order.Intent.Id] = order;
        _storedFills.AddRange(changes.Fills);
    }

    private void Restart()
    {
        var step = Desk.Exchange.Step;
        var restored = new SimulatedExchange(Desk.Settings, [_instrument], Desk);
        if (_stored is { } state)
            restored.Restore(state, _storedOrders.Values, _storedFills);
        // Candles begun after the last change are begun again.
        while (restored.Step < step || !restored.IsWalking && restored.CandlesBegun != _candle.OpenTime)
            if (!restored.AdvanceAgain())
            {
                restored.MoveTo(_candle.OpenTime);
                restored.Begin([(Some.Btc, _candle)]);
            }

        Desk.Exchange = restored;
    }
}
