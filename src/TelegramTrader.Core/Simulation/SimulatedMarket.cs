using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Simulation;

/// <summary>One symbol at the simulated exchange: its live orders in the order they came, its position, and where its price stands.</summary>
internal sealed class SimulatedMarket(Instrument instrument)
{
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

    /// <summary>How many contracts our orders may still take of the candle or of what is offered; null where there is no limit.</summary>
    public decimal? VolumeLeft(decimal participationRate) =>
        Walk is { IsDone: false } walk ? Math.Max(0m, walk.Candle.Volume * participationRate / Instrument.ContractSize - walk.VolumeTaken) : VolumeOffered;

    /// <summary>Reduce-only stops of the position, working or on their way.</summary>
    public IEnumerable<SimulatedOrder> ProtectiveStops(TradeSide side) =>
        Orders.Where(order => order.Intent is { ReduceOnly: true, Kind: OrderKind.StopMarket } && order.Intent.Side == side.Closing());

    /// <summary>Reduce-only targets of the position, working or on their way.</summary>
    public IEnumerable<SimulatedOrder> Targets(TradeSide side) =>
        Orders.Where(order => order.Intent is { ReduceOnly: true, Kind: OrderKind.Limit or OrderKind.TakeProfitMarket } && order.Intent.Side == side.Closing());
}
