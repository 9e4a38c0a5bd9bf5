using System.Globalization;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.TelegramFront;

/// <summary>People who are not on the list: they get no answer, and an admin hears of each of them once, over restarts.</summary>
/// <param name="adminChatId">Where the report goes; null when nobody is to be told.</param>
/// <param name="meet">Notes somebody down; true the first time.</param>
public sealed class Strangers(TelegramSender sender, long? adminChatId, Func<long, Task<bool>> meet, ILogger<Strangers> log)
{
    public async Task MeetAsync(User from, Connectors.Telegram.Types.Chat chat, CancellationToken cancellation)
    {
        if (!await meet(from.Id))
            return;
        log.LogWarning("User {User} wrote in chat {Chat} and is not on the list", from.Id, chat.Id);
        if (adminChatId is not { } admin)
            return;
        var text = new AnswerBuilder()
            .Bold("Somebody who is not on the list wrote to me").EndRow()
            .Plain("User id ").Code(from.Id.ToString(CultureInfo.InvariantCulture))
            .Plain($", {from.FirstName}{(from.Username is { } name ? $" @{name}" : "")}, in chat ").Code(chat.Id.ToString(CultureInfo.InvariantCulture)).EndRow()
            .Line("They got no answer. To let them in, add the id to Telegram:Users in the settings.");
        // Not waited for: telling the admin must not hold up the next update.
        _ = sender.SendAsync(new OutgoingMessage { ChatId = admin, Text = TelegramMarkup.Write(text.Build()), Priority = MessagePriority.Notice }, cancellation);
    }
}
