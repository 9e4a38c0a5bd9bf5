using System.Text.Json;
using TelegramTrader.Chat;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Backtests;

/// <summary>Scorecards as JSON; docs/cli.md names every field.</summary>
internal static class ScorecardJson
{
    public static string Of(IReadOnlyList<RankedCard> ranking, ScorecardSettings settings, bool withLimits, IReadOnlyList<string> notes, IReadOnlyList<(int Line, string Reason)> badLines, TimeSpan took) => JsonSerializer.Serialize(
        new
        {
            RankedBy = "expectancy_low",
            settings.Confidence,
            settings.Resamples,
            settings.RandomEntries,
            settings.Seed,
            settings.LeastClosed,
            settings.LeastDays,
            Limits = withLimits,
            Notes = notes,
            Seconds = took.TotalSeconds,
            BadLines = badLines.Select(bad => new { bad.Line, bad.Reason }),
            Channels = ranking.Select(Channel),
        },
        StrategyJson.Options);

    private static object Channel(RankedCard ranked)
    {
        var card = ranked.Card;
        return new
        {
            Channel = card.Channel.Value,
            ranked.Rank,
            Verdict = ScorecardText.Word(card.Verdict.Advice),
            card.Verdict.Reason,
            card.Warnings,
            DelaySeconds = card.Delay.TotalSeconds,
            From = card.From?.UnixMilliseconds,
            To = card.To?.UnixMilliseconds,
            Signals = new
            {
                card.Signals.Seen,
                card.Signals.Taken,
                card.Signals.Closed,
                card.Signals.StillOpen,
                card.Signals.Unfilled,
                card.Signals.Denied,
                DeniedBy = card.Signals.DeniedBy.ToDictionary(pair => pair.Key, pair => pair.Value),
                card.Signals.EditedLater,
                card.Signals.DeletedLater,
                card.Signals.WithoutStop,
                card.Signals.SameCandleConflicts,
            },
            Results = Results(card.Results),
            card.Days,
            ExpectancyLow = card.Expectancy?.Low,
            ExpectancyHigh = card.Expectancy?.High,
            DelayCosts = card.DelayCosts.Select(cost => new
            {
                DelaySeconds = cost.Delay.TotalSeconds,
                AgainstSeconds = cost.Against.TotalSeconds,
                cost.Signals,
                cost.Missed,
                cost.LostR,
                LostRLow = cost.Interval?.Low,
                LostRHigh = cost.Interval?.High,
                LostRPerMinute = cost.LostPerMinute,
            }),
            Moves = card.Moves,
            card.Claims,
            card.Skill,
            Regimes = card.Regimes.Select(regime => new { regime.Name, Results = Results(regime.Results) }),
        };
    }

    private static object Results(ResultFigures results) => new
    {
        results.Positions,
        results.Wins,
        results.Losses,
        results.Open,
        results.SumR,
        results.OpenR,
        results.WinRate,
        results.Expectancy,
        results.ProfitFactor,
        results.MaxDrawdown,
        MedianHeldSeconds = results.MedianHeld?.TotalSeconds,
    };
}
