using System.Globalization;
using System.Text.Json;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>Reads the envelope of every answer: <c>ok</c> with a <c>result</c>, or <c>error_code</c>, <c>description</c>, <c>parameters</c>.</summary>
internal static class TelegramAnswer
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    // Telegram always says how long; this is for a proxy in between that doesn't.
    private static readonly TimeSpan UnstatedRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Never throws, whatever the body. The texts in the result are as they came and not yet scrubbed.</summary>
    public static TelegramResult<TResult> Read<TResult>(string method, int httpStatus, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("ok", out var ok))
                return Unreadable<TResult>(httpStatus, "is not an answer of the Bot API");
            return ok.ValueKind switch
            {
                JsonValueKind.True => ReadResult<TResult>(method, httpStatus, root),
                JsonValueKind.False => ReadError<TResult>(httpStatus, root),
                _ => Unreadable<TResult>(httpStatus, "is not an answer of the Bot API"),
            };
        }
        // InvalidOperationException: half of a surrogate pair in a string.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Unreadable<TResult>(httpStatus, "is not JSON");
        }
    }

    private static TelegramResult<TResult> ReadResult<TResult>(string method, int httpStatus, JsonElement root)
    {
        try
        {
            if (root.TryGetProperty("result", out var result) && result.Deserialize<TResult>(TelegramJson.Options) is { } value)
                return new TelegramResult<TResult>.Ok(value);
            return Unreadable<TResult>(httpStatus, $"to {method} has no result");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Unreadable<TResult>(httpStatus, $"to {method} has a result that can't be read at {(exception as JsonException)?.Path ?? "$"}");
        }
    }

    private static TelegramResult<TResult> ReadError<TResult>(int httpStatus, JsonElement root)
    {
        var code = Number(root, "error_code") is { } stated and > 0 and < 1000 ? (int)stated : httpStatus;
        var description = root.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "no description";
        var hasParameters = root.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object;
        if (code == 429)
            return new TelegramResult<TResult>.TooManyRequests(RetryAfter(hasParameters ? Number(parameters, "retry_after") : null, description));
        if (code >= 500)
            return new TelegramResult<TResult>.Unreachable($"HTTP {code.ToString(CultureInfo.InvariantCulture)}: {description}", httpStatus);
        return new TelegramResult<TResult>.Refused(new TelegramRefusal(code, description, hasParameters ? Number(parameters, "migrate_to_chat_id") : null));
    }

    private static TimeSpan RetryAfter(long? stated, string description)
    {
        if (stated is null)
        {
            const string phrase = "retry after ";
            var start = description.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && long.TryParse(description.AsSpan(start + phrase.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var written))
                stated = written;
        }
        return stated switch
        {
            null => UnstatedRetryAfter,
            < 1 => TimeSpan.FromSeconds(1),
            { } seconds => seconds >= LongestRetryAfter.TotalSeconds ? LongestRetryAfter : TimeSpan.FromSeconds(seconds),
        };
    }

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static TelegramResult<TResult> Unreadable<TResult>(int httpStatus, string what) => httpStatus switch
    {
        // Said with a page of its own by what stands before Telegram; the same file will never be small enough.
        413 => new TelegramResult<TResult>.Refused(new TelegramRefusal(413, "Request Entity Too Large")),
        _ => new TelegramResult<TResult>.Unreachable($"HTTP {httpStatus.ToString(CultureInfo.InvariantCulture)}, and the answer {what}", httpStatus),
    };
}
