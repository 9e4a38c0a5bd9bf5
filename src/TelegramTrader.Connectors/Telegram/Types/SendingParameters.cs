namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>Which message is answered.</summary>
/// <param name="AllowSendingWithoutReply">Send it all the same when that message is gone; otherwise Telegram refuses.</param>
public sealed record ReplyParameters(long MessageId, bool? AllowSendingWithoutReply = null);

/// <summary>Whether addresses in the text unfold into a picture and a summary.</summary>
public sealed record LinkPreviewOptions(bool IsDisabled);

/// <summary>A file to upload, whole in memory, so that it can be sent again after a failure.</summary>
/// <param name="Name">With its extension, which decides how it is shown.</param>
public sealed record InputFile(string Name, ReadOnlyMemory<byte> Content, string MediaType = "application/octet-stream");
