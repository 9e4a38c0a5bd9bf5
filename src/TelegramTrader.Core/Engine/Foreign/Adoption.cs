using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Foreign;

/// <summary>
/// Makes a foreign position a trade of ours. Always a trade of its own, also beside another in the same symbol: a channel's trade keeps its own entry, stop,
/// targets and result, and the adopted part can be closed alone. To close a foreign position is to adopt it and to close that trade, so that its order is
/// written down, followed, never doubled and never larger than the trade, as every exit is.
/// </summary>
internal sealed class Adoption(EngineContext context, FillHandler fills, ExitOrders exits)
{
    private const string Effect = "taken over from the account";

    /// <summary>Why it can't be taken over at present; null when it can.</summary>
    public string? Obstacle(ForeignPosition position, ForeignResolution resolution)
    {
        var market = context.State.Market(position.Symbol);
        if (market.Instrument is not { } instrument)
            return $"{position.Symbol} is not listed for trading here";
        if (market.Quote is not { } quote || context.Now - quote.Time > context.Settings.Risk.OldestQuote)
            return $"no price of {position.Symbol} is known that is fresh enough to place a stop by";
        if (instrument.RoundDownToStep(position.Quantity.Value).IsZero)
            return $"{position.Quantity} is less than one step of {instrument.QuantityStep}";
        if (instrument.MaximumQuantity is { } largest && position.Quantity > largest)
            return $"{position.Quantity} is more than {largest}, the largest order that the exchange takes; close a part of it there";
        return resolution == ForeignResolution.Adopt && OnTheOtherSide(position) is { } other
            ? $"#{other.Number} is {other.Side} in the same symbol; close it or withdraw its entries first"
            : null;
    }

    /// <summary>Books it as ours and protects it at once; where it is to be closed, the exit goes out in the same step.</summary>
    public void Take(ForeignPosition position, ForeignRequest request)
    {
        var market = context.State.Market(position.Symbol);
        var (instrument, quote) = (market.Instrument!, market.Quote!.Value);
        var quantity = instrument.RoundDownToStep(position.Quantity.Value);
        var number = context.State.NextNumber++;
        var stop = StopOf(position, instrument, quote);
        var signal = SignalOf(position, number, stop);
        context.Changes.Decisions.Add(new Decision
        {
            Number = number,
            SignalId = signal.Id,
            Channel = signal.Channel,
            MessageId = signal.MessageId,
            Revision = signal.Revision,
            PostedAt = signal.PostedAt,
            DecidedAt = context.Now,
            Outcome = DecisionOutcome.Accepted,
            Pair = signal.Idea.Pair.ToString(),
            Side = position.Side,
            Confidence = 1d,
            Fields = [],
            Quote = quote,
        });
        context.Save(new Trade
        {
            Number = number,
            Signal = signal,
            Account = position.Account,
            Instrument = instrument,
            Side = position.Side,
            // What it is at the exchange is not known: its whole value counts as margin.
            Leverage = 1m,
            Legs = [new TradeLeg(0, new OrderKind.Market(), position.Entry, quantity)],
            PlannedEntry = position.Entry,
            Exits = new ExitPlan
            {
                Stop = new StopLevel(stop, StopReason.Initial),
                InitialStop = stop,
                Targets = [],
                RunnerShare = 1m,
                CloseAfter = context.Settings.CloseAfter,
            },
            PlannedLoss = new Money(Math.Abs(position.Entry - stop) * quantity.Value * instrument.ContractSize, instrument.QuoteAsset),
            CreatedAt = context.Now,
            EntriesExpireAt = context.Now,
            EntriesClosed = Effect,
        });
        context.Note(number, $"{request.By} had {quantity} {Effect}, at the exchange's entry price {position.Entry}");
        fills.OnAdopted(context.State.Trades[number], quantity, position.Entry);
        if (request.Resolution != ForeignResolution.Close)
            return;
        TradeCloses.Request(context, context.State.Trades[number], 1m, ExitReason.ByUser, request.By);
        exits.Sync(number);
    }

    /// <summary>The default distance from the entry; where the market has passed that already, from the market, or the adoption itself would close it.</summary>
    private Price StopOf(ForeignPosition position, Instrument instrument, Quote quote)
    {
        var away = 1m - position.Side.Sign() * context.Settings.DefaultStop;
        var stop = instrument.RoundToTick(position.Entry.Value * away);
        var exit = quote.ExitPrice(position.Side);
        return position.Side.Sign() * (exit - stop) > 0m ? stop : instrument.RoundToTick(exit.Value * away);
    }

    private Trade? OnTheOtherSide(ForeignPosition position) =>
        context.State.ActiveTrades.FirstOrDefault(trade => trade.Account == position.Account && trade.Instrument.Symbol == position.Symbol && trade.Side != position.Side);

    private TradeSignal SignalOf(ForeignPosition position, int number, Price stop) => new()
    {
        // With its moment: a data folder that is made anew counts from one again, and the exchange still knows the order ids of the former.
        Id = new SignalId(string.Create(CultureInfo.InvariantCulture, $"adopted/{position.Account}/{number}/{context.Now.UnixMilliseconds}")),
        Channel = ChannelId.ByHand,
        // No post has such a number, so that nothing follows it up or takes it for a repetition.
        MessageId = -number,
        Revision = 1,
        PostedAt = context.Now,
        ReceivedAt = context.Now,
        Idea = new ParsedSignal
        {
            Pair = new PairName(position.Symbol.Base, position.Symbol.Quote),
            Side = position.Side,
            Entry = new EntryPlan.AtMarket(position.Entry),
            Targets = [],
            Stop = new StopPlan.AtPrice(stop),
        },
    };
}
