using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using EquityPoint = TelegramTrader.Connectors.Charts.EquityPoint;

namespace TelegramTrader.Charts;

/// <summary>Charts of what channels are worth, in R.</summary>
internal static class ScorecardCharts
{
    public const string NoPosition = "none of the signals became a position";

    /// <summary>Several channels beside each other; of one what its positions added up to, or null where it has none.</summary>
    public static Chart? Of(ScorecardResult result, ScorecardSettings settings, ChartStyle style) =>
        result.Ranking is [{ Card: var only }] ? Sum(only, result.Outcomes, style) : Comparison([.. result.Ranking.Select(ranked => ranked.Card)], settings, style);

    /// <param name="cards">One or more, the best first.</param>
    private static Chart Comparison(IReadOnlyList<Scorecard> cards, ScorecardSettings settings, ChartStyle style)
    {
        var (from, to) = (cards.Min(card => card.From?.UnixMilliseconds), cards.Max(card => card.To?.UnixMilliseconds));
        return ScorecardChart.Of(
            new ScorecardInput
            {
                Heading = new ChartHeading("What channels are worth", Modes.Label(RunMode.Backtest), from is null || to is null ? "no signals" : ChartWords.Span(new Instant(from.Value), new Instant(to.Value), TimeZoneInfo.Utc) + After(cards[0]),
                [
                    new ChartFact("Channels", Number(cards.Count)),
                    new ChartFact("With enough data", Number(cards.Count(card => card.HasEnoughData))),
                    new ChartFact("Worth following", Number(cards.Count(card => card.Verdict.Advice == Advice.Follow))),
                ]),
                Channels = [.. cards.Select(card => new ScorecardBar(card.Channel.Value, card.Results.Expectancy, card.Expectancy?.Low, card.Expectancy?.High, card.Results.Positions, card.HasEnoughData))],
                ConfidencePercent = settings.Confidence * 100,
            },
            style);
    }

    /// <summary>As the card counts: in the order of closing, and what is still open at the end with what it has made so far.</summary>
    private static Chart? Sum(Scorecard card, IReadOnlyList<SignalOutcome> outcomes, ChartStyle style)
    {
        var positions = outcomes.Where(outcome => outcome.RMultiple is not null).OrderBy(outcome => outcome.ClosedAt?.UnixMilliseconds ?? long.MaxValue).ThenBy(outcome => outcome.Id.Value, StringComparer.Ordinal).ToArray();
        if (positions.Length == 0)
            return null;
        var last = new Instant(positions.Max(position => (position.ClosedAt ?? position.OpenedAt ?? position.ActedAt).UnixMilliseconds));
        var points = new List<EquityPoint>(positions.Length + 1) { new(new Instant(positions.Min(position => position.ActedAt.UnixMilliseconds)), 0m) };
        foreach (var position in positions)
            points.Add(new EquityPoint(position.ClosedAt ?? last, points[^1].Equity + position.RMultiple!.Value));
        var results = card.Results;
        return EquityChart.Of(
            new EquityInput
            {
                Heading = new ChartHeading($"{card.Channel} · {ScorecardText.Word(card.Verdict.Advice)}", Modes.Label(RunMode.Backtest), ChartWords.Span(points[0].Time, points[^1].Time, TimeZoneInfo.Utc) + After(card),
                [
                    new ChartFact("Sum", Change(results.SumR), Sign(results.SumR)),
                    new ChartFact("Mean a trade", Change(results.Expectancy!.Value), Sign(results.Expectancy.Value)),
                    new ChartFact("Deepest fall", Change(-results.MaxDrawdown), Sign(-results.MaxDrawdown)),
                    new ChartFact("Won", $"{Number(results.Wins)} of {Number(results.Positions)}"),
                ]),
                Points = points,
                Name = "Results added up",
                Asset = "R",
                Zone = TimeZoneInfo.Utc,
                DrawdownIsFraction = false,
                IsStepped = true,
            },
            style);
    }

    private static string After(Scorecard card) => card.Delay == TimeSpan.Zero ? "" : string.Create(CultureInfo.InvariantCulture, $" · after {card.Delay.TotalSeconds:0.###} s");

    private static string Change(double r) => ChartText.Change(r, 2) + " R";

    private static bool? Sign(double r) => Math.Round(r, 2) switch { > 0 => true, < 0 => false, _ => null };

    private static string Number(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);
}
