using System.Globalization;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Chat;

/// <summary>Scorecards for people: the card of one channel, and the ranking of many, in rows that a phone can show.</summary>
public static class ScorecardText
{
    private const int MostDenials = 4;

    /// <summary>Everything about one channel.</summary>
    public static void Write(AnswerBuilder text, RankedCard ranked, Formats formats)
    {
        var card = ranked.Card;
        text.Bold($"{(ranked.Rank is { } rank ? $"{rank}. " : "")}{card.Channel}").Plain(" · ").Bold(Word(card.Verdict.Advice)).EndRow()
            .Line(Capital(card.Verdict.Reason) + ".");
        if (card is { From: { } from, To: { } to })
            text.Line($"{formats.ShortTime(from)} to {formats.ShortTime(to)}, acted upon {After(card.Delay, formats)}");
        Signals(text, card.Signals);
        Results(text, card, formats);
        foreach (var cost in card.DelayCosts)
            text.Line($"Acting {After(cost.Delay, formats)} instead of {After(cost.Against, formats)}: {R(-cost.LostR)} a signal{Interval(cost.Interval is { } lost ? new MeanInterval(-lost.Mean, -lost.High, -lost.Low) : null)}, {Short(-cost.LostPerMinute, "+0.000;−0.000;0.000")} R a minute; {cost.Missed} of {cost.Signals} missed");
        if (card.Moves is { } moves)
            text.Line($"Price before the post: {Percent(moves.MedianBefore)} in its direction{(moves.MedianInUsualMoves is { } usual ? $", {Short(usual, "+0.0;−0.0;0.0")} usual moves" : "")} (medians); far in {moves.Moved} of {moves.Measured}{(moves.MedianAfter is { } after ? $"; after the post {Percent(after)}" : "")}");
        if (card.Claims is { True: var isTrue, False: var isFalse, Unknown: var unknown } && isTrue + isFalse + unknown > 0)
            text.Line($"Claims: {isTrue} true, {isFalse} false, {unknown} could not be checked");
        if (card.Skill is { } skill)
            text.Line($"Timing: own minutes {R(skill.Own)}, random minutes of the same days {R(skill.Random)} ({skill.Signals} signals, without costs) · p = {skill.PValue.ToString("0.000", CultureInfo.InvariantCulture)}");
        foreach (var regime in card.Regimes)
            text.Line($"{(regime.Name == RegimeFigures.Unknown ? "Kind of market not known" : Capital(regime.Name))}: {Trades(regime.Results.Positions)}, {R(regime.Results.Expectancy!.Value)} a trade, {Share(regime.Results.WinRate)} won");
        foreach (var warning in card.Warnings)
            text.Line($"⚠ {Capital(warning)}.");
    }

    /// <summary>All channels, the best on top; two rows each.</summary>
    /// <param name="most">Of more channels the first; it is said how many are left out.</param>
    public static void WriteRanking(AnswerBuilder text, IReadOnlyList<RankedCard> ranking, int most = int.MaxValue)
    {
        text.Heading($"{ranking.Count} channel{(ranking.Count == 1 ? "" : "s")}, by what one may count on");
        foreach (var (rank, card) in ranking.Take(most))
        {
            text.Bold($"{(rank is { } place ? $"{place}." : "–")} {card.Channel}").Plain($" · {Word(card.Verdict.Advice)}").EndRow();
            text.Line(card.HasEnoughData
                ? $"   {R(card.Expectancy!.Low)} … {R(card.Expectancy.Mean)} … {R(card.Expectancy.High)} · {Trades(card.Results.Positions)}, {Share(card.Results.WinRate)} won, factor {Factor(card.Results)}"
                : $"   {card.Verdict.Reason}");
        }

        if (ranking.Count > most)
            text.Line($"{ranking.Count - most} more below; the file has all of them.");
        if (!ranking.Any(ranked => ranked.Card.HasEnoughData))
            return;
        text.Italic("R is what a trade risks between entry and stop. The row gives the lower end of the interval, the mean and the upper end for each trade; the lower end ranks.").EndRow();
    }

    public static string Word(Advice advice) => advice switch
    {
        Advice.Follow => "follow",
        Advice.PaperOnly => "paper only",
        Advice.Leave => "leave",
        Advice.NotEnoughData => "not enough data",
        _ => throw new ArgumentOutOfRangeException(nameof(advice), advice, "Not in the set of advice."),
    };

    private static void Signals(AnswerBuilder text, SignalCounts signals)
    {
        var denied = string.Join(", ", signals.DeniedBy.Take(MostDenials).Select(pair => $"{pair.Value} {pair.Key}"));
        var others = signals.DeniedBy.Skip(MostDenials).Sum(pair => pair.Value);
        text.Line($"{signals.Seen} signals: {signals.Closed} closed, {signals.StillOpen} still open, {signals.Unfilled} unfilled, {signals.Denied} denied{(denied.Length == 0 ? "" : $" ({denied}{(others > 0 ? $", {others} others" : "")})")}");
        text.Line($"{signals.EditedLater} edited later, {signals.DeletedLater} deleted, {signals.WithoutStop} without a stop");
    }

    private static void Results(AnswerBuilder text, Scorecard card, Formats formats)
    {
        var results = card.Results;
        if (results.Expectancy is not { } mean)
            return;
        text.Plain("Expectancy ").Bold($"{R(mean)} a trade").Plain(Interval(card.Expectancy)).Plain($", on {card.Days} days").EndRow();
        text.Line($"{Share(results.WinRate)} won · profit factor {Factor(results)} · sum {R(results.SumR)} · deepest fall {Short(results.MaxDrawdown, "0.00")} R{(results.MedianHeld is { } held ? $" · held {formats.Age(held)} (median)" : "")}");
        if (results.Open > 0)
            text.Line($"{results.Open} still open, so far {R(results.OpenR)}; counted with that");
        if (card.Signals.SameCandleConflicts > 0)
            text.Line($"In {card.Signals.SameCandleConflicts} candle{(card.Signals.SameCandleConflicts == 1 ? "" : "s")} stop and target lay together; the stop was taken to come first.");
    }

    private static string Interval(MeanInterval? interval) => interval is null ? "" : $" ({Short(interval.Low, "+0.00;−0.00;0.00")} to {Short(interval.High, "+0.00;−0.00;0.00")})";

    private static string Factor(ResultFigures results) => results.ProfitFactor is { } factor ? Short(factor, "0.00") : "– (no loss)";

    private static string After(TimeSpan delay, Formats formats) => delay == TimeSpan.Zero ? "at once" : $"after {formats.Age(delay)}";

    private static string Trades(int count) => $"{count} trade{(count == 1 ? "" : "s")}";

    private static string R(double value) => Short(value, "+0.00;−0.00;0.00") + " R";

    private static string Percent(double fraction) => Short(fraction * 100, "+0.0;−0.0;0.0") + " %";

    private static string Share(double? fraction) => fraction is { } share ? Short(share * 100, "0") + " %" : "–";

    private static string Short(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
