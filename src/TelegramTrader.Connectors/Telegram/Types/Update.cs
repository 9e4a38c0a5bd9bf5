namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>
/// Something that happened, with at most one of its contents set. None is set for a kind that we don't know,
/// and for one that could not be read, which says so in <see cref="Problem"/>; the id is known in any case, so that polling moves on.
/// </summary>
public sealed record Update
{
    public required long UpdateId { get; init; }

    /// <summary>The field that holds the content, such as <c>message</c> or <c>poll</c>; empty when there is none.</summary>
    public string Kind { get; init; } = "";

    public Message? Message { get; init; }

    public Message? EditedMessage { get; init; }

    public CallbackQuery? CallbackQuery { get; init; }

    /// <summary>Why the content could not be read, naming the field; null when it could.</summary>
    public string? Problem { get; init; }

    public bool HasContent => Message is not null || EditedMessage is not null || CallbackQuery is not null;

    /// <summary>Without what people wrote.</summary>
    public override string ToString() => $"update {UpdateId} ({(Kind.Length == 0 ? "empty" : Kind)})";
}
