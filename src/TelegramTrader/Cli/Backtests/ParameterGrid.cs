using System.Globalization;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Values of parameters as a person writes them, and all their combinations.</summary>
internal static class ParameterGrid
{
    public const int MostCombinations = 1_000_000;

    /// <summary>All combinations, the first parameter changing slowest; null with what is wrong.</summary>
    public static (IReadOnlyList<IReadOnlyDictionary<string, int>>? Combinations, string Trouble) Of(IReadOnlyList<string> axes)
    {
        var read = new List<(string Name, int[] Values)>();
        foreach (var text in axes)
        {
            if (Axis(text) is not { } axis)
                return (null, $"A grid is written as fast=5:50:5 or fast=5,10,20, with whole numbers that ascend, but is '{text}'.");
            if (read.Exists(other => other.Name == axis.Name))
                return (null, $"The grid names {axis.Name} twice.");
            read.Add(axis);
        }

        var count = read.Aggregate(1L, (product, axis) => Math.Min(product * axis.Values.Length, int.MaxValue));
        if (read.Count == 0)
            return (null, "A grid is needed, such as --grid fast=5:50:5.");
        if (count > MostCombinations)
            return (null, string.Create(CultureInfo.InvariantCulture, $"The grid may have at most {MostCombinations} combinations but has {(count == int.MaxValue ? "far more" : count)}."));
        var combinations = new List<IReadOnlyDictionary<string, int>> { new Dictionary<string, int>() };
        foreach (var (name, values) in read)
            combinations = [.. combinations.SelectMany(before => values, (before, value) => (IReadOnlyDictionary<string, int>)new Dictionary<string, int>(before) { [name] = value })];
        return (combinations, "");
    }

    private static (string Name, int[] Values)? Axis(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length != 2 || parts[0].Length == 0)
            return null;
        if (parts[1].Contains(',', StringComparison.Ordinal) || !parts[1].Contains(':', StringComparison.Ordinal) && !parts[1].Contains("..", StringComparison.Ordinal))
            return Numbers(parts[1].Split(',')) is { } list && list.Zip(list.Skip(1)).All(pair => pair.First < pair.Second) ? (parts[0], list) : null;
        if (Numbers(parts[1].Replace("..", ":", StringComparison.Ordinal).Split(':')) is not { Length: 2 or 3 } bounds)
            return null;
        var (from, to, step) = (bounds[0], bounds[1], bounds.Length == 3 ? bounds[2] : 1);
        return to < from || step < 1 || (to - from) / step >= MostCombinations ? null : (parts[0], [.. Enumerable.Range(0, (to - from) / step + 1).Select(number => from + number * step)]);
    }

    private static int[]? Numbers(string[] texts)
    {
        var numbers = new int[texts.Length];
        for (var index = 0; index < texts.Length; index++)
            if (!int.TryParse(texts[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return null;
        return numbers;
    }
}
