using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Takes over the wallet of an account report. A spot account tells the money that is not in coins, and ours counts our coins at what they cost. Balance and
/// executions are told separately, so that for a moment a purchase may be missing in one of them, which looks like a loss of its whole value: on spot a wallet
/// that differs from our books is believed only when it is what our bookings explain, or when a later whole report says the same as an earlier one. So is one of a perpetual account that has nothing all at once: an answer without balances would
/// count as the loss of everything. Much more than the trades explain is not believed here at all, because it would hide losses: <see cref="MoneyMovements"/> says when it is, and what else follows then.
/// </summary>
internal sealed class ReportedWallet(EngineContext context)
{
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(30);

    // What rounding may leave between two sums of the same bookings.
    private const decimal Negligible = 0.000001m;

    private (decimal Amount, Instant Since)? _differing;

    /// <param name="report">What the exchange says.</param>
    /// <param name="isWhole">It tells of every order whose executions could explain a difference.</param>
    public void TakeOver(AccountReport report, bool isWhole)
    {
        var told = Told(report);
        if (!context.Capabilities.IsSimulated)
            context.State.Explained ??= told;
        if (context.State is { Wallet: not null, Explained: { } explained } && told > explained && MoneyMovements.IsLarge(told.Amount - explained.Amount, explained))
        {
            _differing = null;
            if (report.Coins is null)
                context.SetWallet(explained);
        }
        else if (context.State.Wallet is not { } known || report.Coins is null && (told.Amount > 0m || known.Amount <= 0m))
        {
            _differing = null;
            context.SetWallet(told);
        }
        else if (Math.Abs(told.Amount - known.Amount) < Negligible)
        {
            _differing = null;
        }
        else if (context.State.Explained is { } booked && Math.Abs(told.Amount - booked.Amount) < Negligible)
        {
            // What made it differ before was executed and not told.
            _differing = null;
            context.SetWallet(told);
        }
        else if (!isWhole)
        {
            // Something of an order that it does not tell of may have been executed: it neither confirms nor refutes.
            return;
        }
        else if (_differing is not { } seen || Math.Abs(told.Amount - seen.Amount) >= Negligible)
        {
            _differing = (told.Amount, context.Now);
        }
        else if (context.Now - seen.Since >= ConfirmAfter)
        {
            _differing = null;
            context.SetWallet(told);
        }
    }

    /// <summary>The wallet of a report as our books would have it.</summary>
    public Money Told(AccountReport report) => report.Coins is null ? WithOurEntries(report) : WithCoins(report);

    private Money WithCoins(AccountReport report) => Holders(report).Aggregate(report.Wallet, (sum, trade) => sum + trade.Position!.OpenCost);

    /// <summary>
    /// An exchange has one entry price a position, ours has one a trade and shares it out over all entries. Of two trades in a symbol it counts a part of a result as open that our books have
    /// as made, or the other way round; the sum is the same. The simulated exchange has its wallet to itself.
    /// </summary>
    private Money WithOurEntries(AccountReport report)
    {
        var wallet = report.Wallet;
        if (context.Capabilities.IsSimulated)
            return wallet;
        foreach (var held in Holders(report).GroupBy(trade => trade.Instrument.Symbol))
        {
            var quantity = held.Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);
            var theirs = report.Positions.Where(position => position.Symbol == held.Key && !position.Quantity.IsZero).ToArray();
            if (theirs is not [var position] || position.Side.Sign() * position.Quantity.Value != quantity)
                continue;
            var ours = held.Sum(trade => trade.Side.Sign() * trade.Position!.OpenCost.Amount);
            var shift = ours - position.Side.Sign() * held.First().Instrument.Notional(position.AverageEntry, position.Quantity).Amount;
            if (Math.Abs(shift) >= Negligible)
                wallet = wallet with { Amount = wallet.Amount + decimal.Round(shift, 8) };
        }

        return wallet;
    }

    private IEnumerable<Trade> Holders(AccountReport report) => context.State.ActiveTrades.Where(trade => trade.Account == report.Account && trade.Position is not null);
}
