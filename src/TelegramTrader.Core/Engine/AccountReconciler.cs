using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Brings our books in line with what an exchange says is true: missed fills first, then the state of each order, then the positions are compared.
/// Booking is by id, so a report may come as often as it likes.
/// </summary>
internal sealed class AccountReconciler(EngineContext context, FillHandler fills, AnswerHandler answers, ExitOrders exits)
{
    /// <summary>Asks about every order whose end is not known.</summary>
    public void Ask(AccountId account) =>
        context.Outputs.Add(new EngineOutput.AskAccount(account, [.. context.State.Orders.Values.Where(order => order.IsLive).Select(order => order.Id).OrderBy(id => id.Value, StringComparer.Ordinal)]));

    public void OnReported(AccountReport report)
    {
        BookMissed(report);
        foreach (var reported in report.Orders)
        {
            if (reported.IsFilled || !context.State.Orders.TryGetValue(reported.Id, out var order) || !order.IsLive)
                continue;
            if (reported.Answer is OrderAnswer.Accepted && order.State is OrderState.CancelRequested)
                context.Outputs.Add(new EngineOutput.Cancel(order.Intent.Account, order.Intent.Symbol, order.Id));
            else
                answers.OnAnswered(reported.Id, reported.Answer);
        }

        context.SetWallet(report.Wallet);
        // A report may have been written while orders were on their way; only with none under way can positions be compared.
        if (context.State.Orders.Values.All(order => order.State is not (OrderState.Intended or OrderState.Unknown)))
            ComparePositions(report);
        if (!context.State.IsReconciled)
        {
            context.State.IsReconciled = true;
            context.Changes.Other = true;
        }

        foreach (var trade in context.State.ActiveTrades.ToArray())
            exits.Sync(trade.Number);
    }

    public void OnReportFailed(AccountId account, ExchangeError error)
    {
        if (!context.State.IsReconciled)
            context.Notify(new Notification.AccountUnreadable(account, error));
    }

    private void BookMissed(AccountReport report)
    {
        var missed = report.Fills.Select(fill => (At: fill.HappenedAt, Id: fill.FillId, Book: (Action)(() => fills.OnFilled(fill, null))))
            .Concat(report.Funding.Select(paid => (At: paid.At, Id: paid.PaymentId, Book: (Action)(() => fills.OnFunding(paid)))))
            .Concat(report.Liquidations.Select(forced => (At: forced.At, Id: forced.LiquidationId, Book: (Action)(() => fills.OnLiquidated(forced)))));
        foreach (var (_, _, book) in missed.OrderBy(entry => entry.At).ThenBy(entry => entry.Id, StringComparer.Ordinal))
            book();
    }

    private void ComparePositions(AccountReport report)
    {
        var differences = new List<string>();
        var ours = context.State.ActiveTrades
            .Where(trade => trade.Account == report.Account && !trade.OpenQuantity.IsZero)
            .GroupBy(trade => trade.Instrument.Symbol)
            .ToDictionary(group => group.Key, group => group.Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value));
        var theirs = report.Positions.ToDictionary(position => position.Symbol, position => position.Side.Sign() * position.Quantity.Value);
        foreach (var symbol in ours.Keys.Union(theirs.Keys).Order())
        {
            var (mine, other) = (ours.GetValueOrDefault(symbol), theirs.GetValueOrDefault(symbol));
            if (mine != other)
                differences.Add($"{symbol}: our books say {mine}, the exchange says {other}");
        }

        if (differences.Count > 0)
            context.Notify(new Notification.AccountDiffers(report.Account, differences));
    }
}
