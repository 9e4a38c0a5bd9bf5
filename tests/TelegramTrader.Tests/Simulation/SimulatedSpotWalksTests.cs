using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Simulation;

/// <summary>What must hold on spot on any walk, with purchases, sales of every kind and pairs thrown at it: no coin is sold or locked twice, and a pair is one order.</summary>
public sealed class SimulatedSpotWalksTests
{
    private const string Settings = "spread=0.0004 base=0.0002 full=0.02 part=0.3 maker=0.0002 taker=0.0005 latency=250";

    [Fact]
    public void RandomSpotWalks_CoinsMoneyAndPairs_AlwaysAddUp()
    {
        var (pairs, limits, stops, partial, conflicts) = (0, 0, 0, 0, 0);
        for (var seed = 1UL; seed <= 2000; seed++)
        {
            var walk = new RandomSpotWalk(seed, Settings);
            walk.Finish(walk.Check);
            var byPair = walk.Desk.Exchange.Fills.Where(walk.IsOfPair).ToLookup(fill => fill.OrderId);
            pairs += walk.AcceptedPairs;
            limits += byPair.Count(fills => fills.All(fill => fill.IsMaker));
            stops += byPair.Count(fills => fills.All(fill => !fill.IsMaker));
            partial += byPair.Count(fills => fills.Count() > 1);
            conflicts += walk.Desk.Exchange.SameCandleConflicts;
        }

        // The walks are only worth something when they meet everything.
        Assert.True(pairs > 1000 && limits > 300 && stops > 300 && partial > 50 && conflicts > 20,
            $"{pairs} pairs, {limits} at the limit, {stops} at the stop, {partial} in parts, {conflicts} conflicts");
    }

    [Fact]
    public void RandomSpotWalks_RestoredHalfWay_ContinueIdentically()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var whole = new RandomSpotWalk(seed, Settings);
            whole.Finish();
            foreach (var candle in new[] { 2, 4, 6 })
            {
                var broken = new RandomSpotWalk(seed, Settings) { RestartAtCandle = candle };
                broken.Finish();
                Assert.Equal(whole.Desk.Said, broken.Desk.Said);
                Assert.Equal(whole.Desk.Exchange.Wallet, broken.Desk.Exchange.Wallet);
                Assert.Equal(whole.Desk.Exchange.Positions, broken.Desk.Exchange.Positions);
                Assert.Equal(whole.Desk.Exchange.LiveOrders, broken.Desk.Exchange.LiveOrders);
            }
        }
    }
}

/// <summary>A few candles of spot with random orders, and coins and money counted a second time.</summary>
internal sealed class RandomSpotWalk(ulong seed, string settings)
{
    private static readonly Instrument Instrument = Some.Instrument("BTC/USDT") with { HoldsPairs = true };
    private readonly SeededNumbers _numbers = new(seed);
    private readonly Dictionary<ClientOrderId, SimulatedOrder> _stored = [];
    private readonly List<Fill> _storedFills = [];
    private SimulationState? _state;
    private decimal _price = 100m;
    private int _orders;

    public SimulationDesk Desk { get; } = new(settings, [Instrument]);

    public int? RestartAtCandle { get; init; }

    public int AcceptedPairs => _stored.Values.Count(order => order is { Intent.Kind: OrderKind.OneCancelsOther, Phase: not (SimulatedPhase.Rejected or SimulatedPhase.OnItsWay) });

    public bool IsOfPair(Fill fill) => _stored[fill.OrderId].Intent.Kind is OrderKind.OneCancelsOther;

    public void Finish(Action? check = null)
    {
        for (var index = 0; index < 10; index++)
        {
            if (index == RestartAtCandle)
                Restart();
            for (var count = index == 0 ? 3 : _numbers.Next(0, 4); count > 0; count--)
                ThrowIn(index == 0);
            var (open, close) = (Step(_price, 30), Step(_price, 100));
            var candle = Some.Candle(open, Math.Max(open, close) + _numbers.Next(0, 60) * 0.1m, Math.Max(1m, Math.Min(open, close) - _numbers.Next(0, 60) * 0.1m), close, _numbers.Next(0, 60), Desk.Now);
            _price = close;
            Desk.Exchange.Begin([(Instrument.Symbol, candle)]);
            for (var steps = 0; Desk.Exchange.Advance(); steps++)
            {
                Assert.True(steps < 500, $"seed {seed}: no end");
                if (_numbers.Chance(10))
                    ThrowIn(false);
                Store();
                check?.Invoke();
            }

            Desk.Now = candle.CloseTime;
            Desk.Exchange.MoveTo(Desk.Now);
        }
    }

    /// <summary>Everything that was executed so far, counted anew.</summary>
    public void Check()
    {
        var (coins, money) = (0m, 10_000m);
        foreach (var fill in Desk.Exchange.Fills)
        {
            var value = fill.Price.Value * fill.Quantity.Value;
            var isBought = fill.Side == OrderSide.Buy;
            coins += isBought ? fill.Quantity.Value : -fill.Quantity.Value;
            money += isBought ? -value : value;
            if (fill.Fee.Asset == "BTC")
                coins -= fill.Fee.Amount;
            else
                money -= fill.Fee.Amount;
            Assert.True(coins >= 0m, $"seed {seed}: {fill.OrderId} sold what was not there");
        }

        var position = Desk.Exchange.Positions.SingleOrDefault();
        Assert.True(Math.Abs((position?.Quantity.Value ?? 0m) - coins) < 0.000000000001m, $"seed {seed}: {position?.Quantity} coins are not {coins}");
        Assert.True(Math.Abs(Desk.Exchange.Wallet.Amount - (position?.Cost ?? 0m) - money) < 0.0000000001m, $"seed {seed}: {Desk.Exchange.Wallet} are not {money}");
        var locked = Desk.Exchange.LiveOrders.Where(order => order.Intent.Side == OrderSide.Sell && order.Phase != SimulatedPhase.OnItsWay).Sum(order => order.Remaining.Value);
        Assert.True(locked <= coins, $"seed {seed}: {locked} of {coins} coins are locked");
        foreach (var fills in Desk.Exchange.Fills.Where(IsOfPair).GroupBy(fill => fill.OrderId))
        {
            var intent = _stored[fills.Key].Intent;
            var pair = (OrderKind.OneCancelsOther)intent.Kind;
            Assert.True(fills.Sum(fill => fill.Quantity.Value) <= intent.Quantity.Value, $"seed {seed}: {intent.Id} sold too much");
            // A stop that fired where no volume was left may be executed at any price later on.
            Assert.True(fills.All(fill => fill.IsMaker && fill.Price == pair.Limit) || fills.All(fill => !fill.IsMaker),
                $"seed {seed}: {intent.Id} was executed as a limit and as a stop");
        }
    }

    private void ThrowIn(bool buys)
    {
        if (_orders > 0 && !buys && _numbers.Chance(15))
        {
            Desk.Do($"cancel o{_numbers.Next(0, _orders)}");
            return;
        }

        var size = FormattableString.Invariant($"{_numbers.Next(buys ? 3_000 : 50, 9_000) * 0.001m}");
        var id = _orders++;
        Desk.Do((buys ? 0 : _numbers.Next(0, 10)) switch
        {
            0 or 1 => $"buy o{id} {size} market",
            2 => FormattableString.Invariant($"buy o{id} {size} limit {Step(_price, 60)}"),
            3 => $"sell o{id} {size} market reduce",
            4 => FormattableString.Invariant($"sell o{id} {size} limit {Step(_price, 60)} reduce"),
            5 => FormattableString.Invariant($"sell o{id} {size} stop {Step(_price, 60)} reduce"),
            _ => FormattableString.Invariant($"sell o{id} {size} pair {_price + _numbers.Next(-5, 60) * 0.1m}/{Math.Max(1m, _price - _numbers.Next(-5, 60) * 0.1m)} reduce"),
        });
    }

    private decimal Step(decimal from, int ticks) => Math.Max(1m, from + _numbers.Next(-ticks, ticks + 1) * 0.1m);

    private void Store()
    {
        if (Desk.Exchange.TakeChanges() is not { } changes)
            return;
        foreach (var order in changes.Orders)
            _stored[order.Intent.Id] = order;
        _storedFills.AddRange(changes.Fills);
        _state = changes.State;
    }

    /// <summary>Between two candles nothing is lost, so that the rest must be the same.</summary>
    private void Restart()
    {
        Desk.Exchange.MoveTo(Desk.Now);
        Store();
        var restored = new SimulatedExchange(Desk.Settings, [Instrument], Desk);
        restored.Restore(_state!, _stored.Values, _storedFills);
        while (restored.Step < Desk.Exchange.Step)
            if (!restored.AdvanceAgain())
                break;
        restored.MoveTo(Desk.Now);
        Desk.Exchange = restored;
    }
}
