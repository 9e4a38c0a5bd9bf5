using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelegramTrader.Connectors.Storage.Json;

/// <summary>A value that is one text in JSON. A value that could not be read back is refused when it is written, not when it is missed.</summary>
/// <param name="parse">Throws <see cref="FormatException"/> or <see cref="ArgumentException"/> for a text that is no such value.</param>
/// <param name="format">Gives null for a value that was never set.</param>
internal sealed class TextConverter<T>(Func<string, T> parse, Func<T, string?> format) : JsonConverter<T>
    where T : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"A {typeof(T).Name} is a text, not {reader.TokenType}.");
        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new JsonException($"'{text}' is not a {typeof(T).Name}.", exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(format(value) ?? throw new JsonException($"A {typeof(T).Name} without a value can't be written."));
}
