using System.Globalization;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary><c>import-telegram</c>: the posts of an export of Telegram Desktop as history. They are never traded. The bot must not be running on the same data folder.</summary>
internal static class ImportVerb
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    /// <returns>0 when the whole export is stored; 1 when it could not be read to its end, and what was read is stored.</returns>
    public static async Task<int> RunAsync(string? settingsFile, string file, string? channel, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var path = Directory.Exists(file) ? Path.Combine(file, "result.json") : file;
        if (!File.Exists(path))
        {
            await errors.WriteLineAsync($"The file '{path}' does not exist.");
            return ExitCodes.BadArguments;
        }

        if (channel is not null && string.IsNullOrWhiteSpace(channel))
        {
            await errors.WriteLineAsync("The name of the channel is empty.");
            return ExitCodes.BadArguments;
        }

        try
        {
            var settings = SettingsLoader.Load(settingsFile);
            using var folder = DataFolder.Open(settings.Storage.Directory);
            using var inbox = new MessageInbox(folder);
            var import = new ExportImport(inbox, time, channel is null ? null : new ChannelId(channel.Trim()));
            return await RunAsync(import, path, channel is not null, settings.Trading.TimeZone, time, output, errors, cancellation);
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is DataFolderException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> RunAsync(
        ExportImport import, string path, bool ofOneChat, TimeZoneInfo zone, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            var reader = new ExportReader(stream, zone, ofOneChat);
            var told = time.GetTimestamp();
            import.Run(reader, Tell, cancellation);
            await output.WriteLineAsync($"{import.Result} from {Chats(import.Result)}. They are history and are never traded.{Remarks(import.Result, zone)}");
            return ExitCodes.Done;

            void Tell(ImportResult result)
            {
                if (time.GetElapsedTime(told) < BetweenLines)
                    return;
                told = time.GetTimestamp();
                errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result}; {100.0 * reader.Consumed / Math.Max(1, stream.Length):0} % of the file"));
            }
        }
        catch (ExportException exception)
        {
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{path}, line {LineOf(path, exception.Offset)} (byte {exception.Offset}): {exception.Message}. {import.Result} before it, and that stays; run it again with a whole file."));
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"Interrupted. {import.Result}, and that stays; run it again to go on.");
            return ExitCodes.Failed;
        }
    }

    private static string Chats(ImportResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Chats} {(result.Chats == 1 ? "chat" : "chats")}{(result.SkippedChats > 0 ? $" ({result.SkippedChats} conversations with single persons were left out)" : "")}");

    private static string Remarks(ImportResult result, TimeZoneInfo zone) => string.Create(CultureInfo.InvariantCulture,
        $"{(result.FirstTextUnknown > 0 ? $" {result.FirstTextUnknown} had been edited before the export: what they said at first is not known, and they are stored as edits." : "")}{(result.ZonelessDates > 0 ? $" {result.ZonelessDates} dates have no zone and were read as {zone.Id}; the setting TimeZone says otherwise." : "")}");

    /// <summary>Counted only when it is needed: the file may be very long.</summary>
    private static long LineOf(string path, long offset)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 16];
        var line = 1L;
        for (var left = offset; left > 0;)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                break;
            line += buffer.AsSpan(0, read).Count((byte)'\n');
            left -= read;
        }

        return line;
    }
}
