using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>
/// Reads a batch of updates one by one, so that an update that can't be read costs only itself and not the batch –
/// nor, since the same batch would come again, the bot.
/// </summary>
internal sealed class UpdateListConverter : JsonConverter<IReadOnlyList<Update>>
{
    private static readonly string[] KnownKinds = ["message", "edited_message", "callback_query"];

    public override IReadOnlyList<Update> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new JsonException();
        var updates = new List<Update>(document.RootElement.GetArrayLength());
        foreach (var element in document.RootElement.EnumerateArray())
            if (ReadOne(element, options) is { } update)
                updates.Add(update);
        // Updates without an id can be passed over only when a later one moves the offset; otherwise they would come for ever.
        if (updates.Count == 0 && document.RootElement.GetArrayLength() > 0)
            throw new JsonException("No update has a readable update_id.");
        return updates;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Update> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Updates are only read.");

    private static Update? ReadOne(JsonElement element, JsonSerializerOptions options)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("update_id", out var id)
            || id.ValueKind != JsonValueKind.Number
            || !id.TryGetInt64(out var updateId))
            return null;
        // By name and not by place: a new version of the Bot API may put further fields before the content.
        var kind = Array.Find(KnownKinds, known => element.TryGetProperty(known, out _))
            ?? element.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => name != "update_id")
            ?? "";
        var empty = new Update { UpdateId = updateId, Kind = kind };
        try
        {
            return kind switch
            {
                "message" => empty with { Message = Content<Message>(element, kind, options) },
                "edited_message" => empty with { EditedMessage = Content<Message>(element, kind, options) },
                "callback_query" => empty with { CallbackQuery = Content<CallbackQuery>(element, kind, options) },
                _ => empty,
            };
        }
        // InvalidOperationException: half of a surrogate pair in a string.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return empty with { Problem = Where(kind, exception) };
        }
    }

    private static T Content<T>(JsonElement update, string kind, JsonSerializerOptions options) =>
        update.GetProperty(kind).Deserialize<T>(options) ?? throw new JsonException();

    private static string Where(string kind, Exception exception)
    {
        var path = (exception as JsonException)?.Path is { Length: > 1 } known ? known[1..] : "";
        return $"{kind}{path} is missing a field or has one of an unexpected type";
    }
}
