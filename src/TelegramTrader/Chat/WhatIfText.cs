using TelegramTrader.Backtests;
using TelegramTrader.Core.Judgement;

namespace TelegramTrader.Chat;

/// <summary>What another plan would have made of a channel's posts, for people.</summary>
internal static class WhatIfText
{
    private const int MostTrades = 15;

    /// <summary>As in <c>first 1 target, stop to the entry after target 1, risk 0.5 %</c>.</summary>
    public static string InWords(PlanChange change, Formats formats)
    {
        string?[] parts =
        [
            change.Targets is { } targets ? $"nearest {targets} target{(targets == 1 ? "" : "s")} only" : null,
            change.BreakevenAfterTarget is { } after ? after == 0 ? "the stop stays until the channel moves it" : $"stop to the entry after target {after}" : null,
            change.RiskPerTrade is { } risk ? $"risk {formats.Percent(risk)} a trade" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    public static void Compared(AnswerBuilder text, WhatIfResult result, Formats formats)
    {
        var comparison = result.Comparison;
        text.Heading($"{result.Order.Channel.Value}: {InWords(result.Order.Change, formats)}");
        text.Line($"Now: {Sum(comparison.Present, formats)}");
        text.Line($"Then: {Sum(comparison.Changed, formats)}");
        text.Line($"Difference: {formats.Change(comparison.Difference)}");
        text.Blank();
        var different = comparison.Signals.Where(signal => signal.Difference != 0m).OrderByDescending(signal => Math.Abs(signal.Difference)).ToArray();
        foreach (var signal in different.Take(MostTrades))
            text.Line($"{formats.ShortTime(signal.Either.PostedAt)} {formats.Side(signal.Either.Side)} {signal.Either.Symbol.Pair}: {Result(signal.Present, formats)} → {Result(signal.Changed, formats)} ({formats.Change(signal.Difference)})");
        if (different.Length > MostTrades)
            text.Line($"… and {different.Length - MostTrades} more.");
        if (different.Length == 0)
            text.Line("No trade would have ended otherwise.");
        text.Blank();
        text.Line(result.IsHistory
            ? "The bot received nothing of this channel: its imported posts were taken, each signal alone."
            : result.AgreesWithTheBooks
                ? $"The plan as it is comes to what is in the books: {result.BookedTrades} ended trades, {formats.Change(result.BookedNet)}."
                : $"In the books are {result.BookedTrades} ended trades with {formats.Change(result.BookedNet)}: people's own orders, other settings or other prices made the difference.");
        text.Line("On prices of the past, with the simulated exchange's fees; nothing was changed. It proves nothing about what comes: freeze a plan, and see what later posts make of it.");
    }

    public static void Frozen(AnswerBuilder text, FrozenPlan plan, WhatIfResult? result, Formats formats)
    {
        text.Bold(InWords(plan.Change, formats)).Plain($" · frozen {formats.ShortTime(plan.FrozenAt)} by {plan.By}").EndRow();
        if (result is null || result.Comparison.Signals.Count == 0)
        {
            text.Line("  no later signal yet");
            return;
        }

        text.Line($"  later posts, now: {Sum(result.Comparison.Present, formats)}");
        text.Line($"  later posts, then: {Sum(result.Comparison.Changed, formats)}");
        text.Line($"  difference: {formats.Change(result.Comparison.Difference)}");
    }

    private static string Sum(IReadOnlyList<SignalOutcome> outcomes, Formats formats)
    {
        var traded = outcomes.Where(outcome => outcome.OpenedAt is not null).ToArray();
        var multiples = traded.Select(outcome => outcome.RMultiple).OfType<decimal>().ToArray();
        return $"{outcomes.Count} signals, {traded.Length} traded, {formats.Change(outcomes.Sum(outcome => outcome.Net))}{(multiples.Length > 0 ? $", mean {formats.R(multiples.Average())}" : "")}";
    }

    private static string Result(SignalOutcome? outcome, Formats formats) => outcome switch
    {
        null => "none",
        { End: SignalEnd.Denied } => $"denied ({outcome.Reason})",
        { End: SignalEnd.Unfilled } => "unfilled",
        _ => formats.Change(outcome.Net),
    };
}
