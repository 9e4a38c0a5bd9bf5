namespace TelegramTrader.Core.Backtest;

/// <summary>How likely the best of many tried combinations is better than luck.</summary>
/// <param name="DeflatedSharpe">Probability that its true Sharpe ratio is above zero, after what the best of so many would show by luck alone, 0 to 1.</param>
/// <param name="ExpectedByLuck">The yearly Sharpe ratio that the best of so many combinations without any skill is expected to show.</param>
public sealed record OverfittingCheck(int Trials, double? DeflatedSharpe, double? ExpectedByLuck)
{
    private const double EulerMascheroni = 0.5772156649015329;

    /// <summary>
    /// The deflated Sharpe ratio of the best. Bailey and López de Prado, "The Deflated Sharpe Ratio: Correcting for Selection Bias, Backtest Overfitting and Non-Normality", Journal of
    /// Portfolio Management 2014. The trials count as independent, which neighbours in a grid are not: the real probability is a little higher than the one given.
    /// </summary>
    /// <param name="all">Daily returns of every combination that was tried.</param>
    public static OverfittingCheck Of(Moments best, IReadOnlyList<Moments> all)
    {
        double Ratio(Moments daily) => daily.Deviation > 0 ? daily.Mean / daily.Deviation : 0;
        var spread = default(Moments);
        foreach (var daily in all)
            spread.Add(Ratio(daily));
        if (best.Count < 3 || best.Deviation <= 0)
            return new OverfittingCheck(all.Count, null, null);
        // The best of one trial is expected at zero.
        var luck = all.Count < 2 ? 0 : spread.Deviation * ((1 - EulerMascheroni) * Normal.Quantile(1 - 1.0 / all.Count) + EulerMascheroni * Normal.Quantile(1 - 1 / (all.Count * Math.E)));
        var ratio = Ratio(best);
        var variance = 1 - best.Skewness * ratio + (best.Kurtosis - 1) / 4 * ratio * ratio;
        var deflated = variance > 0 ? Normal.Probability((ratio - luck) * Math.Sqrt(best.Count - 1) / Math.Sqrt(variance)) : (double?)null;
        return new OverfittingCheck(all.Count, deflated, luck * Math.Sqrt(StrategyMetrics.DaysAYear));
    }

    /// <summary>What it means, for a person.</summary>
    public string InWords => DeflatedSharpe switch
    {
        null => "There are too few days or trades to tell skill from luck.",
        > 0.95 => FormattableString.Invariant($"Unlikely to be luck alone: even after {Trials} tries the best stays better than chance with {DeflatedSharpe:P0} probability. It still has to prove itself on later prices."),
        > 0.5 => FormattableString.Invariant($"This may well be luck: {Trials} combinations were tried, and the best is better than chance with {DeflatedSharpe:P0} probability only. 95 % would be convincing."),
        _ => FormattableString.Invariant($"This is most likely luck: among {Trials} combinations one as good as the best is to be expected without any skill ({DeflatedSharpe:P0} probability that it is better). Do not trade it."),
    };
}
