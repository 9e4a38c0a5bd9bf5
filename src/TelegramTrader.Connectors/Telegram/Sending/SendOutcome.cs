namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>What came of a message: one of a closed set. "Not yet" is none of them: the sender goes on until it knows or is cancelled.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The parts that are in the chat now, in order; possibly some even when a later one was refused.</summary>
    public IReadOnlyList<long> MessageIds { get; init; } = [];

    /// <summary>
    /// All of it is there. After a time-out it may be there twice: Telegram has no way to tell, and twice is better than not at all.
    /// </summary>
    /// <param name="ChatId">Another than asked for when the group became a supergroup; the old id is dead.</param>
    /// <param name="AsPlainText">Telegram refused the markup of a part: our mistake, to be looked at.</param>
    public sealed record Delivered(long ChatId, bool AsPlainText) : SendOutcome;

    /// <summary>The message to edit is gone: send it anew.</summary>
    public sealed record EditTargetGone(TelegramRefusal Refusal) : SendOutcome;

    /// <summary>Telegram said no for good, such as "bot was blocked by the user".</summary>
    public sealed record Refused(TelegramRefusal Refusal) : SendOutcome;

    /// <summary>Not taken: too many wait already. Only notices and cards.</summary>
    public sealed record QueueFull(int Waiting, int Limit) : SendOutcome;

    /// <summary>A newer edit of the same card took its place before it was sent.</summary>
    public sealed record Superseded : SendOutcome;
}
