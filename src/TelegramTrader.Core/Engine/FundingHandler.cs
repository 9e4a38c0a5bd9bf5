using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Books funding, each payment once, to the trades that held the symbol when it was paid: an exchange tells of it up to minutes later, when another trade may be open there. One that was paid while
/// no trade that is remembered held anything changes the wallet alone.
/// </summary>
internal sealed class FundingHandler(EngineContext context)
{
    public void OnFunding(EngineEvent.FundingPaid paid)
    {
        if (!context.Book("funding", $"{paid.Account}/{paid.PaymentId}"))
            return;
        var payers = context.State.Trades.Values.Where(trade => trade.Account == paid.Account && trade.Instrument.Symbol == paid.Symbol)
            .Select(trade => (Trade: trade, Open: HeldOpen(trade, paid.At), Closed: HeldUntilClosed(trade, paid.At)))
            .Where(payer => payer.Open is not null || payer.Closed is not null)
            .ToArray();
        var total = payers.Sum(payer => Share(payer.Open, payer.Closed));
        var left = paid.Amount;
        for (var index = 0; index < payers.Length; index++)
        {
            var (trade, open, closed) = payers[index];
            // The last one takes the rest, so that the parts add up to the payment to the last digit.
            var part = index == payers.Length - 1 ? left : paid.Amount * (Share(open, closed) / total);
            left -= part;
            if (open is not null)
            {
                context.Save(trade with { Position = open.WithFunding(part) });
            }
            else
            {
                context.Save(trade with { Closed = [.. trade.Closed.Select(one => ReferenceEquals(one, closed) ? one.WithFunding(part) : one)] });
                context.Note(trade.Number, $"funding of {part} for the time before its end was told afterwards");
            }

            context.Changes.Funding.Add(new BookedFunding(trade.Number, paid.PaymentId, paid.Symbol, part, paid.Rate, paid.At));
        }

        if (payers.Length == 0)
            context.Notify(new Notification.AccountDiffers(paid.Account, [$"funding of {paid.Amount} for {paid.Symbol}, paid at {paid.At} when we had no position in it"]));
        context.Settle(paid.WalletAfter, paid.Amount, paid.Amount.Amount);
    }

    private static Position? HeldOpen(Trade trade, Instant at) => trade.Position is { } position && !position.Quantity.IsZero && position.OpenedAt <= at ? position : null;

    private static ClosedPosition? HeldUntilClosed(Trade trade, Instant at) => trade.Closed.FirstOrDefault(closed => closed.OpenedAt <= at && at < closed.ClosedAt);

    /// <summary>What was held in that moment is not kept: what is held now, or was in the end, stands for it.</summary>
    private static decimal Share(Position? open, ClosedPosition? closed) => open?.Quantity.Value ?? closed!.Quantity.Value;
}
