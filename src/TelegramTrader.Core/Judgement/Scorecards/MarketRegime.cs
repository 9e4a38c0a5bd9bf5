using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement.Scorecards;

public enum Trend
{
    Up,
    Down,
    Sideways,
}

public enum Volatility
{
    Quiet,
    Wild,
}

/// <summary>
/// What the market of a symbol was like when a signal was posted, from the 168 hourly closes before it alone. With s the root of the mean square of the hourly changes (logarithms): the trend is up
/// when the change over the week is more than half of s × √168, which is what such changes add up to by chance, down when it is below minus that, else sideways; the volatility is wild when the root
/// of the mean square over the last 24 hours is above s, else quiet.
/// </summary>
public sealed record MarketRegime(Trend Trend, Volatility Volatility)
{
    private const int Hours = 168;
    private const int DayHours = 24;
    private const double TrendAt = 0.5;

    /// <summary>Of ten hours nine must be known, or it would be a guess.</summary>
    private const double LeastKnown = 0.9;

    /// <returns>Null when fewer than nine in ten of the hourly changes are known.</returns>
    public static MarketRegime? At(Instant moment, SymbolPrices prices)
    {
        var hour = TimeSpan.FromHours(1);
        var week = prices.Changes(moment, hour, Hours);
        var day = prices.Changes(moment, hour, DayHours);
        if (week.Count < LeastKnown * Hours || day.Count < LeastKnown * DayHours || prices.CloseAt(moment) is not { } now || prices.CloseAt(moment - hour * Hours) is not { } then)
            return null;
        var (usual, recent) = (Size(week), Size(day));
        var change = usual > 0 ? Math.Log(now / then) / (usual * Math.Sqrt(Hours)) : 0;
        return new MarketRegime(change > TrendAt ? Trend.Up : change < -TrendAt ? Trend.Down : Trend.Sideways, recent > usual ? Volatility.Wild : Volatility.Quiet);
    }

    private static double Size(List<double> changes) => Math.Sqrt(changes.Sum(change => change * change) / changes.Count);
}

/// <summary>The results of the signals that were posted in one kind of market.</summary>
/// <param name="Name">trend up, trend down, sideways, quiet, wild, or unknown where too little was known before the post.</param>
public sealed record RegimeFigures(string Name, ResultFigures Results)
{
    public const string Unknown = "unknown";

    /// <summary>By trend, then by volatility; kinds of market without a position are left out.</summary>
    internal static IReadOnlyList<RegimeFigures> Of(IReadOnlyCollection<(SignalOutcome Outcome, MarketRegime? Regime)> positions)
    {
        (string Name, Func<MarketRegime?, bool> Fits)[] kinds =
        [
            ("trend up", regime => regime?.Trend == Trend.Up), ("trend down", regime => regime?.Trend == Trend.Down), ("sideways", regime => regime?.Trend == Trend.Sideways),
            ("quiet", regime => regime?.Volatility == Volatility.Quiet), ("wild", regime => regime?.Volatility == Volatility.Wild), (Unknown, regime => regime is null),
        ];
        return [.. kinds.Select(kind => new RegimeFigures(kind.Name, ResultFigures.Of(positions.Where(position => kind.Fits(position.Regime)).Select(position => position.Outcome)))).Where(kind => kind.Results.Positions > 0)];
    }
}
