using System.Globalization;

namespace TelegramTrader.Settings;

/// <summary>How the kinds of values are read and checked. Every refusal names the limit and the value.</summary>
internal static class SettingKinds
{
    public static SettingDefinition Text(string key, string meaning, string preset, Func<AppSettings, string, AppSettings> set) =>
        new(key, meaning, Quoted(preset), false, (settings, value) => set(settings, value.Text.Trim()));

    public static SettingDefinition Checked(string key, string meaning, string preset, Func<AppSettings, string, SettingOutcome> set) =>
        new(key, meaning, Quoted(preset), false, (settings, value) => set(settings, value.Text.Trim()));

    /// <summary>A secret: what is wrong with it is said without repeating it.</summary>
    public static SettingDefinition Hidden(string key, string meaning, Func<AppSettings, string, SettingOutcome> set) =>
        new(key, meaning, Quoted(""), true, (settings, value) => set(settings, value.Text.Trim()));

    public static SettingDefinition Flag(string key, string meaning, bool preset, Func<AppSettings, bool, AppSettings> set) =>
        new(key, meaning, preset ? "true" : "false", false, (settings, value) => bool.TryParse(value.Text, out var flag)
            ? set(settings, flag)
            : SettingOutcome.Wrong($"must be true or false, but is '{value.Text}'"));

    public static SettingDefinition Whole(string key, string meaning, int preset, int lowest, int highest, Func<AppSettings, int, AppSettings> set) =>
        new(key, meaning, preset.ToString(CultureInfo.InvariantCulture), false, (settings, value) =>
            int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
                ? set(settings, number)
                : SettingOutcome.Wrong($"must be a whole number from {lowest} to {highest}, but is '{value.Text}'"));

    public static SettingDefinition Number(string key, string meaning, decimal preset, decimal lowest, decimal highest, Func<AppSettings, decimal, AppSettings> set) =>
        new(key, meaning, preset.ToString(CultureInfo.InvariantCulture), false, (settings, value) =>
            decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
                ? set(settings, number)
                : SettingOutcome.Wrong(string.Create(CultureInfo.InvariantCulture, $"must be a number from {lowest} to {highest}, but is '{value.Text}'")));

    /// <summary>Written in per cent, used as a fraction.</summary>
    public static SettingDefinition Percent(string key, string meaning, decimal preset, decimal lowest, decimal highest, Func<AppSettings, decimal, AppSettings> set) =>
        Number(key, meaning + " In per cent.", preset, lowest, highest, (settings, percent) => set(settings, percent / 100m));

    public static SettingDefinition Duration(string key, string meaning, string unit, decimal preset, decimal lowest, decimal highest, Func<AppSettings, TimeSpan, AppSettings> set) =>
        Number(key, $"{meaning} In {unit}.", preset, lowest, highest, (settings, number) => set(settings, unit switch
        {
            "milliseconds" => TimeSpan.FromMilliseconds((double)number),
            "seconds" => TimeSpan.FromSeconds((double)number),
            "minutes" => TimeSpan.FromMinutes((double)number),
            "hours" => TimeSpan.FromHours((double)number),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit of time."),
        }));

    public static SettingDefinition Choice<T>(string key, string meaning, T preset, Func<AppSettings, T, AppSettings> set)
        where T : struct, Enum =>
        new(key, $"{meaning} One of: {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.", Quoted(preset.ToString().ToLowerInvariant()), false,
            (settings, value) => Enum.TryParse<T>(value.Text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !value.Text.All(char.IsAsciiDigit)
                ? set(settings, choice)
                : SettingOutcome.Wrong($"must be one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}, but is '{value.Text}'"));

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
