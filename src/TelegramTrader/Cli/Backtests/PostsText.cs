using System.Globalization;
using TelegramTrader.Core.Judgement;

namespace TelegramTrader.Cli.Backtests;

/// <summary>What became of posts, for people.</summary>
internal static class PostsText
{
    private const int MostShown = 200;

    public static async Task WriteAsync(PostsVerb.Results results, TextWriter output)
    {
        var result = results.Backtest.Result;
        var posts = result.Posts;
        await output.WriteLineAsync(Text(
            $"{posts.Read} posts: {posts.Signals} with signals, {posts.Updates} follow-ups, {posts.Doubtful} doubtful, {posts.Malformed} malformed, {posts.NotSignals} others"));
        if (posts.FirstTextUnknown > 0)
            await output.WriteLineAsync(Text($"{posts.FirstTextUnknown} had been edited before they were first seen: what they said at first is not known, and they are not judged."));
        if (posts.WithoutPrices > 0)
            await output.WriteLineAsync(Text($"{posts.WithoutPrices} came before the first candle or after the last one and are not judged."));
        await output.WriteLineAsync("");
        foreach (var outcome in result.Outcomes.Take(MostShown))
            await output.WriteLineAsync(Line(outcome));
        if (result.Outcomes.Count > MostShown)
            await output.WriteLineAsync(Text($"… and {result.Outcomes.Count - MostShown} more, in the CSV."));
        await output.WriteLineAsync("");
        foreach (var channel in result.Outcomes.GroupBy(outcome => outcome.Channel).OrderBy(group => group.Key.Value, StringComparer.Ordinal))
            await output.WriteLineAsync(Channel(channel.Key.Value, [.. channel]));
        await output.WriteLineAsync("");
        await output.WriteLineAsync($"{Ends(result)}{(result.Count(SignalEnd.Denied) > 0 ? ": " + DeniedBy(result) : "")}");
        await output.WriteLineAsync(Text(
            $"Net {result.Net:+0.00;-0.00;0.00} on {result.StartingBalance}{(result.WithLimits ? "" : " for each signal alone")}; fees {result.Fees:0.00}, funding {result.Funding:+0.00;-0.00;0.00}, deepest drawdown {result.DeepestDrawdown * 100m:0.0} %{R(result.Outcomes)}"));
        await output.WriteLineAsync(Text(
            $"Stop and target in one candle: {result.SameCandleConflicts} times the stop was taken because nothing finer told{(results.Backtest.Prices.Finer is null ? "" : $", {result.ResolvedOnFinerCandles} times finer candles told")}"));
        foreach (var swept in results.Backtest.Sweep)
            await output.WriteLineAsync(Text($"Delay {swept.Delay.TotalSeconds:0.###} s: {Ends(swept)}; net {swept.Net:+0.00;-0.00;0.00}{R(swept.Outcomes)}"));
        await output.WriteLineAsync(Text($"Rule: {PostsVerb.Rule}. Delay {result.Delay.TotalSeconds:0.###} s. {results.Backtest.Prices.Candles.Count} candles of {results.Backtest.Prices.Candles.Timeframe} in {results.Took.TotalSeconds:0.0} s."));
    }

    private static string Line(SignalOutcome outcome)
    {
        var what = outcome.End switch
        {
            SignalEnd.Denied => $"denied: {outcome.Reason}",
            SignalEnd.Unfilled => $"unfilled: {outcome.Reason}",
            _ => Text($"{PostsJson.Word(outcome.End)}{(outcome.Reason is { } reason ? $" ({reason})" : "")}, entry {outcome.EntryPrice:0.########}, {outcome.TargetsReached} of {outcome.Targets.Count} targets, {outcome.Net:+0.00;-0.00;0.00}{(outcome.RMultiple is { } r ? $" = {r:+0.00;-0.00;0.00} R" : "")}"),
        };
        var marks = $"{(outcome.EditedLater ? ", edited later" : "")}{(outcome.DeletedLater ? ", deleted later" : "")}{(outcome.PostHadStop ? "" : ", without a stop")}{(outcome.SameCandleConflicts > 0 ? ", stop and target in one candle" : "")}";
        return Text($"{outcome.PostedAt.ToDateTimeOffset():yyyy-MM-dd HH:mm} {outcome.Channel.Value}/{outcome.MessageId} {PostsJson.Word(outcome.Side)} {outcome.Symbol.Pair}: {what}{marks}");
    }

    private static string Channel(string name, IReadOnlyList<SignalOutcome> outcomes)
    {
        var closed = outcomes.Where(outcome => outcome.End == SignalEnd.Closed).ToArray();
        return Text($"{name}: {outcomes.Count} signals, {closed.Length} closed, {closed.Count(outcome => outcome.Net > 0m)} won, net {outcomes.Sum(outcome => outcome.Net):+0.00;-0.00;0.00}{R(outcomes)}");
    }

    private static string Ends(PostBacktestResult result) =>
        Text($"{result.Outcomes.Count} signals: {result.Count(SignalEnd.Closed)} closed, {result.Count(SignalEnd.StillOpen)} still open, {result.Count(SignalEnd.Unfilled)} unfilled, {result.Count(SignalEnd.Denied)} denied");

    private static string DeniedBy(PostBacktestResult result) => string.Join(", ", result.Outcomes.Where(outcome => outcome.End == SignalEnd.Denied)
        .GroupBy(outcome => outcome.Reason).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => Text($"{group.Key} {group.Count()}")));

    private static string R(IReadOnlyList<SignalOutcome> outcomes) => PostsJson.MeanR(outcomes) is { } mean ? Text($", mean {mean:+0.00;-0.00;0.00} R") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
