using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ResumeCommand(TradingDesk desk, Formats formats, DeskParts parts) : ChatCommand(desk, formats)
{
    public override string Name => "resume";

    public override string Help => "end a pause or a stop; an emergency stop only for an admin";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (parts.Live?.Lock is { IsOpen: false })
            return ChatAnswer.Of("Not done: live trading on this account was not confirmed yet. An admin does it with /live.");
        var result = await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.Active, "/resume", null) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        return result is OperatorResult.Done ? ChatAnswer.Of("Trading is active: new signals are traded again.") : Result(result);
    }
}
