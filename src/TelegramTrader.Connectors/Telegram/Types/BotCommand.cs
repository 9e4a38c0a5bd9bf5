namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>A line of the command menu.</summary>
/// <param name="Command">1 to 32 of a–z, 0–9 and _, without the slash.</param>
/// <param name="Description">1 to 256 characters.</param>
public sealed record BotCommand(string Command, string Description);

/// <summary>Who is shown a command menu. The narrowest menu that fits a person wins.</summary>
public sealed record BotCommandScope
{
    private BotCommandScope(string type) => Type = type;

    public string Type { get; }

    public long? ChatId { get; private init; }

    public long? UserId { get; private init; }

    public static BotCommandScope Everyone { get; } = new("default");

    public static BotCommandScope PrivateChats { get; } = new("all_private_chats");

    public static BotCommandScope Groups { get; } = new("all_group_chats");

    public static BotCommandScope GroupAdministrators { get; } = new("all_chat_administrators");

    public static BotCommandScope OneChat(long chatId) => new("chat") { ChatId = chatId };

    public static BotCommandScope AdministratorsOf(long chatId) => new("chat_administrators") { ChatId = chatId };

    public static BotCommandScope Member(long chatId, long userId) => new("chat_member") { ChatId = chatId, UserId = userId };
}
