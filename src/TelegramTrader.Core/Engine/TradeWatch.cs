using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// The numbers of one trade that are looked at on every quote, computed once per change of the trade: a quote must cost no division and no allocation.
/// </summary>
public sealed class TradeWatch
{
    private readonly decimal _units;
    private readonly decimal _cost;
    private readonly bool _isLong;

    // Spot: from these prices of ours on something is to be looked at: a swap of stop and target, or a stop that the engine watches.
    private readonly decimal _actsFrom = decimal.MaxValue;
    private readonly decimal _actsDownFrom;

    public TradeWatch(Trade trade)
    {
        Trade = trade;
        _isLong = trade.Side == TradeSide.Long;
        if (trade.Position is { } position && !position.Quantity.IsZero)
        {
            HasPosition = true;
            _units = position.Quantity.Value * trade.Instrument.ContractSize;
            AverageEntry = position.AverageEntry;
            _cost = AverageEntry.Value * _units;
            if (!trade.Instrument.Symbol.IsPerpetual)
                (_actsFrom, _actsDownFrom) = SpotExits.PricesThatMatter(trade);
        }

        WatchesEntry = trade.Stage == TradeStage.Waiting && trade.EntriesClosed is null && !trade.PlannedForLater;
        WantsBreakeven = StopMoves.WantsBreakeven(trade);
        FirstTarget = trade.Exits.Targets.Count > 0 ? trade.Exits.Targets[0].Price : null;
    }

    public Trade Trade { get; }

    public bool HasPosition { get; }

    public Price AverageEntry { get; }

    /// <summary>The entries are to be withdrawn when target or stop comes before them.</summary>
    public bool WatchesEntry { get; }

    public Price? FirstTarget { get; }

    /// <summary>The stop is to go to the entry as soon as the market is on the right side of it.</summary>
    public bool WantsBreakeven { get; }

    /// <summary>The price is where stop and target may have to swap places, or where a stop is that the exchange may not hold. Spot only.</summary>
    public bool ConcernsSpotExits(in Quote quote) => quote.Bid.Value >= _actsFrom || quote.Bid.Value <= _actsDownFrom;

    /// <summary>Open profit or loss in the quote asset at the price at which the position could be left now, before fees and funding.</summary>
    public decimal UnrealisedAt(Quote quote) =>
        _isLong ? quote.Bid.Value * _units - _cost : _cost - quote.Ask.Value * _units;
}
