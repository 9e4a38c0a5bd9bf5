using System.Globalization;
using System.Text;
using System.Text.Json;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels.FileDrop;

/// <summary>
/// What a dropped file says: a <c>.txt</c> is one post, a <c>.json</c> an object or a list of objects, a <c>.jsonl</c> an object a line. An object has a <c>text</c>, and may have
/// a <c>time</c> (Unix seconds or milliseconds, or ISO 8601 with a zone). A file is taken whole or not at all.
/// </summary>
internal static class DroppedFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">Its name without the folder; part of the posts' identity.</param>
    /// <param name="written">When it was written: the time of posts that bring none.</param>
    /// <returns>The posts, or why the file is refused.</returns>
    public static (IReadOnlyList<ChannelMessage> Posts, string? Refusal) Read(string name, byte[] content, ChannelId channel, Instant written, Instant now)
    {
        string text;
        try
        {
            text = Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            return ([], string.Create(CultureInfo.InvariantCulture, $"the file is not UTF-8: byte {exception.Index} is no part of a character"));
        }

        try
        {
            var entries = Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".json" => Objects(text),
                ".jsonl" => Lines(text),
                _ => [new Entry(text.Trim(), null)],
            };
            if (entries.Count == 0 || entries.Any(entry => string.IsNullOrWhiteSpace(entry.Text)))
                return ([], entries.Count <= 1 ? "there is no text in the file" : "one of the posts has no text");
            return ([.. entries.Select((entry, index) => new ChannelMessage
            {
                Channel = channel,
                MessageId = PostNumber.Of(name, text, index.ToString(CultureInfo.InvariantCulture)),
                // A clock that is ahead must not make a post younger than it can be.
                PostedAt = (entry.Time ?? written) is var posted && posted < now ? posted : now,
                ReceivedAt = now,
                Text = entry.Text,
            })], null);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return ([], exception.Message);
        }
    }

    private static IReadOnlyList<Entry> Objects(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select((element, index) => Object(element, string.Create(CultureInfo.InvariantCulture, $"entry {index + 1}")))]
            : [Object(document.RootElement, "the file")];
    }

    private static IReadOnlyList<Entry> Lines(string text)
    {
        var entries = new List<Entry>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
            try
            {
                using var document = JsonDocument.Parse(line);
                entries.Add(Object(document.RootElement, where));
            }
            catch (JsonException exception)
            {
                throw new FormatException($"{where} is not JSON: {exception.Message}", exception);
            }
        }

        return entries;
    }

    private static Entry Object(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{where} must be an object, but is {element.ValueKind.ToString().ToLowerInvariant()}");
        if (!element.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            throw new FormatException($"{where} has no 'text'");
        if (!element.TryGetProperty("time", out var time) || time.ValueKind == JsonValueKind.Null)
            return new Entry(Characters(text, where), null);
        return PostTime.TryRead(time, out var at) ? new Entry(Characters(text, where), at) : throw new FormatException($"the 'time' of {where} is neither Unix time nor ISO 8601 with a zone");
    }

    private static string Characters(JsonElement text, string where)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"the 'text' of {where} has an escape that is no character", exception);
        }
    }

    private sealed record Entry(string Text, Instant? Time);
}
