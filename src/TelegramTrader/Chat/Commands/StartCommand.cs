using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class StartCommand(TradingDesk desk, Formats formats, DeskParts parts) : ChatCommand(desk, formats)
{
    public override string Name => "start";

    public override string Help => "(re)activate trading; greets whoever is new";

    public override CommandGroup Group => CommandGroup.See;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        var text = new AnswerBuilder();
        // Telegram sends /start when a chat is opened; somebody who may only look must not be refused for it.
        if (parts.Live?.Lock is { IsOpen: false })
        {
            text.Line("Live trading on this account was not confirmed yet; an admin does it with /live.");
        }
        else if (snapshot.Trading.Mode != TradingMode.Active && request.User.Role >= Role.Trader)
        {
            var result = await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.Active, "/start", null) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
            if (result is OperatorResult.Refused)
                return Result(result);
            text.Line("Trading is active again.");
        }

        return text
            .Heading("TelegramTrader")
            .Line("I read the signal channels you follow, check the risk, trade what passes, keep every position protected and tell you what happens.")
            .Line("/status shows how things stand, /positions what is open, /why NUMBER how something was decided. /help lists everything.")
            .Build();
    }
}
