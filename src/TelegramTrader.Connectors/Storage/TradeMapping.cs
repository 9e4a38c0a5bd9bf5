using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Trades, orders and what was booked to them, to rows and back.</summary>
internal static class TradeMapping
{
    public static TradeRow ToRow(Trade trade)
    {
        var (closed, open) = (trade.Closed, trade.Position);
        var contract = trade.Instrument.ContractSize;
        var entered = closed.Sum(part => part.Quantity.Value) + (open?.Entered.Value ?? 0m);
        var exited = closed.Sum(part => part.Quantity.Value) + (open?.Exited.Value ?? 0m);
        var gross = closed.Sum(part => part.Gross.Amount) + (open?.Realised.Amount ?? 0m);
        var fees = closed.Sum(part => part.Fees.Amount) + (open?.Fees.Amount ?? 0m);
        var funding = closed.Sum(part => part.Funding.Amount) + (open?.Funding.Amount ?? 0m);
        return new TradeRow
        {
            Number = trade.Number,
            SignalId = trade.Signal.Id.Value,
            Channel = trade.Signal.Channel.Value,
            MessageId = trade.Signal.MessageId,
            Account = trade.Account.Value,
            Symbol = trade.Instrument.Symbol.ToString(),
            Side = trade.Side,
            Stage = trade.Stage,
            Leverage = trade.Leverage,
            CreatedAt = trade.CreatedAt,
            OpenedAt = closed.Count > 0 ? closed[0].OpenedAt : open?.OpenedAt,
            EndedAt = trade.EndedAt,
            EndReason = trade.End switch
            {
                null => null,
                TradeEnd.PositionClosed end => end.Reason.ToString(),
                TradeEnd.NeverFilled end => end.Reason,
                _ => throw new InvalidOperationException($"{trade.End.GetType().Name} is not in the set of trade ends."),
            },
            PlannedEntry = trade.PlannedEntry.Value,
            InitialStop = trade.Exits.InitialStop.Value,
            Quantity = entered,
            AverageEntry = Average(closed, part => part.AverageEntry, open?.EntryValue.Amount / contract, entered),
            AverageExit = Average(closed, part => part.AverageExit, open?.ExitValue.Amount / contract, exited),
            Asset = trade.Instrument.QuoteAsset,
            Gross = gross,
            Fees = fees,
            Funding = funding,
            Net = gross - fees + funding,
            OneR = trade.OneR?.Amount,
            RMultiple = trade.RMultiple,
            SameCandleConflicts = trade.SameCandleConflicts,
        };
    }

    public static TradeDocumentRow ToDocument(Trade trade) => new() { Number = trade.Number, Document = DomainJson.Write(trade) };

    public static OrderRow ToRow(Order order) => new()
    {
        ClientOrderId = order.Id.Value,
        TradeNumber = order.Intent.TradeNumber,
        Account = order.Intent.Account.Value,
        Symbol = order.Intent.Symbol.ToString(),
        Purpose = order.Intent.Purpose.Key,
        Kind = order.Intent.Kind.GetType().Name,
        Side = order.Intent.Side,
        Quantity = order.Intent.Quantity.Value,
        Price = order.Intent.Kind.NamedPrice?.Value,
        Filled = order.Filled.Value,
        Phase = order.State.Phase,
        ReduceOnly = order.Intent.ReduceOnly,
        CreatedAt = order.CreatedAt,
        ChangedAt = order.ChangedAt,
        Document = DomainJson.Write(order),
    };

    public static FillRow ToRow(BookedFill booked, Instant at) => new()
    {
        Account = booked.Fill.Account.Value,
        FillId = booked.Fill.FillId,
        TradeNumber = booked.TradeNumber,
        OrderId = booked.Fill.OrderId.Value,
        Symbol = booked.Fill.Symbol.ToString(),
        Side = booked.Fill.Side,
        Price = booked.Fill.Price.Value,
        Quantity = booked.Fill.Quantity.Value,
        Fee = booked.Fill.Fee.Amount,
        FeeAsset = booked.Fill.Fee.Asset,
        IsMaker = booked.Fill.IsMaker,
        TargetInSameCandle = booked.Fill.TargetInSameCandle,
        HappenedAt = booked.Fill.HappenedAt,
        BookedAt = at,
    };

    public static BookedFill ToFill(FillRow row) => new(row.TradeNumber, new Fill
    {
        FillId = row.FillId,
        Account = new AccountId(row.Account),
        OrderId = new ClientOrderId(row.OrderId),
        Symbol = Symbol.Parse(row.Symbol),
        Side = row.Side,
        Price = new Price(row.Price),
        Quantity = new Quantity(row.Quantity),
        Fee = new Money(row.Fee, row.FeeAsset),
        IsMaker = row.IsMaker,
        HappenedAt = row.HappenedAt,
        TargetInSameCandle = row.TargetInSameCandle,
    });

    public static FundingRow ToRow(BookedFunding booked, AccountId account, Instant at) => new()
    {
        Account = account.Value,
        PaymentId = booked.PaymentId,
        TradeNumber = booked.TradeNumber,
        Symbol = booked.Symbol.ToString(),
        Amount = booked.Amount.Amount,
        Asset = booked.Amount.Asset,
        Rate = booked.Rate,
        PaidAt = booked.At,
        BookedAt = at,
    };

    public static BookedFunding ToFunding(FundingRow row) =>
        new(row.TradeNumber, row.PaymentId, Symbol.Parse(row.Symbol), new Money(row.Amount, row.Asset), row.Rate, row.PaidAt);

    // With one part its own average is exact; a mean of it would be divided once more.
    private static decimal? Average(IReadOnlyList<ClosedPosition> closed, Func<ClosedPosition, Price> price, decimal? openSum, decimal quantity) =>
        quantity == 0m ? null
        : closed.Count == 1 && openSum is null ? price(closed[0]).Value
        : (closed.Sum(part => price(part).Value * part.Quantity.Value) + (openSum ?? 0m)) / quantity;
}
