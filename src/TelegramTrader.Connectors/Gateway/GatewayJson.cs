using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelegramTrader.Connectors.Gateway;

/// <summary>How requests to the gateway are written and its answers are read.</summary>
internal static class GatewayJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        // What is missing was agreed on and must not turn into zero.
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static byte[] Request(long id, string method, object? parameters) =>
        JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id, method, @params = parameters ?? new { } }, Options);

    /// <summary>The result as the type, or the refusal that it does not fit.</summary>
    public static GatewayAnswer<T> Read<T>(string method, JsonElement result)
    {
        try
        {
            if (result.Deserialize<T>(Options) is { } value)
                return new GatewayAnswer<T>.Ok(value);
            return Unreadable<T>(method, "it is empty");
        }
        catch (JsonException exception)
        {
            return Unreadable<T>(method, $"{exception.Path}: not a {typeof(T).Name}");
        }
    }

    public static GatewayRefusal Refusal(JsonElement error)
    {
        var message = error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "The gateway refused without a reason.";
        if (!error.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return new GatewayRefusal(GatewayRefusalKind.Other, message);
        var kindName = data.TryGetProperty("kind", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        var kind = Enum.TryParse<GatewayRefusalKind>(kindName, ignoreCase: true, out var known) ? known : GatewayRefusalKind.Other;
        // Bounded, because a wait of years is a fault and not a wish.
        TimeSpan? wait = data.TryGetProperty("seconds", out var seconds) && seconds.TryGetInt64(out var number) ? TimeSpan.FromSeconds(Math.Clamp(number, 0, 86_400)) : null;
        // Only a refusal that is about an exchange says whether it may have had its effect.
        if (!data.TryGetProperty("mayHaveHappened", out var may) || may.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return new GatewayRefusal(kind, message, wait);
        var code = data.TryGetProperty("exchangeCode", out var codeText) && codeText.ValueKind == JsonValueKind.String ? codeText.GetString()! : "";
        return new GatewayRefusal(GatewayRefusalKind.Exchange, message, wait) { Exchange = new ExchangeRefusal(kindName, code, may.GetBoolean()) };
    }

    private static GatewayAnswer<T> Unreadable<T>(string method, string why) =>
        new GatewayAnswer<T>.Refused(new GatewayRefusal(GatewayRefusalKind.Other, $"The gateway's answer to {method} cannot be read ({why})."));
}
