namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// A no from Telegram. Its codes are few and mean many things, so the cases we act on are told apart by the description;
/// the words were read from the server's published source and are compared without regard to case.
/// </summary>
/// <param name="ErrorCode">Mostly an HTTP status: 400, 401, 403, 404, 409, 413.</param>
/// <param name="MigrateToChatId">The group became a supergroup with this id; null otherwise.</param>
public sealed record TelegramRefusal(int ErrorCode, string Description, long? MigrateToChatId = null)
{
    public bool IsMarkupRefused => Is(400, "can't parse entities");

    /// <summary>An edit that would change nothing: the message already is as wanted.</summary>
    public bool IsNotModified => Is(400, "message is not modified");

    /// <summary>The message to edit is deleted, too old, not ours or has no text: send anew.</summary>
    public bool IsEditTargetGone =>
        Is(400, "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "there is no text in the message to edit");

    public bool IsDeleteTargetGone => Is(400, "message to delete not found", "message can't be deleted");

    public bool IsTextTooLong => Is(400, "message is too long", "text is too long", "MESSAGE_TOO_LONG", "caption is too long");

    /// <summary>The picture or file is what Telegram doesn't take, by its size, its form or the rights in this chat; the text alone may well go.</summary>
    public bool IsFileRefused =>
        ErrorCode == 413
        || Is(400, "PHOTO_INVALID_DIMENSIONS", "PHOTO_SAVE_FILE_INVALID", "PHOTO_EXT_INVALID", "IMAGE_PROCESS_FAILED", "file is too big", "wrong file", "not enough rights to send photos",
            "not enough rights to send documents", "CHAT_SEND_PHOTOS_FORBIDDEN", "CHAT_SEND_DOCS_FORBIDDEN", "CHAT_SEND_MEDIA_FORBIDDEN");

    /// <summary>Nothing can be sent to this chat until a person changes something: blocked, kicked, never started, no rights, unknown.</summary>
    public bool IsChatClosed =>
        ErrorCode == 403
        || Is(400, "chat not found", "user not found", "PEER_ID_INVALID", "CHAT_WRITE_FORBIDDEN", "group chat was deactivated", "not enough rights to send", "have no rights to send");

    /// <summary>A pressed button must be answered within about a minute; this one wasn't, or was answered already.</summary>
    public bool IsCallbackExpired => Is(400, "query is too old", "QUERY_ID_INVALID");

    public bool IsConflict => ErrorCode == 409;

    /// <summary>Updates go to a webhook, so that polling is refused.</summary>
    public bool IsWebhookActive => Is(409, "webhook");

    /// <summary>Another process polls with the same token.</summary>
    public bool IsAnotherInstance => IsConflict && !IsWebhookActive;

    /// <summary>The token is unknown or revoked. A token that can't be one is answered with a bare 404.</summary>
    public bool IsUnauthorised => ErrorCode == 401 || ErrorCode == 404 && Description == "Not Found";

    public override string ToString() => FormattableString.Invariant($"{ErrorCode} {Description}");

    private bool Is(int code, params ReadOnlySpan<string> phrases)
    {
        if (ErrorCode != code)
            return false;
        foreach (var phrase in phrases)
            if (Description.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
