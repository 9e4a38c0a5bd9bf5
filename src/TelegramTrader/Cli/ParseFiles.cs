using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary>The files of the parse verb.</summary>
internal static class ParseFiles
{
    public static async Task<int> RunAsync(string? settingsFile, string? profile, string? source, string? target, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (source is not null && !File.Exists(source))
        {
            await errors.WriteLineAsync($"The file '{source}' does not exist.");
            return ExitCodes.BadArguments;
        }

        try
        {
            var channel = profile is null ? ChannelSettings.None : Channel(SettingsLoader.Load(settingsFile).Trading.Channels, profile);
            if (channel is null)
            {
                await errors.WriteLineAsync($"There is no channel '{profile}' in the settings; Channels:Followed lists those with a profile.");
                return ExitCodes.BadArguments;
            }

            using var reader = source is null ? null : new StreamReader(source);
            await using var writer = target is null ? null : new StreamWriter(target);
            return await ParseVerb.RunAsync(reader ?? input, writer ?? output, errors, channel, cancellation);
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>A channel by its id, with or without its @; null when it is not in the settings.</summary>
    private static ChannelSettings? Channel(IReadOnlyDictionary<ChannelId, ChannelSettings> channels, string name) =>
        channels.FirstOrDefault(entry => string.Equals(entry.Key.Value.TrimStart('@'), name.Trim().TrimStart('@'), StringComparison.OrdinalIgnoreCase)).Value;
}
