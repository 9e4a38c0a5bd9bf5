namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>A message that we received, with the fields that are used. One that is too old to be shown has only its id, chat and date 1970.</summary>
public sealed record Message
{
    public required long MessageId { get; init; }

    public required Chat Chat { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Who wrote it; null in channels.</summary>
    public User? From { get; init; }

    /// <summary>The chat in whose name it was written: a channel, or a group whose admin stays anonymous.</summary>
    public Chat? SenderChat { get; init; }

    public long? MessageThreadId { get; init; }

    public bool? IsTopicMessage { get; init; }

    public DateTimeOffset? EditDate { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<MessageEntity>? Entities { get; init; }

    /// <summary>The text under a picture or a file.</summary>
    public string? Caption { get; init; }

    public IReadOnlyList<MessageEntity>? CaptionEntities { get; init; }

    public Message? ReplyToMessage { get; init; }

    public MessageOrigin? ForwardOrigin { get; init; }

    /// <summary>The group became a supergroup with this id.</summary>
    public long? MigrateToChatId { get; init; }

    /// <summary>Without what people wrote.</summary>
    public override string ToString() => $"message {MessageId} in chat {Chat.Id}";
}

/// <summary>Where a forwarded message comes from.</summary>
public sealed record MessageOrigin
{
    /// <summary><c>user</c>, <c>hidden_user</c>, <c>chat</c> or <c>channel</c>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>The channel it was posted in.</summary>
    public Chat? Chat { get; init; }

    /// <summary>Its id in that channel.</summary>
    public long? MessageId { get; init; }

    public User? SenderUser { get; init; }

    /// <summary>The group it was written in, or in whose name.</summary>
    public Chat? SenderChat { get; init; }
}

/// <summary>A special part of a text. Offset and length count UTF-16 units.</summary>
public sealed record MessageEntity
{
    /// <summary>Such as <c>bot_command</c>, <c>mention</c>, <c>url</c>; more kinds may come.</summary>
    public required string Type { get; init; }

    public required int Offset { get; init; }

    public required int Length { get; init; }

    /// <summary>The address behind a <c>text_link</c>.</summary>
    public string? Url { get; init; }
}

/// <summary>
/// Which message was sent or edited. Telegram answers with the whole message; reading only this keeps a message that we
/// can't read otherwise from being taken for unsent and sent again.
/// </summary>
public sealed record MessageReceipt
{
    public required long MessageId { get; init; }
}
