using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Settings;

/// <summary>One entry of the list of channels, as it was set.</summary>
public sealed record ChannelEntry(string Id, ChannelSettings Settings);

/// <summary>The settings of single channels. What a post says comes first, then these, then the settings of <c>Trading</c> and <c>Risk</c>.</summary>
internal static class ChannelList
{
    private const string Key = "Channels:Followed:#:";
    private const string Meanings = "long, short, entry, target, stop, leverage, close, cancel";
    private const int MostRules = 40;

    public static IEnumerable<SettingDefinition> All() =>
    [
        Entry("Id", "A channel for which something is set: its @name, or its id as the bot shows it.", "\"@example\"", (entry, text) =>
            text.Trim().Length > 0 ? entry with { Id = text.Trim() } : null, "must not be empty"),
        Entry("Traded", "Whether its signals are traded; false: read, recorded and judged only.", "true", (entry, text) =>
            bool.TryParse(text, out var traded) ? entry with { Settings = entry.Settings with { IsTraded = traded } } : null, "must be true or false"),
        Entry("Ignore", "A post that contains one of these is put aside: phrases divided by semicolons.", "\"\"", (entry, text) =>
            entry with { Settings = entry.Settings with { IgnoredPhrases = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) } }, ""),
        Profile("DefaultQuote", "The quote where its posts name none.", "\"USDT\"", (profile, text) =>
            text.Length is >= 2 and <= 10 && text.All(char.IsAsciiLetterOrDigit) ? profile with { DefaultQuote = text.ToUpperInvariant() } : null, "must be 2 to 10 letters or digits"),
        Profile("DefaultMarket", "The market where its posts do not say: Unknown (perpetual before spot), Spot or Perpetual.", "\"Unknown\"", (profile, text) =>
            Enum.TryParse<MarketKind>(text, ignoreCase: true, out var market) && market is MarketKind.Unknown or MarketKind.Spot or MarketKind.Perpetual ? profile with { DefaultMarket = market } : null,
            "must be Unknown, Spot or Perpetual"),
        Profile("TwoPricesAreZone", "Two entry prices with a dash between them are a zone (true) or two entries (false).", "true", (profile, text) =>
            bool.TryParse(text, out var zone) ? profile with { TwoPricesAreZone = zone } : null, "must be true or false"),
        Profile("PercentIncludesLeverage", "Percentages of its targets and stops are on the margin: 100 % at 20x is 5 % of the price.", "false", (profile, text) =>
            bool.TryParse(text, out var includes) ? profile with { PercentIncludesLeverage = includes } : null, "must be true or false"),
        Profile("TargetsArePercent", "Bare numbers of its targets are percentages of the entry.", "false", (profile, text) =>
            bool.TryParse(text, out var percent) ? profile with { TargetsArePercent = percent } : null, "must be true or false"),
        Profile("Words", $"Its own words, divided by semicolons, each with its meaning: {Meanings}. For example zona=entry; kup=long.", "\"\"", (profile, text) =>
            All(text, Word) is { } words ? profile with { Words = words } : null, $"must be at most {MostRules} words with their meanings ({Meanings}), each of at most {OwnWord.Longest} characters without digits, such as 'zona=entry; kup=long'"),
        Profile("Patterns", "Where its fields stand, divided by semicolons: the words before a hole in braces, one of entry, stop, targets, leverage, side, symbol. For example Zone: {entry}.", "\"\"", (profile, text) =>
            All(text, part => FieldPattern.TryParse(part, out _)) is { } patterns ? profile with { Patterns = patterns } : null,
            $"must be at most {MostRules} patterns of at most {FieldPattern.Longest} characters, each with words and one hole out of entry, stop, targets, leverage, side, symbol, such as 'Zone: {{entry}}'"),
        ProfileNumber("LeastConfidencePercent", "From this confidence on a signal is traded without a question.", 60, 0, 100, (profile, value) => profile with { LeastConfidence = (double)value / 100 }),
        ProfileNumber("HighestLeverage", "The highest leverage that it may ask for; more is in doubt.", 125, 1, 125, (profile, value) => profile with { HighestLeverage = value }),
        ProfileNumber("PriceScale", "Prices of one post, and the market, must lie within this factor of each other.", 10, 1.1m, 10, (profile, value) => profile with { PriceScale = value }),
        Optional("RiskPerTradePercent", "As Risk:PerTradePercent, for this channel.", 0.01m, 10, (channel, value) => channel with { RiskPerTrade = value / 100m }),
        Optional("Leverage", "Leverage where its posts name none.", 1, 125, (channel, value) => channel with { Leverage = value }),
        Optional("DefaultStopPercent", "Stop where its posts have none.", 0.1m, 90, (channel, value) => channel with { DefaultStop = value / 100m }),
        Optional("DefaultTargetPercent", "Target where its posts have none.", 0.1m, 1000, (channel, value) => channel with { DefaultTarget = value / 100m }),
        Optional("BreakevenAfterTarget", "After this target the stop goes to the entry; 0 for never.", 0, 20, (channel, value) => channel with { BreakevenAfterTarget = (int)value }, isWhole: true),
    ];

    /// <summary>What is wrong with the list as a whole.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<ChannelEntry> channels)
    {
        for (var index = 0; index < channels.Count; index++)
            if (channels[index].Id.Length == 0)
                yield return $"'Channels:Followed:{index}' has no Id";
        foreach (var twice in channels.GroupBy(channel => channel.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"'Channels:Followed' names {twice.Key} {twice.Count()} times";
    }

    /// <summary>The list as the engine wants it.</summary>
    public static AppSettings Apply(AppSettings settings) => settings.Channels.Count == 0 ? settings : settings with
    {
        Trading = settings.Trading with { Channels = settings.Channels.ToDictionary(channel => new ChannelId(channel.Id), channel => channel.Settings) },
    };

    private static SettingDefinition Entry(string name, string meaning, string preset, Func<ChannelEntry, string, ChannelEntry?> change, string rule) =>
        new(Key + name, meaning, preset, false, (settings, value) => With(settings, value.ListIndex, entry => change(entry, value.Text)) is { } changed
            ? changed
            : SettingOutcome.Wrong($"{rule}, but is '{value.Text}'"));

    private static SettingDefinition Profile(string name, string meaning, string preset, Func<ChannelProfile, string, ChannelProfile?> change, string rule) => Entry(name, meaning, preset,
        (entry, text) => change(entry.Settings.Profile, text.Trim()) is { } profile ? entry with { Settings = entry.Settings with { Profile = profile } } : null, rule);

    /// <summary>The parts between semicolons; null when one of them is wrong or there are too many.</summary>
    private static List<T>? All<T>(string text, Func<string, T?> read)
        where T : class
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rules = parts.Select(read).OfType<T>().ToList();
        return parts.Length <= MostRules && rules.Count == parts.Length ? rules : null;
    }

    private static OwnWord? Word(string part) =>
        part.Split('=', 2, StringSplitOptions.TrimEntries) is [var word, var name] && Enum.TryParse<OwnMeaning>(name, ignoreCase: true, out var meaning) && name.All(char.IsLetter) ? OwnWord.TryMake(word, meaning, out _) : null;

    private static SettingDefinition ProfileNumber(string name, string meaning, decimal preset, decimal lowest, decimal highest, Func<ChannelProfile, decimal, ChannelProfile> set) => Profile(
        name, meaning, preset.ToString(CultureInfo.InvariantCulture), (profile, text) => Number(text, lowest, highest) is { } value ? set(profile, value) : null, Between(lowest, highest));

    /// <summary>Empty: nothing is set for the channel, and the person's own setting counts.</summary>
    private static SettingDefinition Optional(string name, string meaning, decimal lowest, decimal highest, Func<ChannelSettings, decimal, ChannelSettings> set, bool isWhole = false) => Entry(
        name, meaning + " Empty: as everywhere.", "\"\"",
        (entry, text) => text.Trim().Length == 0 ? entry : Number(text, lowest, highest) is { } value && (!isWhole || value == decimal.Truncate(value)) ? entry with { Settings = set(entry.Settings, value) } : null,
        (isWhole ? "must be a whole number" : "must be a number") + string.Create(CultureInfo.InvariantCulture, $" from {lowest} to {highest}, or empty"));

    private static decimal? Number(string text, decimal lowest, decimal highest) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest ? value : null;

    private static string Between(decimal lowest, decimal highest) => string.Create(CultureInfo.InvariantCulture, $"must be a number from {lowest} to {highest}");

    private static AppSettings? With(AppSettings settings, int index, Func<ChannelEntry, ChannelEntry?> change)
    {
        var channels = settings.Channels.ToList();
        while (channels.Count <= index)
            channels.Add(new ChannelEntry("", ChannelSettings.None));
        if (change(channels[index]) is not { } changed)
            return null;
        channels[index] = changed;
        return settings with { Channels = channels };
    }
}
