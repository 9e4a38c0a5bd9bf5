using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>Books fills and liquidations to trades, each exactly once, and lets the exit plan follow.</summary>
internal sealed class FillHandler(EngineContext context, ExitOrders exits, FeeConversion fees)
{
    public void OnFilled(Fill fill, Money? walletAfter)
    {
        if (!context.Book("fill", $"{fill.Account}/{fill.FillId}"))
            return;
        if (!context.State.Orders.TryGetValue(fill.OrderId, out var order))
        {
            context.SetWallet(walletAfter);
            context.Notify(new Notification.AccountDiffers(fill.Account, [$"a fill of {fill.Quantity} {fill.Symbol} at {fill.Price} belongs to the order {fill.OrderId}, which is not ours"]));
            return;
        }

        var filled = order.WithFill(fill.Quantity, fill.Price, context.Now);
        // A fill may overtake the answer to a withdrawal; a final state stays what it is.
        if (filled.IsLive && filled.Remaining.IsZero)
            filled = filled.MovedTo(new OrderState.Filled(), context.Now);
        context.Save(filled);
        Book(order.Intent.TradeNumber, fill, order.IntentAt(fill.Price), walletAfter);
        exits.Sync(order.Intent.TradeNumber);
    }

    public void OnLiquidated(EngineEvent.PositionLiquidated liquidated)
    {
        // Told again later, it must not fall on whatever is open then.
        if (!context.Book("liquidation", $"{liquidated.Account}/{liquidated.LiquidationId}"))
            return;
        var trades = Holders(liquidated.Account, liquidated.Symbol);
        var total = trades.Sum(trade => trade.OpenQuantity.Value);
        var feeLeft = liquidated.Fee;
        for (var index = 0; index < trades.Length; index++)
        {
            var trade = trades[index];
            var fee = index == trades.Length - 1 ? feeLeft : liquidated.Fee * (trade.OpenQuantity.Value / total);
            feeLeft -= fee;
            Leave(trade, $"{liquidated.LiquidationId}/{trade.Number}", trade.OpenQuantity, liquidated.Price, fee, ExitReason.Liquidation, liquidated.At, liquidated.WalletAfter);
        }
    }

    /// <summary>
    /// Books that a position, or a part of it, is gone from the exchange without an order of ours. At what price is not known: the last price stands for it.
    /// </summary>
    public void OnClosedOutside(Trade trade, Quantity quantity, Price lastPrice)
    {
        var part = quantity < trade.OpenQuantity ? $"{quantity} of {trade.OpenQuantity} were closed" : "the position was closed";
        context.Note(trade.Number, $"{part} outside the bot; at what price is not known, the last price {lastPrice} stands for it");
        // Each close leaves another position behind, so that its id is its own.
        var id = $"outside/{trade.Number}/{trade.Closed.Count}/{trade.Position!.Exited}";
        Leave(trade, id, quantity, lastPrice, Money.Zero(trade.Instrument.QuoteAsset), ExitReason.OutsideTheBot, context.Now,
            // What it really brought is in the wallet that was just reported.
            context.State.Wallet);
    }

    /// <summary>Books that a position in the account is ours from now on, at the price at which it was entered; the wallet has paid for it before.</summary>
    public void OnAdopted(Trade trade, Quantity quantity, Price entry)
    {
        var fill = new Fill
        {
            FillId = trade.Signal.Id.Value,
            Account = trade.Account,
            OrderId = new ClientOrderId("adopted"),
            Symbol = trade.Instrument.Symbol,
            Side = trade.Side.Opening(),
            Price = entry,
            Quantity = quantity,
            Fee = Money.Zero(trade.Instrument.QuoteAsset),
            IsMaker = false,
            HappenedAt = context.Now,
        };
        if (!context.Book("fill", $"{fill.Account}/{fill.FillId}"))
            return;
        Book(trade.Number, fill, new OrderPurpose.Entry(0), kind: null, context.State.Wallet);
        exits.Sync(trade.Number);
    }

    /// <summary>Books the end of a position, or of a part, that no order of ours brought about.</summary>
    private void Leave(Trade trade, string fillId, Quantity quantity, Price price, Money fee, ExitReason reason, Instant at, Money? walletAfter)
    {
        var fill = new Fill
        {
            FillId = fillId,
            Account = trade.Account,
            OrderId = new ClientOrderId(reason == ExitReason.Liquidation ? "liquidation" : "outside"),
            Symbol = trade.Instrument.Symbol,
            Side = trade.Side.Closing(),
            Price = price,
            Quantity = quantity,
            Fee = fee,
            IsMaker = false,
            HappenedAt = at,
        };
        if (!context.Book("fill", $"{fill.Account}/{fill.FillId}"))
            return;
        context.NoteEstimated(trade.Instrument.Notional(price, quantity).Amount);
        Book(trade.Number, fill, new OrderPurpose.Exit(reason), kind: null, walletAfter);
        exits.Sync(trade.Number);
    }

    private Trade[] Holders(AccountId account, Symbol symbol) =>
        [.. context.State.ActiveTrades.Where(trade => trade.Account == account && trade.Instrument.Symbol == symbol && !trade.OpenQuantity.IsZero)];

    private void Book(int number, Fill reported, OrderIntent intent, Money? walletAfter)
    {
        var (purpose, kind) = intent.ActedAt(reported.Price);
        Book(number, reported, purpose, kind, walletAfter);
    }

    private void Book(int number, Fill reported, OrderPurpose purpose, OrderKind? kind, Money? walletAfter)
    {
        var trade = context.State.Trades[number];
        var fill = reported with { Fee = fees.InQuote(trade, reported) };
        context.Changes.Fills.Add(new BookedFill(number, fill));
        var realisedBefore = trade.Position?.Realised ?? Money.Zero(trade.Instrument.QuoteAsset);
        if (purpose is not OrderPurpose.Entry && trade.Position is null)
        {
            context.SetWallet(walletAfter);
            context.Notify(new Notification.AccountDiffers(fill.Account, [$"a fill of {fill.Quantity} {fill.Symbol} at {fill.Price} would reduce #{number}, which has no position"]));
            return;
        }

        var change = trade.Position is { } position ? position.Apply(fill) : new PositionChange(Position.Open(trade.Instrument, fill), null);
        if (change.Open is { } held && CoinsTaken(trade, reported, held.Quantity) is { IsZero: false } coins)
            change = change with { Open = held.WithFeeInCoin(fill.Price, coins) };
        var gross = change.Closed is { } whole ? whole.Gross - realisedBefore : change.Open!.Realised - realisedBefore;
        context.Settle(walletAfter, gross - fill.Fee, gross.Amount - (IsTakenFromWallet(trade, reported) ? fill.Fee.Amount : 0m));
        trade = trade with
        {
            Position = change.Closed is null ? change.Open : null,
            Closed = change.Closed is null ? trade.Closed : [.. trade.Closed, change.Closed],
            // Whatever was refused before for want of a position: there was one since, and an older report that has none proves nothing.
            NothingToReduceSince = null,
            SameCandleConflicts = trade.SameCandleConflicts + (fill.TargetInSameCandle ? 1 : 0),
        };
        if (change is { Closed: not null, Open: { } turned })
            context.Notify(new Notification.AccountDiffers(fill.Account, [$"the fill {fill.FillId} closed #{number} and left {turned.Quantity} {turned.Side} over"]));

        switch (purpose)
        {
            case OrderPurpose.Entry:
                trade = Entered(trade);
                break;
            case OrderPurpose.Target { Number: var target }:
                trade = TargetFilled(trade, target, fill);
                break;
            case OrderPurpose.Stop when OrderOf(fill) is { IsPair: true }:
                // Its trigger has fired: it is a stop from now on, and no pair.
                trade = trade with { PairedTarget = null };
                break;
            case OrderPurpose.Exit { Reason: ExitReason.OutsideTheBot } when change.Closed is null:
                // Not the close that was ordered: that is still to be done, as far as there is something left.
                context.Notify(new Notification.PartClosed(trade.Number, ExitReason.OutsideTheBot, fill.Price, fill.Quantity));
                break;
            case OrderPurpose.Exit:
                trade = PartLeft(trade, fill);
                break;
        }

        if (change.Closed is not null)
            trade = Ended(context, trade, purpose, kind);
        context.Save(trade);
    }

    /// <summary>The fee where a spot exchange takes it out of the coins of the position, as far as any are left.</summary>
    private static Quantity CoinsTaken(Trade trade, Fill reported, Quantity held)
    {
        var symbol = trade.Instrument.Symbol;
        return symbol.IsPerpetual || reported.Fee.Asset != symbol.Base || reported.Fee.Amount <= 0m || reported.Fee.Amount >= held.Value ? Quantity.Zero : new Quantity(reported.Fee.Amount);
    }

    /// <summary>A fee in another coin is a cost of the trade, and leaves the wallet as it is.</summary>
    private static bool IsTakenFromWallet(Trade trade, Fill reported) =>
        reported.Fee.Asset == trade.Instrument.QuoteAsset || !trade.Instrument.Symbol.IsPerpetual && reported.Fee.Asset == trade.Instrument.Symbol.Base;

    private Trade Entered(Trade trade)
    {
        var position = trade.Position!;
        var opened = trade with
        {
            Stage = TradeStage.Open,
            Exits = trade.Exits.AnchoredAt(position.AverageEntry, trade.Side, trade.Instrument),
            // A stop that was refused for its size may be large enough now.
            RetryStopAt = null,
            End = null,
            EndedAt = null,
        };
        if (trade.IsFinished)
        {
            // The withdrawal of this entry came too late. Nobody wants the position any more.
            context.Note(trade.Number, $"an entry was filled after the trade had ended; {position.Quantity} are closed at the market");
            return opened with { Exit = new ExitRequest(position.Quantity, true, ExitReason.Remainder, "engine") };
        }

        context.Notify(trade.Stage == TradeStage.Waiting ? new Notification.TradeOpened(trade.Number) : new Notification.EntryAdded(trade.Number));
        return opened;
    }

    private Trade TargetFilled(Trade trade, int target, Fill fill)
    {
        // With everything closed there is nothing left to share out: the order that did it has done its part.
        var isHit = trade.ClosableQuantity.IsZero || trade.Exits
            .Quantities(trade.Instrument, trade.ClosableQuantity, number => FilledAt(trade.Number, number))
            .Any(quantity => quantity.Target.Number == target && quantity.Remaining.IsZero);
        // With the first execution at its limit a pair has lost its trigger: what is left of it is a target alone.
        if (!isHit)
            return OrderOf(fill) is { IsPair: true } pair ? trade with { PairedTarget = null, TargetAtExchange = pair.IsLive ? target : trade.TargetAtExchange } : trade;
        context.Notify(new Notification.TargetHit(trade.Number, target, fill.Price, FilledAt(trade.Number, target)));
        trade = trade with { Exits = trade.Exits.WithTargetHit(target), TargetAtExchange = null, PairedTarget = null };
        // Only dust is left, which ends the trade: nothing is to be moved for it.
        if (trade.Position is not null && trade.ClosableQuantity.IsZero)
            return trade;
        if (trade.EntriesClosed is null && context.Settings.WithdrawEntriesAfterTarget)
            trade = trade with { EntriesClosed = $"target {target} was hit" };
        return StopMoves.WantsBreakeven(trade) && StopMoves.ToEntry(context, trade, StopReason.Breakeven, out var moved) ? moved : trade;
    }

    private Trade PartLeft(Trade trade, Fill fill)
    {
        if (trade.Exit is not { Everything: false } exit)
            return trade;
        var left = exit.Quantity <= fill.Quantity ? Quantity.Zero : exit.Quantity - fill.Quantity;
        if (!left.IsZero)
            return trade with { Exit = exit with { Quantity = left } };
        context.Notify(new Notification.PartClosed(trade.Number, exit.Reason, fill.Price, fill.Quantity));
        return trade with { Exit = null };
    }

    /// <summary>The trade after its position was closed by an order of this purpose and kind.</summary>
    internal static Trade Ended(EngineContext context, Trade trade, OrderPurpose purpose, OrderKind? kind)
    {
        var reason = purpose switch
        {
            // The first stop may fill while the one that was to follow it is still on its way: then it is a stop and no "breakeven".
            OrderPurpose.Stop => kind is OrderKind.StopMarket stop && stop.Trigger == trade.Exits.InitialStop ? ExitReason.Stop : ExitReasons.When(trade.Exits.Stop.Reason),
            OrderPurpose.Target => ExitReason.Target,
            OrderPurpose.Exit exit => exit.Reason,
            _ => throw new InvalidOperationException($"An entry can't close #{trade.Number}."),
        };
        var ended = trade with
        {
            Stage = TradeStage.Closed,
            End = new TradeEnd.PositionClosed(reason),
            EndedAt = context.Now,
            Exit = null,
            EntriesClosed = trade.EntriesClosed ?? "the position was closed",
            UnprotectedSince = null,
            UnprotectedAlarmed = false,
            NothingToReduceSince = null,
            TargetAtExchange = null,
            PairedTarget = null,
        };
        context.Notify(new Notification.TradeClosed(trade.Number, reason, ended.Net, ended.RMultiple));
        return ended;
    }

    private Quantity FilledAt(int tradeNumber, int target) =>
        context.State.OrdersOf(tradeNumber)
            .Where(order => order.Intent.Purpose is OrderPurpose.Target purpose && purpose.Number == target)
            .Aggregate(Quantity.Zero, (sum, order) => sum + order.FilledAsOrdered);

    private Order? OrderOf(Fill fill) => context.State.Orders.GetValueOrDefault(fill.OrderId);
}
