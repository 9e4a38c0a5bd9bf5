using System.Globalization;
using TelegramTrader.Core.Backtest.Strategies.Blocks;

namespace TelegramTrader.Core.Backtest.Strategies;

/// <param name="Name">As it is written, in small letters.</param>
/// <param name="Least">Smallest value that is taken.</param>
/// <param name="Most">Largest value that is taken.</param>
/// <param name="Usual">What it is when nothing is said; null: it must be given.</param>
/// <param name="IsBars">A whole number of bars; else a number with or without decimals.</param>
public sealed record StrategyParameter(string Name, decimal Least, decimal Most, decimal? Usual, bool IsBars)
{
    public static StrategyParameter Bars(string name, decimal? usual, int least = 1) => new(name, least, CrossRule.LongestWindow, usual, IsBars: true);

    public static StrategyParameter Number(string name, decimal usual, decimal least, decimal most) => new(name, least, most, usual, IsBars: false);

    /// <summary>Null when the value may be taken.</summary>
    public string? TroubleWith(decimal value) =>
        value < Least || value > Most ? string.Create(CultureInfo.InvariantCulture, $"{Name} must be {Least} to {Most}{(IsBars ? " bars" : "")} but is {value}.")
        : IsBars && value != decimal.Truncate(value) ? string.Create(CultureInfo.InvariantCulture, $"{Name} must be a whole number of bars but is {value}.")
        : null;
}

/// <summary>One strategy: what it is called, what can be set, and how one is made.</summary>
/// <param name="Summary">When it buys and sells, in a line.</param>
/// <param name="Make">A fresh one, from values that <see cref="Complete"/> gave.</param>
public sealed record StrategyKind(string Name, string Summary, IReadOnlyList<StrategyParameter> Parameters, Func<IReadOnlyDictionary<string, decimal>, IBarStrategy> Make)
{
    /// <summary>Two parameters of which the first must be below the second.</summary>
    public (string Lower, string Upper)? Ordered { get; init; }

    /// <summary>Where crossing averages are all there is to it: they have a way of their own that is much quicker and comes to the same.</summary>
    internal Func<IReadOnlyDictionary<string, decimal>, CrossRule>? Rule { get; init; }

    /// <summary>The strategy for many bars at once, its indicators shared with other combinations: what a sweep goes over. Null: there is no such form, and a sweep walks bar by bar.</summary>
    internal Func<IReadOnlyDictionary<string, decimal>, BlockRows, IBlockRule>? Block { get; init; }

    /// <summary>All values, those that were not given at their usual ones and in the order of the parameters; null with what is wrong.</summary>
    public (IReadOnlyDictionary<string, decimal>? Values, string Trouble) Complete(IReadOnlyDictionary<string, decimal> given)
    {
        foreach (var name in given.Keys)
            if (!Parameters.Any(parameter => parameter.Name == name))
                return (null, $"{Name} has the parameters {Listed(Parameters)}, but was given {name}.");
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            if ((given.TryGetValue(parameter.Name, out var said) ? said : parameter.Usual) is not { } value)
                return (null, $"{Name} needs the parameters {Listed(Parameters.Where(each => each.Usual is null))}.");
            if (parameter.TroubleWith(value) is { } trouble)
                return (null, trouble);
            values.Add(parameter.Name, value);
        }

        return (values, "");
    }

    /// <summary>Null when the values fit each other; else what is wrong.</summary>
    public string? Misfit(IReadOnlyDictionary<string, decimal> values) => Ordered is var (lower, upper) && values[lower] >= values[upper]
        ? string.Create(CultureInfo.InvariantCulture, $"{Name} needs {lower} below {upper}, but they are {values[lower]} and {values[upper]}.")
        : null;

    public StrategyResult Run(PriceSeries series, IReadOnlyDictionary<string, decimal> values, StrategySettings settings) =>
        Rule is { } rule ? StrategyBacktest.Run(series, rule(values), settings) : StrategyBacktest.Run(series, Make(values), settings);

    private static string Listed(IEnumerable<StrategyParameter> parameters)
    {
        string[] names = [.. parameters.Select(parameter => parameter.Name)];
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
