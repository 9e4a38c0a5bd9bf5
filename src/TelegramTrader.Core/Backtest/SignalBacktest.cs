using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Backtest;

/// <summary>
/// Ready signals over candles, each alone: entered at the open of the first bar after it, left by the engine's own exit plan and booked by the engine's own position. On every bar,
/// that of the entry included, the stop is looked at first, then the targets in their order. Of the bars only those are seen on which one of the levels in force is touched.
/// One thread at a time.
/// </summary>
public sealed class SignalBacktest
{
    /// <summary>Finer than any exchange, so that equal shares are equal.</summary>
    private const decimal QuantityStep = 0.000000000001m;

    private static readonly AccountId Account = new("backtest");
    private static readonly ClientOrderId Order = new("independent");

    private readonly PriceRanges _candles;
    private readonly IndependentSettings _settings;
    private readonly Instrument _instrument;

    /// <summary>What is left at each target, by their number. Without minimums an exit plan shares out alike at all prices.</summary>
    private readonly Dictionary<int, Quantity[]> _parts = [];

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public SignalBacktest(PriceRanges candles, Symbol symbol, IndependentSettings settings)
    {
        settings.Check();
        (_candles, _settings) = (candles, settings);
        _instrument = new Instrument { Symbol = symbol, PriceTick = candles.Tick, QuantityStep = QuantityStep, MinimumQuantity = Quantity.Zero, MinimumNotional = 0m };
    }

    public IndependentOutcome Run(IndependentSignal signal)
    {
        foreach (var target in signal.Targets)
            if (!signal.Side.IsBetterExit(target, signal.Stop))
                return IndependentOutcome.WithoutPosition(signal, IndependentEnd.Rejected, $"the target {target} of a {Word(signal.Side)} is not beyond its stop {signal.Stop}");
        var entryBar = _candles.FirstAfter(signal.Time);
        if (entryBar == _candles.Count)
            return IndependentOutcome.WithoutPosition(signal, IndependentEnd.Unfilled, $"no candle opens after {signal.Time}");
        return Held(signal, entryBar);
    }

    private IndependentOutcome Held(IndependentSignal signal, int entryBar)
    {
        Price[] targets = [.. signal.Targets];
        Array.Sort(targets);
        if (signal.Side == TradeSide.Short)
            Array.Reverse(targets);
        var parts = PartsOf(signal, targets);
        var end = _settings.MaxHold is { } most && most < _candles.Count - entryBar ? entryBar + most : _candles.Count;
        var isTimed = end - entryBar == _settings.MaxHold;
        var position = Position.Open(_instrument, AtMarket(signal.Side.Opening(), _candles.Opens[entryBar], new Quantity(_settings.Size), entryBar));
        var (hits, from) = (0, entryBar);
        while (true)
        {
            var next = hits < targets.Length ? targets[hits] : (Price?)null;
            var levels = signal.Side == TradeSide.Long ? _candles.Levels(signal.Stop, next) : _candles.Levels(next, signal.Stop);
            if (_candles.FirstTouch(from, end, levels) is not { } bar)
            {
                var close = AtMarket(signal.Side.Closing(), _candles.Closes[end - 1], position.Quantity, end - 1);
                return Ended(isTimed ? IndependentEnd.Time : IndependentEnd.End, end - 1, close, conflict: false);
            }

            if (IsStopped(signal.Side, bar, levels))
            {
                var conflict = next is not null && IsReached(signal.Side, bar, levels);
                return Ended(IndependentEnd.Stop, bar, AtMarket(signal.Side.Closing(), signal.Stop.Value, position.Quantity, bar, conflict), conflict);
            }

            // The stop does not lie in this bar: all targets that do are filled, the nearest first. The next search begins at the same bar, for the target after this one.
            var fill = FillOf(signal.Side.Closing(), targets[hits], parts[hits], bar, isMaker: true);
            hits++;
            from = bar;
            var change = position.Apply(fill);
            if (change.Closed is { } closed)
                return new(signal, IndependentEnd.Target, "", entryBar, bar, hits, closed, false);
            position = change.Open!;
        }

        IndependentOutcome Ended(IndependentEnd reason, int bar, Fill last, bool conflict) =>
            new(signal, reason, "", entryBar, bar, hits, position.Apply(last).Closed!, conflict);
    }

    /// <summary>Asked of the exit plan once for each number of targets: equal shares, and after each hit what is open is shared out anew, as the engine does.</summary>
    private Quantity[] PartsOf(IndependentSignal signal, Price[] targets)
    {
        if (_parts.TryGetValue(targets.Length, out var known))
            return known;
        var plan = new ExitPlan
        {
            Stop = new StopLevel(signal.Stop, StopReason.Initial),
            InitialStop = signal.Stop,
            Targets = [.. targets.Select((price, index) => new PlannedTarget(index + 1, price, 1m / targets.Length))],
            RunnerShare = targets.Length == 0 ? 1m : 0m,
        };
        var open = new Quantity(_settings.Size);
        var parts = new Quantity[targets.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = plan.Quantities(_instrument, open, _ => Quantity.Zero)[0].Remaining;
            open -= parts[index];
            plan = plan.WithTargetHit(index + 1);
        }

        return _parts[targets.Length] = parts;
    }

    private bool IsStopped(TradeSide side, int bar, TickLevels levels) => side == TradeSide.Long ? _candles.TouchesLower(bar, levels) : _candles.TouchesUpper(bar, levels);

    private bool IsReached(TradeSide side, int bar, TickLevels levels) => side == TradeSide.Long ? _candles.TouchesUpper(bar, levels) : _candles.TouchesLower(bar, levels);

    /// <summary>Half the spread and the slippage against us, on the tick.</summary>
    private Fill AtMarket(OrderSide side, decimal price, Quantity quantity, int bar, bool targetInSameCandle = false)
    {
        var worse = _settings.Spread / 2m + _settings.Slippage;
        var filled = worse == 0m ? new Price(price)
            : side == OrderSide.Buy ? _instrument.RoundUpToTick(price * (1m + worse))
            : _instrument.RoundDownToTick(price * (1m - worse));
        return FillOf(side, filled, quantity, bar, isMaker: false, targetInSameCandle);
    }

    private Fill FillOf(OrderSide side, Price price, Quantity quantity, int bar, bool isMaker, bool targetInSameCandle = false) => new()
    {
        FillId = "independent",
        Account = Account,
        OrderId = Order,
        Symbol = _instrument.Symbol,
        Side = side,
        Price = price,
        Quantity = quantity,
        Fee = _instrument.Notional(price, quantity) * _settings.Fee,
        IsMaker = isMaker,
        HappenedAt = new Instant(_candles.Times[bar]),
        TargetInSameCandle = targetInSameCandle,
    };

    private static string Word(TradeSide side) => side == TradeSide.Long ? "long" : "short";
}
