namespace TelegramTrader.Core.Judgement.Scorecards;

/// <summary>What to do with a channel.</summary>
public enum Advice
{
    /// <summary>Nobody can say yet.</summary>
    NotEnoughData,

    Follow,

    /// <summary>Watch it on paper: it may be good, and that is not certain.</summary>
    PaperOnly,

    Leave,
}

/// <param name="Reason">A sentence with the values.</param>
public sealed record Verdict(Advice Advice, string Reason)
{
    /// <summary>
    /// Not enough data before anything else; then it loses, then it may be luck, and only what is left is worth following.
    /// </summary>
    internal static Verdict Of(ResultFigures results, int days, MeanInterval? expectancy, SkillTest? skill, ScorecardSettings settings)
    {
        var closed = results.Positions - results.Open;
        if (closed < settings.LeastClosed)
            return Say(Advice.NotEnoughData, $"{closed} closed position{(closed == 1 ? "" : "s")}; at least {settings.LeastClosed} are needed");
        if (days < settings.LeastDays || expectancy is null)
            return Say(Advice.NotEnoughData, $"its positions are of {days} days; at least {settings.LeastDays} are needed, because signals of one day go up and down together");
        if (expectancy.High < 0)
            return Say(Advice.Leave, $"it loses: {R(expectancy.Mean)} a trade, and even the upper end of the interval is below zero ({R(expectancy.High)})");
        if (expectancy.Mean <= 0)
            return Say(Advice.Leave, $"it has lost so far: {R(expectancy.Mean)} a trade");
        if (expectancy.Low <= 0)
            return Say(Advice.PaperOnly, $"{R(expectancy.Mean)} a trade may be luck: the interval begins at {R(expectancy.Low)}");
        if (results.Losses < settings.LeastLosses)
            return Say(Advice.PaperOnly, $"only {results.Losses} of {results.Positions} positions have lost; at least {settings.LeastLosses} are needed to know what its losses cost");
        if (skill is not null && skill.PValue > settings.SkillAt)
            return Say(Advice.PaperOnly, $"{R(expectancy.Mean)} a trade, but entries at random minutes of the same days bring {R(skill.Random)} where its own bring {R(skill.Own)} (p = {skill.PValue:0.000}): the days were good, its timing is not proven");
        return Say(Advice.Follow, skill is null
            ? $"{R(expectancy.Mean)} a trade, and {R(expectancy.Low)} at the lower end of the interval; its timing could not be held against chance"
            : (FormattableString)$"{R(expectancy.Mean)} a trade, {R(expectancy.Low)} at the lower end of the interval, and chance does as well in {skill.PValue:0.0 %} of rounds only");
    }

    private static Verdict Say(Advice advice, FormattableString reason) => new(advice, FormattableString.Invariant(reason));

    private static string R(double value) => FormattableString.Invariant($"{value:+0.00;-0.00;0.00} R");
}
