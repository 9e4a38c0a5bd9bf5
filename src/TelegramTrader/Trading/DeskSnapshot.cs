using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Trading;

/// <summary>How the desk stands at one moment: immutable facts for answers and cards, taken between two engine events.</summary>
public sealed record DeskSnapshot
{
    public required Instant Now { get; init; }

    public required TradingState Trading { get; init; }

    public required Money? Wallet { get; init; }

    public required Money? Equity { get; init; }

    public required LossBaseline? Day { get; init; }

    public required LossBaseline? Week { get; init; }

    /// <summary>Unfinished trades by number.</summary>
    public required IReadOnlyList<TradeView> Trades { get; init; }

    public required IReadOnlyDictionary<string, Instant> LostFeeds { get; init; }

    /// <summary>The account can't be read at present; null while it can.</summary>
    public required AccountOutage? Outage { get; init; }

    /// <summary>Positions at the exchange that are not ours and about which nobody has decided.</summary>
    public IReadOnlyList<ForeignPosition> Foreign { get; init; } = [];

    /// <summary>Orders at the exchange that are not ours, may close a position of ours, and about which nobody has decided.</summary>
    public IReadOnlyList<ForeignOrder> ThreateningOrders { get; init; } = [];

    /// <summary>The latest quote of any symbol; null before the first.</summary>
    public required Instant? LastQuoteAt { get; init; }

    public required int InstrumentCount { get; init; }

    public Money? OpenRisk => Equity is { } equity ? Trades.Aggregate(Money.Zero(equity.Asset), (sum, view) => sum + TradeExposures.OpenRisk(view.Trade)) : null;

    public static DeskSnapshot Of(EngineState state) => new()
    {
        Now = state.Now,
        Trading = state.EffectiveTrading,
        Wallet = state.Wallet,
        Equity = state.Equity,
        Day = state.Day,
        Week = state.Week,
        Trades = [.. state.ActiveTrades.Select(trade => TradeView.Of(state, trade))],
        LostFeeds = new Dictionary<string, Instant>(state.LostFeeds),
        Outage = state.Outage,
        Foreign = [.. state.Foreign.Where(position => position is { IsConfirmed: true, IgnoredBy: null })],
        ThreateningOrders = [.. state.ForeignOrders.Where(order => order is { IsConfirmed: true, MayCloseOurs: true, LeftBy: null })],
        LastQuoteAt = state.Markets.Values.Max(market => market.Quote?.Time),
        InstrumentCount = state.Markets.Values.Count(market => market.Instrument is not null),
    };
}

/// <summary>One trade with its orders and the price it could be left at now.</summary>
public sealed record TradeView(Trade Trade, IReadOnlyList<Order> Orders, Quote? Quote)
{
    public static TradeView Of(EngineState state, Trade trade) =>
        new(trade, [.. state.OrdersOf(trade.Number)], state.Market(trade.Instrument.Symbol).Quote);

    /// <summary>Who holds the stop: one of the exchange, the engine, nobody yet.</summary>
    public StopHolder StopHolder => Trade.OpenQuantity.IsZero ? StopHolder.NotNeeded
        : Trade.Exits.StopOnCandleClose ? StopHolder.Engine
        : !Trade.Instrument.Symbol.IsPerpetual ? SpotStopHolder
        : Orders.Any(order => order.Intent.Purpose is OrderPurpose.Stop && order.State is OrderState.Working && order.Remaining >= Trade.OpenQuantity) ? StopHolder.Exchange
        : StopHolder.Missing;

    /// <summary>On spot a target may have the place of a part of the stop, and what is too small for a stop can have none: both are watched by the engine.</summary>
    private StopHolder SpotStopHolder => Trade.UnprotectedSince is not null ? StopHolder.Missing
        : Orders.Where(order => order.IsStop && order.State is OrderState.Working).Sum(order => order.Remaining.Value) >= Trade.ClosableQuantity.Value ? StopHolder.Exchange
        : StopHolder.Engine;

    /// <summary>Open profit or loss at the price at which the position could be left, before fees; null without a price.</summary>
    public Money? Unrealised => Trade.Position is { } position && Quote is { } quote ? position.UnrealisedAt(quote.ExitPrice(Trade.Side)) : null;

    /// <summary>Everything the trade would have made if it were left now: realised, open, less fees, plus funding.</summary>
    public Money? NetNow => Trade.Position is { } position && Unrealised is { } open ? position.Realised + open - position.Fees + position.Funding : null;

    /// <summary>1 R of what is open or was entered: distance from the average entry to the first stop × entered quantity.</summary>
    public decimal? RNow => Trade.Position is { } position && NetNow is { } net
        && Math.Abs(position.AverageEntry - Trade.Exits.InitialStop) * position.Entered.Value * Trade.Instrument.ContractSize is > 0m and var oneR
            ? net.Amount / oneR
            : null;
}

public enum StopHolder
{
    NotNeeded,
    Exchange,
    Engine,
    Missing,
}
