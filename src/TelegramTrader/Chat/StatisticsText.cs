using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Chat;

/// <summary>Statistics in a few rows: what closed, what it cost, and what became of the signals.</summary>
public static class StatisticsText
{
    // Below this a mean says nothing; the rows say so.
    private const int Enough = 30;

    public static void Write(AnswerBuilder text, TradeStatistics statistics, Formats formats)
    {
        var (results, asset) = (statistics.Results, statistics.Asset);
        text.Line($"Signals {statistics.SignalsSeen}: {statistics.Accepted} accepted, {statistics.Denied} denied, {statistics.Malformed} malformed, {statistics.Doubtful} in doubt; {results.Unfilled} never filled");
        if (results.Trades == 0)
        {
            text.Line("No position has closed yet.");
            return;
        }

        text.Plain($"{results.Trades} positions closed, {results.Wins} won, {results.Losses} lost ({formats.Percent(results.WinRate ?? 0m)} won) → ").Bold(formats.Change(new Money(results.Net, asset))).EndRow();
        text.Line($"Gross {formats.Change(new Money(results.Gross, asset))} · fees {formats.Money(new Money(results.Fees, asset))} · funding {formats.Change(new Money(results.Funding, asset))}");
        text.Line($"Sum {formats.R(results.SumR)}{(results.MeanR is { } mean ? $", mean {formats.R(mean)} a trade" : "")} · profit factor {(results.ProfitFactor is { } factor ? formats.Number(factor) : "–")} · largest fall {formats.Money(new Money(results.Drawdown, asset))}");
        if (results.Trades < Enough)
            text.Italic($"Fewer than {Enough} trades: too few to judge anything by.").EndRow();
        text.Line($"Held {(results.MeanWinnerHeld is { } winner ? formats.Age(winner) : "–")} by winners, {(results.MeanLoserHeld is { } loser ? formats.Age(loser) : "–")} by losers (means)");
        if (results is { Best: { } best, Worst: { } worst })
            text.Line($"Best #{best.Number} {formats.Change(new Money(best.Net, asset))}, worst #{worst.Number} {formats.Change(new Money(worst.Net, asset))}");
        if (results.SameCandleConflicts > 0)
            text.Line($"In {results.SameCandleConflicts} trade(s) stop and target lay in one candle; the stop was taken to come first.");
        Groups(text, "By channel", statistics.ByChannel, asset, formats);
        Groups(text, "By symbol", statistics.BySymbol, asset, formats);
        text.Blank().Heading("By reason");
        foreach (var (reason, tally) in results.ByReason.OrderByDescending(entry => entry.Value.Trades))
            text.Line($"{(Enum.TryParse<ExitReason>(reason, out var known) ? formats.Reason(known) : reason)}: {tally.Trades}, {formats.Change(new Money(tally.Net, asset))}, {formats.R(tally.SumR)}");
    }

    private static void Groups(AnswerBuilder text, string heading, IReadOnlyList<GroupResult> groups, string asset, Formats formats)
    {
        text.Blank().Heading(heading);
        foreach (var (name, tally) in groups)
            text.Line(Group(name, tally, asset, formats));
    }

    private static string Group(string name, ResultTally tally, string asset, Formats formats) =>
        $"{name}: {tally.Trades} closed, {tally.Wins} won, {formats.Change(new Money(tally.Net, asset))}, {formats.R(tally.SumR)}{(tally.Unfilled > 0 ? $", {tally.Unfilled} never filled" : "")}";
}
