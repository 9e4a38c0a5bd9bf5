using System.Globalization;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>What stands behind a channel, in any order: how far back it goes (<c>90d</c> or <c>all</c>) and options (<c>delay=30</c>).</summary>
/// <param name="Days">Before the last post; null: all.</param>
/// <param name="HasRange">How far back was said.</param>
internal sealed record ChannelLine(int? Days, bool HasRange, IReadOnlyDictionary<string, decimal> Options)
{
    private const int MostDays = 3650;

    public static LineOption Delay { get; } = new("delay", "seconds between a post and what is done about it", 0, 86_400, 0);

    /// <summary>How far back a wizard offers to go.</summary>
    /// <param name="before">All that stands before it.</param>
    public static IReadOnlyList<JobChoice> Ranges(string before) =>
        [.. new[] { "30d", "90d", "365d", "all" }.Select(range => new JobChoice(range == "all" ? "All there are" : $"{range[..^1]} days", $"{before} {range}"))];

    /// <summary>Whether a word is meant to say how far back it goes, rightly or not.</summary>
    public static bool IsRange(string word) => word == "all" || (word.Length > 1 && word[^1] == 'd' && word.AsSpan(0, word.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <returns>The line; or null and what is wrong.</returns>
    public static (ChannelLine? Line, string Trouble) Read(IEnumerable<string> words, IReadOnlyList<LineOption> options)
    {
        var (days, hasRange, values) = ((int?)null, false, new Dictionary<string, decimal>(StringComparer.Ordinal));
        foreach (var word in words)
        {
            if (word.Split('=', 2) is [var name, var text] && options.FirstOrDefault(option => option.Name == name) is { } option)
            {
                if (option.Read(text) is not { } value)
                    return (null, string.Create(CultureInfo.InvariantCulture, $"{name} ({option.Meaning}) must be {(option.IsWhole ? "a whole number" : "a number")} from {option.Least} to {option.Most}, but is '{text}'."));
                if (!values.TryAdd(name, value))
                    return (null, $"{name} is given twice.");
                continue;
            }

            if (word != "all" && !(IsRange(word) && int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDays))
                return (null, $"There may be 1d to {MostDays}d or all for how far back it goes, and {string.Join(", ", options.Select(one => one.Name + "="))}, but there is '{word}'.");
            if (hasRange)
                return (null, $"How far back it goes is said twice; the second time with '{word}'.");
            (hasRange, days) = (true, word == "all" ? null : int.Parse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return (new ChannelLine(days, hasRange, values), "");
    }

    public decimal? Option(LineOption option) => Options.TryGetValue(option.Name, out var value) ? value : option.Usual;
}
