using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Takes over the wallet of an account report. A spot account tells the money that is not in coins, and ours counts our coins at what they cost. Balance and
/// executions are told separately, so that for a moment a purchase may be missing in one of them, which looks like a loss of its whole value: on spot a wallet
/// that differs from our books is believed only when a later report says the same. So is one of a perpetual account that has nothing all at once: an answer without balances would
/// count as the loss of everything.
/// </summary>
internal sealed class ReportedWallet(EngineContext context)
{
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(30);

    // What rounding may leave between two sums of the same bookings.
    private const decimal Negligible = 0.000001m;

    private (decimal Amount, Instant Since)? _differing;

    public void TakeOver(AccountReport report)
    {
        var told = report.Coins is null ? report.Wallet : WithCoins(report);
        if (context.State.Wallet is not { } known || report.Coins is null && (told.Amount > 0m || known.Amount <= 0m))
        {
            _differing = null;
            context.SetWallet(told);
            return;
        }

        if (Math.Abs(told.Amount - known.Amount) < Negligible)
        {
            _differing = null;
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

    private Money WithCoins(AccountReport report) => context.State.ActiveTrades
        .Where(trade => trade.Account == report.Account && trade.Position is not null)
        .Aggregate(report.Wallet, (sum, trade) => sum + trade.Position!.OpenCost);
}
