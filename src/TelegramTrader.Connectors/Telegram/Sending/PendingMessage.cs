namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>A message on its way: which parts are out, and how it has fared. Guarded by the sender's lock.</summary>
internal sealed class PendingMessage(OutgoingMessage message, IEnumerable<OutgoingPart> parts, long sequence, CancellationToken cancellationToken)
{
    private readonly List<OutgoingPart> _parts = [.. parts];
    private readonly List<long> _sent = [];
    private TimeSpan? _answeredWithTroubleSince;

    public OutgoingMessage Message => message;

    public CancellationToken CancellationToken => cancellationToken;

    public TaskCompletionSource<SendOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Order within a priority; a newer edit of a card takes over that of the one it supersedes.</summary>
    public long Sequence { get; set; } = sequence;

    /// <summary>Where it goes, which changes once when the group becomes a supergroup.</summary>
    public long ChatId { get; private set; } = message.ChatId;

    public bool HasMigrated => ChatId != message.ChatId;

    public bool IsUnderway { get; set; }

    /// <summary>Telegram refused the markup: from now on without.</summary>
    public bool AsPlainText { get; set; }

    public int Failures { get; private set; }

    /// <summary>Not to be tried before, on the sender's clock.</summary>
    public TimeSpan NotBefore { get; private set; }

    public IReadOnlyList<long> Sent => _sent;

    public bool IsComplete => _sent.Count == _parts.Count;

    public OutgoingPart Part => _parts[_sent.Count];

    /// <summary>Whether the next part edits <see cref="OutgoingMessage.EditMessageId"/>; further parts are new messages.</summary>
    public bool IsEdit => message.EditMessageId is not null && _sent.Count == 0;

    public bool IsFirstPart => _sent.Count == 0;

    public void Migrate(long chatId) => ChatId = chatId;

    public void PartSent(long messageId)
    {
        _sent.Add(messageId);
        Failures = 0;
        NotBefore = TimeSpan.Zero;
        _answeredWithTroubleSince = null;
    }

    /// <summary>Telegram found the part too long: it goes on in smaller ones. False when it can't be made smaller.</summary>
    public bool TryDividePart()
    {
        var index = _sent.Count;
        var pieces = _parts[index].Divide();
        if (pieces.Count < 2)
            return false;
        _parts.RemoveAt(index);
        _parts.InsertRange(index, pieces);
        return true;
    }

    /// <summary>Telegram doesn't take the file of the next part: it goes on with the text alone. False when there is no text.</summary>
    public bool TryDropFile()
    {
        var index = _sent.Count;
        if (_parts[index].Attachment is null)
            return false;
        if (_parts[index].Text is { } text)
            _parts[index] = new OutgoingPart(text);
        else if (index + 1 < _parts.Count)
            _parts.RemoveAt(index);
        else
            return false;
        return true;
    }

    /// <param name="answered">Whether there was an answer, if a bad one.</param>
    public void Failed(TimeSpan now, bool answered, Func<int, TimeSpan> wait)
    {
        Failures++;
        NotBefore = now + wait(Failures);
        _answeredWithTroubleSince = answered ? _answeredWithTroubleSince ?? now : null;
    }

    /// <summary>Only server errors for so long: it may be this message that the server can't stand.</summary>
    public bool IsStuck(TimeSpan now, TimeSpan after) => _answeredWithTroubleSince is { } since && now - since >= after;
}
