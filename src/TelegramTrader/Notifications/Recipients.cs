using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Settings;

namespace TelegramTrader.Notifications;

/// <summary>Which chats hear of what.</summary>
public sealed class Recipients(TelegramSettings settings)
{
    /// <summary>The admin chat or, where none is set, the private chat of the first admin, whose id is the person's own; none without a bot token.</summary>
    public IReadOnlyList<long> All { get; } = settings.BotToken is null ? []
        : settings.AdminChatId is { } chat ? [chat]
        : [.. settings.Users.Where(user => user.Role == Role.Admin).Take(1).Select(user => user.Id)];

    public IReadOnlyList<long> Of(Notification notification) => All;
}
