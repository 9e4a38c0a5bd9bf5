using TelegramTrader.Core.Engine;

namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>Adds up ended trades, and stretches of them, in the order in which they ended.</summary>
public sealed class ResultSum
{
    private readonly Dictionary<string, ReasonTally> _reasons = new(StringComparer.Ordinal);
    private ResultTally _sum = new();

    public ResultTally Tally => _sum with { ByReason = new Dictionary<string, ReasonTally>(_reasons, StringComparer.Ordinal) };

    public ResultSum Add(in EndedTrade trade)
    {
        if (trade.Stage == TradeStage.Unfilled)
        {
            _sum = _sum with { Unfilled = _sum.Unfilled + 1 };
            return this;
        }

        var net = trade.Net;
        var held = trade.OpenedAt is { } opened ? trade.EndedAt - opened : TimeSpan.Zero;
        var (isWin, isLoss) = (net > 0m, net < 0m);
        var result = new NumberedResult(trade.Number, net);
        Append(1, isWin ? 1 : 0, isLoss ? 1 : 0, new ResultTally
        {
            Gross = trade.Gross,
            Fees = trade.Fees,
            Funding = trade.Funding,
            Net = net,
            Won = isWin ? net : 0m,
            Lost = isLoss ? -net : 0m,
            WithR = trade.RMultiple is null ? 0 : 1,
            SumR = trade.RMultiple ?? 0m,
            WinnersHeld = isWin ? held : TimeSpan.Zero,
            LosersHeld = isLoss ? held : TimeSpan.Zero,
            Best = result,
            Worst = result,
            Peak = isWin ? net : 0m,
            Trough = isLoss ? net : 0m,
            Drawdown = isLoss ? -net : 0m,
            SameCandleConflicts = trade.SameCandleConflicts,
        });
        AddReason(trade.Reason, new ReasonTally(1, isWin ? 1 : 0, net, trade.RMultiple ?? 0m));
        return this;
    }

    public ResultSum Add(ResultTally next)
    {
        Append(next.Trades, next.Wins, next.Losses, next);
        _sum = _sum with { Unfilled = _sum.Unfilled + next.Unfilled };
        foreach (var (reason, tally) in next.ByReason)
            AddReason(reason, tally);
        return this;
    }

    private void Append(int trades, int wins, int losses, ResultTally next)
    {
        var sum = _sum;
        _sum = sum with
        {
            Trades = sum.Trades + trades,
            Wins = sum.Wins + wins,
            Losses = sum.Losses + losses,
            Gross = sum.Gross + next.Gross,
            Fees = sum.Fees + next.Fees,
            Funding = sum.Funding + next.Funding,
            Net = sum.Net + next.Net,
            Won = sum.Won + next.Won,
            Lost = sum.Lost + next.Lost,
            WithR = sum.WithR + next.WithR,
            SumR = sum.SumR + next.SumR,
            WinnersHeld = sum.WinnersHeld + next.WinnersHeld,
            LosersHeld = sum.LosersHeld + next.LosersHeld,
            Best = sum.Best is null || next.Best is { } best && best.Net > sum.Best.Net ? next.Best : sum.Best,
            Worst = sum.Worst is null || next.Worst is { } worst && worst.Net < sum.Worst.Net ? next.Worst : sum.Worst,
            // The next stretch starts where this one ended, so its highs and lows stand that much higher; the deepest fall lies in one of the two, or
            // leads from the high of the first to the low of the second.
            Peak = Math.Max(sum.Peak, sum.Net + next.Peak),
            Trough = Math.Min(sum.Trough, sum.Net + next.Trough),
            Drawdown = Math.Max(Math.Max(sum.Drawdown, next.Drawdown), sum.Peak - (sum.Net + next.Trough)),
            SameCandleConflicts = sum.SameCandleConflicts + next.SameCandleConflicts,
        };
    }

    private void AddReason(string reason, ReasonTally next) => _reasons[reason] = _reasons.TryGetValue(reason, out var sum)
        ? new ReasonTally(sum.Trades + next.Trades, sum.Wins + next.Wins, sum.Net + next.Net, sum.SumR + next.SumR)
        : next;
}
