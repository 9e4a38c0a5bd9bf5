using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Chat.Teaching;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Parsing.Reports;

namespace TelegramTrader.Cli;

/// <summary>
/// <c>parse</c>: reads one JSON object a line (<c>id</c> and <c>text</c>; <c>channel</c> and <c>reply_to</c> when known) and writes what the
/// parser makes of it, one object a line, in the same order. A line that can't be read gives one error that names it, and the rest goes on.
/// </summary>
public static class ParseVerb
{
    private const int Done = 0;
    private const int Failed = 1;
    private const string UnknownChannel = "unknown";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <param name="channel">As whose posts they are read.</param>
    /// <returns>0 when every line was read; 1 when at least one was not, with each such line named on <paramref name="errors"/>.</returns>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, TextWriter errors, ChannelSettings channel, CancellationToken cancellationToken)
    {
        var parser = new SignalParser();
        var broken = 0;
        for (var number = 1L; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (!TryRead(line, number, out var id, out var message, out var error))
            {
                broken++;
                await errors.WriteLineAsync($"line {number}: {error}".AsMemory(), cancellationToken);
                continue;
            }

            var report = ParseReporter.Report(id, PostReading.Read(parser, message, channel));
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Json).AsMemory(), cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
        return broken == 0 ? Done : Failed;
    }

    private static bool TryRead(string line, long number, out string id, out ChannelMessage message, out string error)
    {
        id = "";
        message = Message(UnknownChannel, number, "", null);
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Fail($"expected a JSON object, found {Kind(root)}", out error);
            if (!root.TryGetProperty("id", out var idValue) || Scalar(idValue) is not { Length: > 0 } idText)
                return Fail("the object has no 'id'", out error);
            if (!root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
                return Fail($"the object with id '{idText}' has no 'text'", out error);
            var channel = root.TryGetProperty("channel", out var channelValue) ? Scalar(channelValue) : null;
            long? replyTo = root.TryGetProperty("reply_to", out var reply) && reply.ValueKind == JsonValueKind.Number && reply.TryGetInt64(out var replied) ? replied
                : reply.ValueKind == JsonValueKind.String ? 0 : null;
            id = idText;
            message = Message(string.IsNullOrWhiteSpace(channel) ? UnknownChannel : channel, number, text.GetString() ?? "", replyTo);
            error = "";
            return true;
        }
        catch (JsonException problem)
        {
            return Fail($"not JSON: {FirstSentence(problem.Message)}", out error);
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair passes as JSON and can't be turned into text.
            return Fail("the text has an escape that is no character", out error);
        }
    }

    private static ChannelMessage Message(string channel, long number, string text, long? replyTo) => new()
    {
        Channel = new ChannelId(channel),
        MessageId = number,
        PostedAt = Instant.Epoch,
        ReceivedAt = Instant.Epoch,
        Text = text,
        ReplyTo = replyTo,
    };

    private static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string Kind(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.');
}
