using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>How requests are written and answers are read. Unknown fields are ignored, a missing or mistyped known one is an error.</summary>
internal static class TelegramJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The text goes to Telegram, never into a web page; escaping each letter beyond ASCII would triple it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        Converters = { new UpdateListConverter(), new UnixSecondsConverter() },
    };
}
