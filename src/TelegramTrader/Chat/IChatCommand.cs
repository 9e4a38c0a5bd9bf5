using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>What a command does to the money at risk; decides whether it may be carried out late.</summary>
public enum CommandEffect
{
    /// <summary>Only looks.</summary>
    Reads,

    /// <summary>Makes risk smaller: carried out even when it comes late.</summary>
    LowersRisk,

    /// <summary>Makes risk larger: expires.</summary>
    RaisesRisk,
}

/// <summary>The groups of the help page.</summary>
public enum CommandGroup
{
    See,
    Do,
    Learn,
    Keep,
}

/// <summary>
/// One command: name, help, role, action and answer in one file. Menu, help and rights are made from these. Used by every chat front alike.
/// </summary>
public interface IChatCommand
{
    /// <summary>Without the slash; 1 to 32 of a–z, 0–9 and _.</summary>
    string Name { get; }

    /// <summary>The arguments as shown in the help, for example <c>NUMBER [PERCENT]</c>; empty for none.</summary>
    string Arguments { get; }

    /// <summary>One line.</summary>
    string Help { get; }

    CommandGroup Group { get; }

    Role Role { get; }

    CommandEffect Effect { get; }

    Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation);
}

/// <summary>What a person asked for.</summary>
/// <param name="Id">Unique; the same id is carried out once.</param>
/// <param name="User">Who asked; the role was checked.</param>
/// <param name="Arguments">The words after the command.</param>
/// <param name="Text">Everything after the command, as written, line breaks included.</param>
/// <param name="AskedAt">When the person sent it.</param>
/// <param name="ReceivedAt">When we got it.</param>
/// <param name="IsConfirmed">The person confirmed it with a button that had not expired.</param>
/// <param name="Quoted">The text of the message that this one answers; null when it answers none.</param>
public sealed record ChatRequest(
    string Id, ChatUser User, IReadOnlyList<string> Arguments, string Text, Instant AskedAt, Instant ReceivedAt, bool IsConfirmed, string? Quoted)
{
    /// <summary>The chat it was asked in; null at the terminal.</summary>
    public ChatPlace? Place { get; init; }
}

/// <param name="ThreadId">The topic, in a group that has them.</param>
public sealed record ChatPlace(long ChatId, long? ThreadId);

/// <param name="Name">How the person is called in the records of who did what.</param>
public sealed record ChatUser(string Id, string Name, Role Role);
