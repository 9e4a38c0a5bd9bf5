using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>One symbol at the simulated exchange: its live orders in the order they came, its position, and where its price stands.</summary>
internal sealed class SimulatedMarket(Instrument instrument)
{
    private Queue<Candle> _parts = [];
    private bool _isResolved;

    public Instrument Instrument { get; set; } = instrument;

    /// <summary>Live orders: resting, filling and on their way, in the order in which they were handed over.</summary>
    public List<SimulatedOrder> Orders { get; } = [];

    public SimulatedPosition? Position { get; set; }

    public CandleWalk? Walk { get; set; }

    public PricePoint? Point { get; set; }

    public Quote? LastQuote { get; set; }

    /// <summary>Volume of the last candle in base units; zero while none was seen, which means that volume is no limit.</summary>
    public decimal LastVolume { get; set; }

    /// <summary>What can be traded outside of candles, in contracts; null where there is no limit.</summary>
    public decimal? VolumeOffered { get; set; }

    public void Put(SimulatedOrder order)
    {
        var index = Orders.FindIndex(other => other.Intent.Id == order.Intent.Id);
        if (!order.IsLive)
        {
            if (index >= 0)
                Orders.RemoveAt(index);
        }
        else if (index >= 0)
        {
            Orders[index] = order;
        }
        else
        {
            Orders.Add(order);
        }
    }

    /// <summary>The candle whose finer candles are walked through; null where it is walked through itself.</summary>
    public Candle? Whole { get; private set; }

    /// <summary>How often stop and target lay in one candle and finer ones told which came first.</summary>
    public int ResolvedOnFinerCandles { get; private set; }

    public bool IsBusy => Position is not null || Orders.Count > 0;

    public void Begin(Candle candle, IReadOnlyList<Candle> parts)
    {
        Whole = parts.Count > 0 ? candle : null;
        _parts = new Queue<Candle>(parts);
        _isResolved = false;
        Walk = CandleWalk.Start(Instrument.Symbol, _parts.TryDequeue(out var first) ? first : candle);
    }

    /// <summary>After the end of a walk. False when the candle has no further part: it is over.</summary>
    public bool BeginNextPart()
    {
        if (_parts.TryDequeue(out var next))
        {
            Walk = CandleWalk.Start(Instrument.Symbol, next);
            return true;
        }

        LastVolume = (Whole ?? Walk!.Candle).Volume;
        (Walk, Whole) = (null, null);
        return false;
    }

    /// <summary>A stop or a target was filled in a finer candle. Where the other one lay in the whole candle too, it was the finer ones that told them apart; once a candle.</summary>
    public void NoteResolved(OrderKind filled, TradeSide side, decimal spread)
    {
        if (_isResolved || Whole is not { } whole)
            return;
        var others = filled is OrderKind.StopMarket ? Targets(side) : ProtectiveStops(side);
        var (high, low) = (PricePoint.OfTrade(whole.High.Value, spread), PricePoint.OfTrade(whole.Low.Value, spread));
        if (!others.Any(other => OrderTriggers.IsReached(other, side.Closing(), high) || OrderTriggers.IsReached(other, side.Closing(), low)))
            return;
        _isResolved = true;
        ResolvedOnFinerCandles++;
    }

    /// <summary>How many contracts our orders may still take of the candle or of what is offered; null where there is no limit.</summary>
    public decimal? VolumeLeft(decimal participationRate) =>
        Walk is { IsDone: false } walk ? Math.Max(0m, walk.Candle.Volume * participationRate / Instrument.ContractSize - walk.VolumeTaken) : VolumeOffered;

    /// <summary>Reduce-only stops of the position, working or on their way, those in pairs among them.</summary>
    public IEnumerable<OrderKind.StopMarket> ProtectiveStops(TradeSide side) => Closing(side).Select(OrderTriggers.StopOf).OfType<OrderKind.StopMarket>();

    /// <summary>Reduce-only targets of the position, working or on their way, those in pairs among them.</summary>
    public IEnumerable<OrderKind> Targets(TradeSide side) => Closing(side).Select(OrderTriggers.TargetOf).OfType<OrderKind>();

    private IEnumerable<OrderKind> Closing(TradeSide side) => Orders.Where(order => order.Intent.ReduceOnly && order.Intent.Side == side.Closing()).Select(order => order.Kind);
}
