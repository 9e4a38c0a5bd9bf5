using System.Text.Json;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A button as people see it.</summary>
public sealed record BotApiButton(string Text, string? Data, string? Url);

/// <summary>A file that was sent with a message.</summary>
public sealed record BotApiFile(string Name, ReadOnlyMemory<byte> Content, bool IsPhoto);

/// <summary>A message as it stands in its chat.</summary>
public sealed record BotApiMessage
{
    public required long ChatId { get; init; }

    public required long MessageId { get; init; }

    /// <summary>Who wrote it; null for the bot.</summary>
    public long? UserId { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Without markup; of a file, the caption.</summary>
    public required BotApiText Content { get; init; }

    public string Text => Content.Text;

    public bool IsSilent { get; init; }

    public long? ThreadId { get; init; }

    public long? ReplyTo { get; init; }

    public BotApiFile? File { get; init; }

    /// <summary>The keyboard as it was sent; undefined when there is none.</summary>
    public JsonElement Markup { get; init; }

    public int Edits { get; init; }

    public IReadOnlyList<IReadOnlyList<BotApiButton>> Keyboard =>
        Markup.ValueKind == JsonValueKind.Undefined
            ? []
            : [.. Markup.GetProperty("inline_keyboard").EnumerateArray().Select(row => (IReadOnlyList<BotApiButton>)[.. row.EnumerateArray().Select(ButtonOf)])];

    private static BotApiButton ButtonOf(JsonElement button) => new(
        button.GetProperty("text").GetString()!,
        button.TryGetProperty("callback_data", out var data) ? data.GetString() : null,
        button.TryGetProperty("url", out var url) ? url.GetString() : null);
}
