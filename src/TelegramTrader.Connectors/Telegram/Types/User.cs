namespace TelegramTrader.Connectors.Telegram.Types;

public sealed record User
{
    /// <summary>Stays the same for the life of the account, unlike the name. Up to 52 bits.</summary>
    public required long Id { get; init; }

    public required bool IsBot { get; init; }

    public required string FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>Without the @.</summary>
    public string? Username { get; init; }

    /// <summary>An IETF tag such as <c>en</c> or <c>pt-br</c>.</summary>
    public string? LanguageCode { get; init; }
}
