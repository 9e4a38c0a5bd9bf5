namespace TelegramTrader.Connectors.Telegram.Types;

public sealed record Chat
{
    /// <summary>Positive for private chats, negative for groups and channels. Up to 52 bits.</summary>
    public required long Id { get; init; }

    /// <summary><c>private</c>, <c>group</c>, <c>supergroup</c> or <c>channel</c>.</summary>
    public required string Type { get; init; }

    public string? Title { get; init; }

    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>A supergroup with topics.</summary>
    public bool? IsForum { get; init; }
}
