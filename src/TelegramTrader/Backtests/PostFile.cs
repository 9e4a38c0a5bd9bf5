using System.Globalization;
using System.Text.Json;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Backtests;

/// <summary>
/// Posts of a file, all their versions. Lines of JSON as a recording has them (<c>time</c>) and as <c>signals_raw.jsonl</c> has them (<c>posted_at</c>, <c>received_at</c>); or the export of
/// Telegram Desktop, where a post that was edited before counts as an edit, since what it said at first is not known.
/// </summary>
/// <param name="Messages">In the order of the file; a version that stands there twice is taken once.</param>
/// <param name="BadLines">Those that can't be read, each with what is wrong; the others count.</param>
public sealed record PostFile(IReadOnlyList<ChannelMessage> Messages, IReadOnlyList<(int Line, string Reason)> BadLines)
{
    /// <summary>What is looked for in a folder: posts of the program's own kinds, and an export.</summary>
    private static readonly string[] NamesInFolder = ["posts.jsonl", "signals_raw.jsonl", "result.json"];

    private const long LatestTime = 253_402_300_799_999;

    /// <param name="path">A file of lines, <c>result.json</c> of an export, or the folder of one of them.</param>
    /// <param name="zone">Of dates in an export that have none.</param>
    /// <exception cref="ExportException">The export can't be read.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static PostFile Read(string path, TimeZoneInfo zone)
    {
        var file = Directory.Exists(path) ? InFolder(path) : path;
        return file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Export(file, zone) : Lines(file);
    }

    private static string InFolder(string folder) => NamesInFolder.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"The folder '{folder}' has no posts: neither {string.Join(" nor ", NamesInFolder)}.");

    private static PostFile Export(string path, TimeZoneInfo zone)
    {
        using var stream = File.OpenRead(path);
        var messages = new ExportReader(stream, zone).Read().OfType<ExportPiece.Post>().Select(post => new ChannelMessage
        {
            Channel = new ChannelId(post.Chat.ChatId),
            MessageId = post.MessageId,
            Revision = post.EditedAt is null ? 1 : 2,
            Change = post.EditedAt is null ? MessageChange.Posted : MessageChange.Edited,
            PostedAt = post.EditedAt ?? post.PostedAt,
            ReceivedAt = post.EditedAt ?? post.PostedAt,
            Text = post.Text,
            ReplyTo = post.ReplyTo,
            HasMedia = post.HasMedia,
        });
        return new PostFile([.. messages.DistinctBy(Identity)], []);
    }

    private static PostFile Lines(string path)
    {
        var (messages, bad, number) = (new List<ChannelMessage>(), new List<(int, string)>(), 0);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                messages.Add(Message(document.RootElement));
            }
            catch (JsonException exception)
            {
                bad.Add((number, $"not JSON: {exception.Message.Split(". ", 2)[0].TrimEnd('.')}"));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                bad.Add((number, exception.Message));
            }
            catch (InvalidOperationException)
            {
                // A string with half a surrogate pair passes as JSON and can't be turned into text.
                bad.Add((number, "a text has an escape that is no character"));
            }
        }

        return new PostFile([.. messages.DistinctBy(Identity)], bad);
    }

    private static ChannelMessage Message(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
            throw new FormatException($"expected a JSON object, found {line.ValueKind.ToString().ToLowerInvariant()}");
        var change = line.TryGetProperty("change", out var written) && written.ValueKind == JsonValueKind.String ? written.GetString() switch
        {
            "posted" => MessageChange.Posted,
            "edited" => MessageChange.Edited,
            "deleted" => MessageChange.Deleted,
            var other => throw new FormatException($"'change' must be posted, edited or deleted, but is '{other}'"),
        } : MessageChange.Posted;
        var posted = Time(line, "posted_at") ?? Time(line, "time") ?? throw new FormatException("there is neither 'time' nor 'posted_at': without it nobody knows which prices followed");
        return new ChannelMessage
        {
            Channel = new ChannelId(Text(line, "channel") is { } channel && !string.IsNullOrWhiteSpace(channel) ? channel : throw new FormatException("there is no 'channel'")),
            MessageId = Whole(line, "message_id") ?? Whole(line, "id") ?? throw new FormatException("there is no 'message_id' that is a whole number"),
            Revision = Whole(line, "revision") switch
            {
                null => change == MessageChange.Posted ? 1 : 2,
                >= 1 and <= int.MaxValue and var revision => (int)revision,
                var revision => throw new FormatException($"'revision' must be 1 or more, but is {revision}"),
            },
            Change = change,
            PostedAt = posted,
            ReceivedAt = Time(line, "received_at") ?? posted,
            Text = Text(line, "text") ?? (change == MessageChange.Deleted ? "" : throw new FormatException("there is no 'text'")),
            ReplyTo = Whole(line, "reply_to"),
            HasMedia = line.TryGetProperty("has_media", out var media) && media.ValueKind == JsonValueKind.True,
        };
    }

    private static (ChannelId, long, int) Identity(ChannelMessage message) => (message.Channel, message.MessageId, message.Revision);

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Whole(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static Instant? Time(JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds) && milliseconds is > 0 and <= LatestTime)
            return new Instant(milliseconds);
        return value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year >= 1971
            ? Instant.From(time)
            : throw new FormatException($"'{name}' must be Unix milliseconds or a time such as 2025-05-01T12:00:00Z, but is {(value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "…" : value.GetRawText())}");
    }
}
