using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>
/// In the private chat of an admin the conversation itself is led by <see cref="TelegramFront.ChatLogin"/>, which takes the command before it comes here; everywhere else
/// this says where to go.
/// </summary>
public sealed class LoginCommand(TradingDesk desk, Formats formats, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "login";

    public override string Help => "log the account in that reads the channels (only in your private chat with the bot)";

    public override CommandGroup Group => CommandGroup.Keep;

    public override Role Role => Role.Admin;

    public override Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation) => Task.FromResult(services.GetService<ChannelParts>() switch
    {
        null => ChannelAnswers.NotSetUp,
        { Account.State: AccountState.Ready ready } => ChatAnswer.Of($"Logged in already, as {ready.Account.Name}."),
        _ => ChatAnswer.Of("A login is only led in your private chat with the bot: send /login there. At the terminal, with the bot stopped: channels login"),
    });
}
