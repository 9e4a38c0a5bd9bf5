using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.TelegramFront;

/// <summary>Registers the commands with Telegram's menu, made from the registry.</summary>
public sealed class CommandMenu(ITelegramApi api, CommandRegistry registry, ILogger<CommandMenu> log)
{
    private const int LongestDescription = 256;

    public async Task RegisterAsync(CancellationToken cancellation)
    {
        var commands = registry.All.Select(command => new BotCommand(command.Name, Short($"{command.Help}{(command.Arguments.Length > 0 ? $" ({command.Arguments})" : "")}"))).ToArray();
        var result = await api.SendAsync(new SetMyCommands(commands), cancellation);
        if (result is not TelegramResult<bool>.Ok)
            log.LogWarning("The command menu could not be registered: {Result}. The commands work all the same.", result);
    }

    private static string Short(string text) => text.Length <= LongestDescription ? text : text[..LongestDescription];
}
