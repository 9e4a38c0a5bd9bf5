namespace TelegramTrader.Settings;

/// <summary>
/// One setting: its key as in the file (<c>Risk:PerTradePercent</c>; <c>#</c> stands for a number in a list), what it means, its default as written
/// in the file, and how a text becomes part of the settings. <see cref="Apply"/> gives the changed settings or a sentence that says what is wrong with the value.
/// </summary>
public sealed record SettingDefinition(string Key, string Meaning, string Default, bool IsSecret, Func<AppSettings, SettingValue, SettingOutcome> Apply);

/// <param name="Key">As found, with list numbers.</param>
public sealed record SettingValue(string Key, string Text)
{
    /// <summary>The number that stands at <c>#</c> in a list key.</summary>
    public int ListIndex => int.Parse(Key.Split(':').First(part => part.Length > 0 && part.All(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Either the changed settings or what is wrong.</summary>
public readonly record struct SettingOutcome(AppSettings? Settings, string? Problem)
{
    public static implicit operator SettingOutcome(AppSettings settings) => new(settings, null);

    public static SettingOutcome Wrong(string problem) => new(null, problem);
}
