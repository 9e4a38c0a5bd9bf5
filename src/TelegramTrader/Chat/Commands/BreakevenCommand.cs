using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class BreakevenCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "breakeven";

    public override string Arguments => "NUMBER";

    public override string Help => "move a trade's stop to its entry";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var word] || !TryNumber(word, out var number))
            return Usage("Which trade?");
        return Result(await Desk.CommandAsync(new OperatorCommand.MoveStopToEntry(number) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }));
    }
}
