using System.Globalization;

namespace TelegramTrader.Backtests;

/// <summary>Values of parameters as a person writes them, and their combinations.</summary>
internal sealed class ParameterGrid
{
    public const int MostCombinations = 1_000_000;

    /// <summary>No strategy has more; and so the count fits.</summary>
    private const int MostAxes = 3;

    private ParameterGrid(IReadOnlyList<Axis> axes)
    {
        Axes = axes;
        Count = axes.Aggregate(1L, (product, axis) => product * axis.Values.Count);
    }

    /// <param name="Values">Ascending.</param>
    public sealed record Axis(string Name, IReadOnlyList<decimal> Values);

    public IReadOnlyList<Axis> Axes { get; }

    /// <summary>Of combinations.</summary>
    public long Count { get; }

    /// <summary>Null with what is wrong.</summary>
    public static (ParameterGrid? Grid, string Trouble) Of(IReadOnlyList<string> texts)
    {
        var axes = new List<Axis>();
        foreach (var text in texts)
        {
            if (Read(text) is not { } axis)
                return (null, $"A grid is written as fast=5:50:5 or fast=5,10,20, with numbers that ascend, at most {MostCombinations} of them, but is '{text}'.");
            if (axes.Exists(other => other.Name == axis.Name))
                return (null, $"The grid names {axis.Name} twice.");
            axes.Add(axis);
        }

        return axes.Count == 0 ? (null, "A grid is needed, such as --grid fast=5:50:5.")
            : axes.Count > MostAxes ? (null, $"A grid may have at most {MostAxes} parameters but has {axes.Count}.")
            : (new ParameterGrid(axes), "");
    }

    /// <summary>One of the combinations; the first parameter changes slowest.</summary>
    /// <param name="number">0 up to, and not including, the count.</param>
    public IReadOnlyDictionary<string, decimal> At(long number)
    {
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var axis in Axes.Reverse())
        {
            (number, var place) = Math.DivRem(number, axis.Values.Count);
            values.Add(axis.Name, axis.Values[(int)place]);
        }

        return values;
    }

    /// <summary>All of them, or null with what is wrong.</summary>
    public (IReadOnlyList<long>? Numbers, string Trouble) All() => Count > MostCombinations
        ? (null, string.Create(CultureInfo.InvariantCulture, $"The grid may have at most {MostCombinations} combinations but has {(Count > int.MaxValue ? "far more" : Count)}."))
        : ([.. Enumerable.Range(0, (int)Count).Select(number => (long)number)], "");

    private static Axis? Read(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length != 2 || parts[0].Length == 0)
            return null;
        if (parts[1].Contains(',', StringComparison.Ordinal) || !parts[1].Contains(':', StringComparison.Ordinal) && !parts[1].Contains("..", StringComparison.Ordinal))
            return Numbers(parts[1].Split(',')) is { } list && list.Zip(list.Skip(1)).All(pair => pair.First < pair.Second) ? new Axis(parts[0], list) : null;
        if (Numbers(parts[1].Replace("..", ":", StringComparison.Ordinal).Split(':')) is not { Length: 2 or 3 } bounds)
            return null;
        var (from, to, step) = (bounds[0], bounds[1], bounds.Length == 3 ? bounds[2] : 1m);
        // In doubles first: so small a step could make a number that no decimal holds.
        if (to < from || step <= 0m || (double)(to - from) / (double)step >= MostCombinations)
            return null;
        return new Axis(parts[0], [.. Enumerable.Range(0, (int)((to - from) / step) + 1).Select(number => from + number * step)]);
    }

    private static decimal[]? Numbers(string[] texts)
    {
        var numbers = new decimal[texts.Length];
        for (var index = 0; index < texts.Length; index++)
            if (!decimal.TryParse(texts[index], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[index]))
                return null;
        return numbers;
    }
}
