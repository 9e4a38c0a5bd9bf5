using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TelegramTrader.Settings;

/// <summary>What is wrong with the settings: one line a problem, each naming the setting, the limit and the value, but never a secret.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>
/// Reads the settings file and the environment (<c>TELEGRAMTRADER__Section__Key</c>, which wins) and checks everything: a wrong value or a setting that does
/// not exist is refused, all problems at once.
/// </summary>
public static class SettingsLoader
{
    public const string DefaultFile = "appsettings.json";
    private const string EnvironmentPrefix = "TELEGRAMTRADER__";

    /// <param name="file">A file that must exist; null for <see cref="DefaultFile"/> in the working folder, which may be missing.</param>
    /// <param name="overrides">What the command line says, by key; wins over everything.</param>
    /// <exception cref="SettingsException">Something is wrong with the file or a value.</exception>
    public static AppSettings Load(string? file, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var problems = new List<string>();
        var settings = new AppSettings();
        foreach (var source in Sources(file, overrides))
            foreach (var (key, text) in Values(source.Configuration))
            {
                if (Definition(key) is not { } definition)
                {
                    problems.Add($"{source.Name}: there is no setting '{source.NameOf(key)}'{Suggestion(key, source)}");
                    continue;
                }

                var outcome = definition.Apply(settings, new SettingValue(key, text));
                if (outcome.Settings is { } changed)
                    settings = changed;
                else
                    problems.Add($"{source.Name}: '{source.NameOf(key)}' {(definition.IsSecret ? "is not valid" : outcome.Problem)}");
            }

        problems.AddRange(Together(settings));
        return problems.Count == 0 ? ChannelList.Apply(settings) : throw new SettingsException(problems);
    }

    /// <summary>What only shows when the settings are looked at together.</summary>
    private static IEnumerable<string> Together(AppSettings settings)
    {
        foreach (var problem in ChannelAccount.Problems(settings.Account).Concat(ChannelList.Problems(settings.Channels)))
            yield return problem;
        for (var index = 0; index < settings.Telegram.Users.Count; index++)
            if (settings.Telegram.Users[index].Id == 0)
                yield return $"'Telegram:Users:{index}' has no Id";
        foreach (var twice in settings.Telegram.Users.GroupBy(user => user.Id).Where(group => group.Key != 0 && group.Count() > 1))
            yield return $"'Telegram:Users' names the id {twice.Key} {twice.Count()} times";
        if (settings.Telegram.BotToken is not null && settings.Telegram.Users.All(user => user.Role != Chat.Role.Admin))
            yield return "'Telegram:BotToken' is set, but 'Telegram:Users' has no admin: nobody could lift an emergency stop";
        foreach (var problem in SourceSettings.Together(settings).Concat(ExchangeSettings.Together(settings)).Concat(JudgementSettings.Together(settings)))
            yield return problem;
        var trading = settings.Trading;
        if (trading.Risk.RiskPerTrade > trading.Risk.HighestRiskPerTrade)
            yield return $"'Risk:PerTradePercent' {trading.Risk.RiskPerTrade * 100m:0.##} is above 'Risk:HighestPerTradePercent' {trading.Risk.HighestRiskPerTrade * 100m:0.##}";
        if (trading.Risk.NearestStop >= trading.Risk.FarthestStop)
            yield return $"'Risk:NearestStopPercent' {trading.Risk.NearestStop * 100m:0.##} is not below 'Risk:FarthestStopPercent' {trading.Risk.FarthestStop * 100m:0.##}";
        if (trading.ProtectionAlarmAfter > trading.ProtectionExitAfter)
            yield return $"'Trading:ProtectionAlarmAfterSeconds' {trading.ProtectionAlarmAfter.TotalSeconds} is above 'Trading:ProtectionExitAfterSeconds' {trading.ProtectionExitAfter.TotalSeconds}";
    }

    private static IEnumerable<Source> Sources(string? file, IReadOnlyDictionary<string, string>? overrides)
    {
        var path = file ?? DefaultFile;
        if (file is not null && !File.Exists(file))
            throw new SettingsException([$"the settings file '{file}' does not exist"]);
        if (File.Exists(path))
            yield return new Source(path, FromFile(path), key => key);
        yield return new Source("environment", new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build(), key => EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal));
        if (overrides is not null)
            yield return new Source("command line", new ConfigurationBuilder().AddInMemoryCollection(overrides.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build(), key => key);
    }

    private static IConfiguration FromFile(string path)
    {
        try
        {
            // Read here rather than by the provider, because its message would repeat the text of the file, secrets included.
            using var stream = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(stream).Build();
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            var position = exception as JsonException ?? exception.InnerException as JsonException;
            var where = position?.LineNumber is { } line ? $" at line {line + 1}" : "";
            throw new SettingsException([$"{path}: the file is not valid JSON{where}"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{path}: the file can't be read: {exception.Message}"]);
        }
    }

    private static IEnumerable<(string Key, string Text)> Values(IConfiguration configuration)
    {
        // An empty list is read as an empty text at the list's own key.
        var values = configuration.AsEnumerable().Where(pair => pair.Value is not null && !(pair.Value.Length == 0 && IsList(pair.Key))).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.OrdinalIgnoreCase);
        // In the order of the catalogue, because a later setting may build on an earlier one.
        var order = SettingsCatalogue.All.Select((definition, index) => (definition.Key, index)).ToDictionary(entry => entry.Key, entry => entry.index, StringComparer.OrdinalIgnoreCase);
        return values
            .Select(pair => (pair.Key, pair.Value))
            .OrderBy(pair => order.GetValueOrDefault(Pattern(pair.Key), int.MaxValue))
            .ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase);
    }

    private static SettingDefinition? Definition(string key)
    {
        var pattern = Pattern(key);
        return SettingsCatalogue.All.FirstOrDefault(definition => string.Equals(definition.Key, pattern, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsList(string key) => SettingsCatalogue.All.Any(definition => definition.Key.StartsWith(key + ":#:", StringComparison.OrdinalIgnoreCase));

    private static string Pattern(string key) =>
        string.Join(':', key.Split(':').Select(part => part.Length is > 0 and < 4 && part.All(char.IsAsciiDigit) ? "#" : part));

    private static string Suggestion(string key, Source source)
    {
        var pattern = Pattern(key);
        var nearest = SettingsCatalogue.All.MinBy(definition => Distance(definition.Key.ToUpperInvariant(), pattern.ToUpperInvariant()))!;
        return Distance(nearest.Key.ToUpperInvariant(), pattern.ToUpperInvariant()) <= Math.Max(2, nearest.Key.Length / 3) ? $"; did you mean '{source.NameOf(nearest.Key)}'?" : "";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
            previous = current;
        }

        return previous[right.Length];
    }

    private sealed record Source(string Name, IConfiguration Configuration, Func<string, string> NameOf);
}
