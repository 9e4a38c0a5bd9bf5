using System.Globalization;
using System.Text;
using System.Text.Json;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>One message of an export from its JSON. What is not known is passed over; what is needed and missing is an <see cref="ExportException"/>.</summary>
internal sealed class ExportMessages(TimeZoneInfo zone)
{
    // The last moment that can be written as a date.
    private const long LastSecond = 253_402_300_799;

    private static readonly string[] MediaNames = ["photo", "file", "media_type", "poll", "location_information", "contact_information"];

    public ExportPiece Read(JsonElement message, ExportedChat chat, long offset)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new ExportException(offset, $"a message must be an object, but is {message.ValueKind.ToString().ToLowerInvariant()}");
        var type = message.TryGetProperty("type", out var kind) ? TextOf(kind, offset) : null;
        if (type != "message")
            return new ExportPiece.NoPost();
        if (!message.TryGetProperty("id", out var idValue) || Whole(idValue) is not { } id)
            throw new ExportException(offset, "a message has no 'id' that is a whole number");
        var (posted, isZoneless) = Date(message, "date", offset) ?? throw new ExportException(offset, string.Create(CultureInfo.InvariantCulture, $"message {id} has neither 'date_unixtime' nor 'date'"));
        return new ExportPiece.Post(
            chat, id, posted, Date(message, "edited", offset)?.At, message.TryGetProperty("text", out var text) ? Text(text, offset) : "",
            // An answer to a message of another chat names that chat too.
            message.TryGetProperty("reply_to_message_id", out var reply) && !message.TryGetProperty("reply_to_peer_id", out _) ? Whole(reply) : null,
            MediaNames.Any(name => message.TryGetProperty(name, out var media) && media.ValueKind != JsonValueKind.Null), isZoneless);
    }

    /// <summary>The text, or null for null.</summary>
    public static string? TextOf(JsonElement value, long offset)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Null => null,
                _ => throw new ExportException(offset, $"a text must stand here, but it is {value.ValueKind.ToString().ToLowerInvariant()}"),
            };
        }
        catch (InvalidOperationException exception)
        {
            throw new ExportException(offset, "a text has bytes or escapes that are no characters", exception);
        }
    }

    /// <summary>A text as it is, or put together from a list of texts and of objects (bold, links and so on) that have one.</summary>
    private static string Text(JsonElement value, long offset)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return TextOf(value, offset) ?? "";
        var text = new StringBuilder();
        foreach (var part in value.EnumerateArray())
            if (part.ValueKind != JsonValueKind.Object)
                text.Append(TextOf(part, offset));
            else if (part.TryGetProperty("text", out var inner))
                text.Append(TextOf(inner, offset));
        return text.ToString();
    }

    private (Instant At, bool IsZoneless)? Date(JsonElement message, string name, long offset)
    {
        // An edit that never was is left out, or 0, or in old exports a date of the year 1970.
        if (message.TryGetProperty(name + "_unixtime", out var seconds) && seconds.ValueKind != JsonValueKind.Null)
            return Whole(seconds) == 0 && name == "edited" ? null : Whole(seconds) is { } whole and > 0 and <= LastSecond
                ? (new Instant(whole * 1000), false)
                : throw new ExportException(offset, $"'{name}_unixtime' must be a number of seconds from 1 to {LastSecond.ToString(CultureInfo.InvariantCulture)}, but is {Short(seconds)}");
        if (!message.TryGetProperty(name, out var date) || date.ValueKind == JsonValueKind.Null)
            return null;
        if (!DateTime.TryParseExact(TextOf(date, offset), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year > 9998)
            throw new ExportException(offset, $"'{name}' must be a date such as 2024-05-06T12:00:00, but is {Short(date)}");
        return local.Year < 2000 ? null : (Instant.From(new DateTimeOffset(local, zone.GetUtcOffset(local))), true);
    }

    private static long? Whole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetRawText().Trim('"'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string Short(JsonElement value) => value.GetRawText() is var raw && raw.Length > 40 ? raw[..40] + "…" : raw;
}
