using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>The engine over the simulated exchange with the shipped costs: random posts, follow-ups, commands and candles. Books and exchange always agree.</summary>
public sealed class EngineOverSimulatedExchangeTests
{
    private static readonly IReadOnlyList<Instrument> SpotPairs = [Some.Instrument("BTC/USDT", tick: 0.01m), Some.Instrument("ETH/USDT", tick: 0.01m), Some.Instrument("SOL/USDT", tick: 0.01m)];
    private static readonly IReadOnlyList<Instrument> Perpetuals = [Some.Instrument(tick: 0.01m), Some.Instrument("ETH/USDT:USDT", tick: 0.01m), Some.Instrument("SOL/USDT:USDT", tick: 0.01m)];

    [Fact]
    public void RandomEvents_AnySeed_HoldTheInvariants()
    {
        var (closed, conflicts) = (0, 0);
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var desk = Run(seed);
            closed += desk.Journal.Notifications.Count(notification => notification is Notification.TradeClosed);
            conflicts += desk.State.Trades.Values.Sum(trade => trade.SameCandleConflicts);
        }

        Assert.True(closed > 1000 && conflicts > 10, $"{closed} closed, {conflicts} conflicts");
    }

    [Fact]
    public void RandomEventsOnSpot_AnySeed_HoldTheInvariants()
    {
        var (closed, targets) = (0, 0);
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var desk = Run(seed, isSpot: true);
            closed += desk.Journal.Notifications.Count(notification => notification is Notification.TradeClosed);
            targets += desk.Journal.Notifications.Count(notification => notification is Notification.TargetHit);
            // The exchange locks the coins of every sale: whoever sold more than is held would be refused.
            Assert.DoesNotContain(desk.Journal.Notifications.OfType<Notification.OrderRejected>(), rejected => rejected.Error.Kind is ExchangeErrorKind.InsufficientFunds && rejected.Purpose is not OrderPurpose.Entry);
            Assert.DoesNotContain(desk.Journal.Notifications.OfType<Notification.OrderRejected>(), rejected => rejected.Error.Kind is ExchangeErrorKind.BelowMinimum);
        }

        Assert.True(closed > 300 && targets > 50, $"{closed} closed, {targets} targets");
    }

    [Fact]
    public void RandomEventsOnSpot_StopsAreChangedInPlace_NoneIsWithdrawnToBeMoved()
    {
        var (closed, changed) = (0, 0);
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var desk = Run(seed, isSpot: true, amendsStops: true);
            closed += desk.Journal.Notifications.Count(notification => notification is Notification.TradeClosed);
            changed += desk.Recorded.Count(entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.Amended });
            Assert.DoesNotContain(desk.Journal.Notifications.OfType<Notification.OrderRejected>(), rejected => rejected.Error.Kind is ExchangeErrorKind.InsufficientFunds && rejected.Purpose is not OrderPurpose.Entry);
            Assert.DoesNotContain(desk.Recorded, entry => entry is EngineEvent.OrderAnswered { Answer: OrderAnswer.AmendRefused { Error.Kind: not (ExchangeErrorKind.OrderNotFound or ExchangeErrorKind.WouldTriggerAtOnce) } });
        }

        Assert.True(closed > 300 && changed > 200, $"{closed} closed, {changed} changed in place");
    }

    [Fact]
    public void RandomEventsOnSpotWithPairs_AnySeed_HoldTheInvariants()
    {
        var (pairs, atTheLimit, atTheStop, inParts) = (0, 0, 0, 0);
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var desk = Run(seed, isSpot: true, holdsPairs: true);
            var placed = desk.State.Orders.Values.Where(order => order.IsPair).ToArray();
            pairs += placed.Length;
            atTheLimit += placed.Count(order => !order.FilledAsOrdered.IsZero);
            atTheStop += placed.Count(order => order.IsFiredPair);
            inParts += desk.Exchange.Fills.Where(fill => desk.State.Orders[fill.OrderId].IsPair).GroupBy(fill => fill.OrderId).Count(fills => fills.Count() > 1);
            Assert.Equal(desk.Exchange.SameCandleConflicts, desk.State.Trades.Values.Sum(trade => trade.SameCandleConflicts));
            // A stop at the very price of the market may be refused; coins that are not there, and what is too small, never are sold.
            Assert.DoesNotContain(desk.Journal.Notifications.OfType<Notification.OrderRejected>(), rejected => rejected.Error.Kind is ExchangeErrorKind.InsufficientFunds && rejected.Purpose is not OrderPurpose.Entry);
            Assert.DoesNotContain(desk.Journal.Notifications.OfType<Notification.OrderRejected>(), rejected => rejected.Error.Kind is ExchangeErrorKind.BelowMinimum or ExchangeErrorKind.NotSupported);
        }

        Assert.True(pairs > 300 && atTheLimit > 50 && atTheStop > 50 && inParts > 5, $"{pairs} pairs, {atTheLimit} at the limit, {atTheStop} at the stop, {inParts} in parts");
    }

    [Fact]
    public void RecordedEvents_HandledAgain_GiveTheSameOutputs()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var desk = Run(seed);
            var again = new TradingEngine(new EngineState(), desk.Engine.Settings, desk.Parser, desk.Exchange.Capabilities);
            var outputs = new List<EngineOutput>();
            foreach (var engineEvent in desk.Recorded)
            {
                again.Handle(engineEvent);
                outputs.AddRange(again.Outputs);
            }

            Assert.Equal(desk.Journal.Outputs.Select(Text), outputs.Select(Text));
            Assert.Equal(desk.State.Trades.Values.Select(trade => trade.Net), again.State.Trades.Values.Select(trade => trade.Net));
        }

        static string Text(EngineOutput output) => output is EngineOutput.Place place ? place.Order.Intent.ToString()
            : output is EngineOutput.AskAccount ask ? string.Join(' ', ask.Orders)
            : output.ToString();
    }

    private static PaperDesk Run(ulong seed, bool isSpot = false, bool amendsStops = false, bool holdsPairs = false)
    {
        Instrument[] instruments = [.. (isSpot ? SpotPairs : Perpetuals).Select(instrument => instrument with { AmendsStops = amendsStops, HoldsPairs = holdsPairs })];
        var numbers = new SeededNumbers(seed);
        var orders = new RandomOrders(numbers);
        var desk = new PaperDesk(simulation: new SimulationSettings(), instruments: instruments);
        desk.Journal.OnCommit = commit =>
        {
            EngineInvariants.Check(desk.Engine, $"seed {seed}: {commit.Event}");
            if (amendsStops)
                CheckStops(desk, $"seed {seed}: {commit.Event}");
        };
        var prices = instruments.ToDictionary(instrument => instrument.Symbol, _ => 100m);
        Minute();
        for (var count = 0; count < 60; count++)
        {
            if (numbers.Chance(35))
                desk.Post(orders.Post(name => prices[instruments.First(instrument => instrument.Symbol.Base == name).Symbol]));
            if (numbers.Chance(8))
                desk.Command(id => orders.Command(id, desk.State));
            if (numbers.Chance(5))
                desk.Exchange.Fund(numbers.Pick(instruments).Symbol, numbers.Next(-10, 11) * 0.0001m, desk.Now);
            Minute();
            if (!isSpot)
                Agree(seed, desk);
            else
                AgreeOnSpot(seed, desk);
        }

        return desk;

        void Minute() => desk.Minute([.. instruments.Select(instrument => (instrument.Symbol, Next(instrument.Symbol)))]);

        Candle Next(Symbol symbol)
        {
            var open = Math.Round(prices[symbol] * (0.998m + numbers.Next(0, 5) * 0.001m), 2);
            var close = Math.Round(open * (0.98m + numbers.Next(0, 41) * 0.001m), 2);
            var (high, low) = (Math.Round(Math.Max(open, close) * (1m + numbers.Next(0, 15) * 0.001m), 2), Math.Round(Math.Min(open, close) * (1m - numbers.Next(0, 15) * 0.001m), 2));
            prices[symbol] = close;
            return Some.Candle(open, high, low, close, numbers.Chance(20) ? numbers.Next(1, 100) : 100_000m, desk.Now);
        }
    }

    /// <summary>Each stop stands where we think it does, or where it was asked to; and none that has not begun to sell is withdrawn but for a target, a close, or because it could not be changed.</summary>
    private static void CheckStops(PaperDesk desk, string story)
    {
        foreach (var standing in desk.Exchange.LiveOrders.Where(order => order is { Phase: SimulatedPhase.Resting, Intent.Purpose: OrderPurpose.Stop }).Select(order => order.Intent))
        {
            var known = desk.State.Orders[standing.Id];
            Assert.True(known.Intent == standing || known.Change is { To: var to } && to == new OrderChange(to.Number, ((OrderKind.StopMarket)standing.Kind).Trigger, standing.Quantity), $"{standing} stands at the exchange, to us it is {known}. {story}");
        }

        foreach (var cancel in desk.Engine.Outputs.OfType<EngineOutput.Cancel>())
        {
            var order = desk.State.Orders[cancel.OrderId];
            var trade = desk.State.Trades[order.Intent.TradeNumber];
            if (order.Intent.Purpose is not OrderPurpose.Stop || !order.Filled.IsZero || order.IsFixed || trade is { IsFinished: true } or { Exit: not null } or { TargetAtExchange: not null } || trade.Exits.StopOnCandleClose)
                continue;
            var held = desk.State.OrdersOf(trade.Number).Where(other => other is { State: OrderState.Working, Intent.Purpose: OrderPurpose.Stop }).Sum(other => other.Certain.Value);
            Assert.True(!trade.Instrument.ClearsMinimums(trade.Exits.Stop.Price, new Quantity(Math.Max(0m, trade.ClosableQuantity.Value - held))), $"{order.Id} is withdrawn, and {held} of {trade.ClosableQuantity} have a stop. {story}");
        }
    }

    /// <summary>What of a trade was too small to sell is still at the exchange, and is nobody's; nothing is missing.</summary>
    private static void AgreeOnSpot(ulong seed, PaperDesk desk)
    {
        var dust = desk.Journal.Notifications.OfType<Notification.DustLeft>().Sum(left => left.Quantity.Value);
        var ours = desk.State.ActiveTrades.Sum(trade => trade.OpenQuantity.Value);
        Assert.Equal(desk.Exchange.Positions.Sum(position => position.Quantity.Value), ours + dust, 12);
        foreach (var order in desk.Exchange.LiveOrders)
            Assert.True(desk.State.Orders.TryGetValue(order.Intent.Id, out var known) && known.IsLive, $"seed {seed}: {order.Intent.Id} lives at the exchange and not in our books");
    }

    private static void Agree(ulong seed, PaperDesk desk)
    {
        Assert.Equal(desk.Exchange.Wallet, desk.State.Wallet);
        foreach (var instrument in Perpetuals)
        {
            var ours = desk.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == instrument.Symbol).Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);
            var theirs = desk.Exchange.Positions.Where(position => position.Symbol == instrument.Symbol).Sum(position => position.Side.Sign() * position.Quantity.Value);
            Assert.True(ours == theirs, $"seed {seed}: our books say {ours} {instrument.Symbol}, the exchange {theirs}");
        }

        foreach (var order in desk.Exchange.LiveOrders)
            Assert.True(desk.State.Orders.TryGetValue(order.Intent.Id, out var known) && known.IsLive, $"seed {seed}: {order.Intent.Id} lives at the exchange and not in our books");
        // With every trade closed, what the trades earned is what the wallet gained.
        if (!desk.State.ActiveTrades.Any(trade => !trade.OpenQuantity.IsZero))
            Assert.Equal(desk.Exchange.Wallet.Amount - 10_000m, desk.State.Trades.Values.Sum(trade => trade.Net.Amount), 12);
    }
}
