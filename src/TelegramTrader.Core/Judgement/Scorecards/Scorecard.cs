using System.Globalization;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>What a channel is judged by.</summary>
public sealed record ChannelRecord
{
    public required ChannelId Channel { get; init; }

    /// <summary>Of a follower with the delay that counts.</summary>
    public required DelayedRun Run { get; init; }

    /// <summary>The same signals with other delays, for the cost of delay.</summary>
    public IReadOnlyList<DelayedRun> OtherDelays { get; init; } = [];

    /// <summary>Candles of the symbols, as far as there are any: for the moves around the posts, the random entries and the regimes.</summary>
    public IReadOnlyDictionary<Symbol, SymbolPrices> Prices { get; init; } = new Dictionary<Symbol, SymbolPrices>();

    public ClaimTally Claims { get; init; } = new(0, 0, 0);
}

/// <param name="Unknown">Could not be checked.</param>
public sealed record ClaimTally(int True, int False, int Unknown)
{
    /// <summary>All that were checked; one that was repeated is among them once.</summary>
    public static ClaimTally Of(IEnumerable<SignalClaim> claims)
    {
        var verdicts = claims.Select(claim => claim.Checked.Verdict).ToLookup(verdict => verdict);
        return new ClaimTally(verdicts[ClaimVerdict.True].Count(), verdicts[ClaimVerdict.False].Count(), verdicts[ClaimVerdict.Unknown].Count());
    }
}

/// <summary>What became of the signals of a channel. Each is in exactly one of closed, still open, unfilled and denied.</summary>
/// <param name="DeniedBy">How many by each code, the commonest first.</param>
/// <param name="WithoutStop">The post itself named none.</param>
public sealed record SignalCounts(
    int Seen, int Closed, int StillOpen, int Unfilled, int Denied, IReadOnlyList<KeyValuePair<string, int>> DeniedBy, int EditedLater, int DeletedLater, int WithoutStop, int SameCandleConflicts)
{
    internal static SignalCounts Of(IReadOnlyCollection<SignalOutcome> outcomes) => new(
        outcomes.Count, outcomes.Count(outcome => outcome.End == SignalEnd.Closed), outcomes.Count(outcome => outcome.End == SignalEnd.StillOpen),
        outcomes.Count(outcome => outcome.End == SignalEnd.Unfilled), outcomes.Count(outcome => outcome.End == SignalEnd.Denied),
        [.. outcomes.Where(outcome => outcome.End == SignalEnd.Denied).GroupBy(outcome => outcome.Reason ?? "").Select(group => KeyValuePair.Create(group.Key, group.Count()))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
        outcomes.Count(outcome => outcome.EditedLater), outcomes.Count(outcome => outcome.DeletedLater), outcomes.Count(outcome => !outcome.PostHadStop), outcomes.Sum(outcome => outcome.SameCandleConflicts));

    /// <summary>Signals that became a position.</summary>
    public int Taken => Closed + StillOpen;
}

/// <summary>The honest account of one channel. What each figure means and where its formula is from: <c>docs/scorecards.md</c>.</summary>
public sealed record Scorecard
{
    private const double ManyMoved = 0.2;
    private const double ManyChanged = 0.1;
    private const double ManyWithoutStop = 0.2;

    public required ChannelId Channel { get; init; }

    /// <summary>How long after a post the follower acts.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>When the first and the last signal were posted; null without any.</summary>
    public required Instant? From { get; init; }

    public required Instant? To { get; init; }

    public required SignalCounts Signals { get; init; }

    public required ResultFigures Results { get; init; }

    /// <summary>Days (UTC) on which the posts of its positions are.</summary>
    public required int Days { get; init; }

    /// <summary>The mean R with its interval; null with positions of fewer than two days.</summary>
    public required MeanInterval? Expectancy { get; init; }

    public required IReadOnlyList<DelayCost> DelayCosts { get; init; }

    /// <summary>Null where no prices around the posts are known.</summary>
    public required MoveFigures? Moves { get; init; }

    public required ClaimTally Claims { get; init; }

    /// <summary>Null where nothing could be held against chance.</summary>
    public required SkillTest? Skill { get; init; }

    public required IReadOnlyList<RegimeFigures> Regimes { get; init; }

    public required Verdict Verdict { get; init; }

    public bool HasEnoughData => Verdict.Advice != Advice.NotEnoughData;

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Scorecard Of(ChannelRecord record, ScorecardSettings settings, CancellationToken cancellation = default)
    {
        settings.Check();
        var outcomes = record.Run.Outcomes;
        var positions = outcomes.Where(outcome => outcome.RMultiple is not null).ToArray();
        var results = ResultFigures.Of(positions);
        var dated = positions.Select(position => (position.PostedAt.UnixMilliseconds, (double)position.RMultiple!.Value)).ToArray();
        var days = positions.Select(position => position.PostedAt.UnixMilliseconds / 86_400_000).Distinct().Count();
        var expectancy = DayBootstrap.Of(dated, settings);
        var skill = RandomEntries.Test(positions, record.Prices, settings, cancellation);
        var moves = outcomes.Select(outcome => record.Prices.TryGetValue(outcome.Symbol, out var prices) ? PriceMove.Around(outcome.PostedAt, outcome.Side, settings.MoveSpan, prices) : null).OfType<PriceMove>().ToArray();
        return new Scorecard
        {
            Channel = record.Channel,
            Delay = record.Run.Delay,
            From = outcomes.Count == 0 ? null : outcomes.Min(outcome => outcome.PostedAt),
            To = outcomes.Count == 0 ? null : outcomes.Max(outcome => outcome.PostedAt),
            Signals = SignalCounts.Of(outcomes),
            Results = results,
            Days = days,
            Expectancy = expectancy,
            DelayCosts = DelayCost.Of([record.Run, .. record.OtherDelays], settings),
            Moves = MoveFigures.Of(moves, settings.MovedAt),
            Claims = record.Claims,
            Skill = skill,
            Regimes = RegimeFigures.Of([.. positions.Select(position => (position, record.Prices.TryGetValue(position.Symbol, out var prices) ? MarketRegime.At(position.PostedAt, prices) : null))]),
            Verdict = Verdict.Of(results, days, expectancy, skill, settings),
        };
    }

    /// <summary>What a person should know beside the verdict, each a sentence.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (Moves is { Measured: > 0 } moves && moves.Moved > ManyMoved * moves.Measured)
                yield return Text($"the price had moved far in its direction before {moves.Moved} of {moves.Measured} posts: whoever followed bought what others were selling");
            if (Claims.False > 0)
                yield return Text($"{Claims.False} of {Claims.True + Claims.False} claims that could be checked were false");
            if (Signals.DeletedLater > 0)
                yield return Text($"{Signals.DeletedLater} of {Signals.Seen} signals were deleted afterwards; they count here");
            if (Signals.EditedLater > ManyChanged * Signals.Seen)
                yield return Text($"{Signals.EditedLater} of {Signals.Seen} signals were edited afterwards; the first text counts here");
            if (Signals.WithoutStop > ManyWithoutStop * Signals.Seen)
                yield return Text($"{Signals.WithoutStop} of {Signals.Seen} signals came without a stop");
            if (DelayCosts.FirstOrDefault(cost => cost.Interval is { Low: > 0 }) is { } delay)
                yield return Text($"acting after {delay.Delay.TotalMinutes:0.##} min instead of {(delay.Against == TimeSpan.Zero ? "at once" : Text($"after {delay.Against.TotalMinutes:0.##} min"))} costs {delay.LostR:0.00} R a signal");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
