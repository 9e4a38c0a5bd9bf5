using System.Text;
using System.Text.Json;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Web.Webhook;

/// <summary>
/// A body as it was understood: plain text, or a JSON object with a <c>text</c> or <c>message</c>, or the fields of an alert (<see cref="AlertText"/>). An object may bring a
/// <c>secret</c>, an <c>id</c> and a <c>time</c> or <c>timestamp</c>.
/// </summary>
internal sealed record WebhookBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As the parser is to read it; empty where there is a problem.</summary>
    public string Text { get; private init; } = "";

    public string? Secret { get; private init; }

    public string? Id { get; private init; }

    public Instant? Time { get; private init; }

    /// <summary>Why it can't be used, in words that repeat nothing of it but names and short values; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>It is not even text or JSON, rather than JSON that says something else.</summary>
    public bool IsMalformed { get; private init; }

    public static WebhookBody Read(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        }
        catch (DecoderFallbackException)
        {
            return Malformed("the body is not UTF-8");
        }

        if (text.Length == 0)
            return Malformed("the body is empty");
        if (text[0] is not ('{' or '['))
            return new WebhookBody { Text = text };
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Object(document.RootElement) : Malformed("the body must be a JSON object or plain text, but is a list");
        }
        catch (JsonException)
        {
            return Malformed("the body begins like JSON and is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            return Malformed("the body has an escape that is no character");
        }
    }

    private static WebhookBody Object(JsonElement root)
    {
        var fields = new AlertFields(root);
        var body = new WebhookBody { Secret = fields.Text("secret"), Id = fields.Scalar("id") };
        if (fields.Find("time", "timestamp", "timenow") is { } time)
        {
            if (!PostTime.TryRead(time, out var at))
                return body with { Problem = "its time is neither Unix time nor ISO 8601 with a zone" };
            body = body with { Time = at };
        }

        if (fields.Text("text", "message") is { } words)
            return string.IsNullOrWhiteSpace(words) ? body with { Problem = "its text is empty" } : body with { Text = words };
        var (text, problem) = AlertText.Of(fields);
        return body with { Text = text ?? "", Problem = problem };
    }

    private static WebhookBody Malformed(string problem) => new() { Problem = problem, IsMalformed = true };
}
