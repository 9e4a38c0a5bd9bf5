using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Chat;
using TelegramTrader.Cli.Backtests;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>What following a channel would have brought, in a few rows for a telephone.</summary>
internal static class ChannelRows
{
    /// <summary>As scorecards see it.</summary>
    private static readonly int Enough = new ScorecardSettings().LeastClosed;

    private const int ReasonsShown = 5;

    /// <param name="notes">What is to be known of the posts.</param>
    public static IReadOnlyList<TextRow> Of(ChannelBacktestResult backtest, IReadOnlyList<string> notes)
    {
        var result = backtest.Result;
        var (posts, asset) = (result.Posts, result.StartingBalance.Asset);
        var closed = result.Outcomes.Where(outcome => outcome.End == SignalEnd.Closed).ToArray();
        var text = new AnswerBuilder();
        text.Line(Text($"{posts.Read:#,##0} posts: {posts.Signals} with signals, {posts.Updates} follow-ups, {posts.Doubtful} doubtful, {posts.Malformed} malformed, {posts.NotSignals} others"));
        if (posts.FirstTextUnknown > 0)
            text.Line(Text($"{posts.FirstTextUnknown} had been edited before they were first seen; what they said at first is not known, and they are not judged."));
        if (posts.WithoutPrices > 0)
            text.Line(Text($"{posts.WithoutPrices} lie before the first candle or after the last and are not judged."));
        text.Line(Text($"{result.Outcomes.Count} signals: {closed.Length} closed, {result.Count(SignalEnd.StillOpen)} still open, {result.Count(SignalEnd.Unfilled)} never filled, {result.Count(SignalEnd.Denied)} denied"));
        text.Bold(Text($"Net {Change(result.Net)} {asset}{(result.WithLimits ? Text($" on {result.StartingBalance.Amount:#,##0}") : ", each signal alone")}"))
            .Plain(Text($" · fees {result.Fees:#,##0.00} · funding {Change(result.Funding)} · deepest drawdown {result.DeepestDrawdown * 100m:0.0} %")).EndRow();
        if (closed.Length > 0)
            text.Line(Text($"{closed.Count(outcome => outcome.Net > 0m)} of {closed.Length} won{(PostsJson.MeanR(result.Outcomes) is { } mean ? Text($", mean {Change(mean)} R") : "")}"));
        if (closed.Length < Enough)
            text.Italic($"Fewer than {Enough} closed: too few to judge the channel by.").EndRow();
        if (result.SameCandleConflicts > 0)
            text.Line(Text($"In {result.SameCandleConflicts} stop and target lay in one candle; the stop was taken to come first."));
        var denied = result.Outcomes.Where(outcome => outcome.End == SignalEnd.Denied).GroupBy(outcome => outcome.Reason ?? "–").OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(ReasonsShown).ToArray();
        if (denied.Length > 0)
            text.Line("Denied: " + string.Join(", ", denied.Select(group => Text($"{group.Key} {group.Count()}"))));
        foreach (var note in notes.Concat(backtest.Prices.Notes))
            text.Line(note);
        return text.Italic(Text($"Rule: {PostsVerb.Rule}. Delay {result.Delay.TotalSeconds:0.###} s.")).EndRow().Build().Rows;
    }

    private static string Change(decimal amount) => amount.ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
