namespace TelegramTrader.Core.Signals.Profiles;

/// <summary>The fields that a pattern can find.</summary>
public enum PatternField
{
    Entry,
    Stop,
    Targets,
    Leverage,
    Side,
    Symbol,
}

/// <summary>
/// Where a field stands in the posts of one channel: the text around it as written, with one hole in braces, for example <c>Zone: {entry}</c>. Not a regular expression:
/// a person can write it, and looking for it takes time in proportion to the post. It applies within a line.
/// </summary>
public sealed record FieldPattern
{
    /// <summary>In characters, hole included.</summary>
    public const int Longest = 80;

    private FieldPattern(string text, PatternField field, string before, string after) => (Text, Field, Before, After) = (text, field, before, after);

    public string Text { get; }

    public PatternField Field { get; }

    /// <summary>Folded; what stands before the hole, never empty.</summary>
    internal string Before { get; }

    /// <summary>Folded; what stands behind the hole, empty when the value ends by itself.</summary>
    internal string After { get; }

    internal bool IsNumber => Field is not (PatternField.Side or PatternField.Symbol);

    /// <returns>Null when the text is no pattern; <paramref name="problem"/> then says why.</returns>
    public static FieldPattern? TryParse(string text, out string problem)
    {
        text = text.Trim();
        if (text.Length > Longest)
            return No($"a pattern has at most {Longest} characters, this one has {text.Length}", out problem);
        if (text.Length == 0)
            return No("a pattern must not be empty", out problem);
        if (text.Contains('\n', StringComparison.Ordinal))
            return No("a pattern stands on one line", out problem);
        var (open, close) = (text.IndexOf('{', StringComparison.Ordinal), text.IndexOf('}', StringComparison.Ordinal));
        if (open < 0 || close < open)
            return No($"the pattern '{text}' has no hole such as {{entry}}", out problem);
        if (text.LastIndexOf('{') != open || text.LastIndexOf('}') != close)
            return No($"the pattern '{text}' has more than one hole", out problem);
        var name = text[(open + 1)..close].Trim();
        if (FieldOf(name) is not { } field)
            return No($"'{name}' is no field; there are {string.Join(", ", Enum.GetNames<PatternField>().Select(known => known.ToLowerInvariant()))}", out problem);
        var (before, after) = (RuleText.Fold(text[..open]), RuleText.Fold(text[(close + 1)..]));
        if (!before.Any(character => !char.IsDigit(character) && character != ' '))
            return No($"the pattern '{text}' needs words or signs before its hole", out problem);
        problem = "";
        return new FieldPattern(text, field, before, after);
    }

    private static PatternField? FieldOf(string name)
    {
        foreach (var field in Enum.GetValues<PatternField>())
            if (string.Equals(field.ToString(), name, StringComparison.OrdinalIgnoreCase))
                return field;
        return string.Equals(name, "target", StringComparison.OrdinalIgnoreCase) ? PatternField.Targets : null;
    }

    private static FieldPattern? No(string why, out string problem)
    {
        problem = why;
        return null;
    }
}
