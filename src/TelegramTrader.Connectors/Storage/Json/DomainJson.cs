using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TelegramTrader.Connectors.Storage.Json;

/// <summary>
/// The facts of the domain as JSON: instants as Unix milliseconds, prices, quantities and money as exact text, closed sets with their case in
/// <c>$kind</c>. What is computed is not written; what is null is left out unless it has to be given. Reading is strict: an unknown case or a missing
/// value throws <see cref="JsonException"/>.
/// </summary>
public static class DomainJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Throws <see cref="JsonException"/> when the text is not such a value.</summary>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was expected and the text is null.");

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            // A parser's confidence that is no number must not be what stops the engine.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            // The text stays on this machine and in our own log format; escaping all but ASCII would make six bytes of every Cyrillic letter.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ClosedSets.NameCases, WriteRequiredNulls } },
        };
        foreach (var converter in DomainConverters.All)
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    private static void WriteRequiredNulls(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
            if (property.IsRequired)
                property.ShouldSerialize = static (_, _) => true;
    }
}
