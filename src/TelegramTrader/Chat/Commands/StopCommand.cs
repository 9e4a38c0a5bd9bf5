using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class StopCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "stop";

    public override string Help => "no new entries until /start; positions stay managed";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var result = await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "/stop", null) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        return result is OperatorResult.Done done
            ? new AnswerBuilder()
                .Line("Stopped: no new entries until /start. It stays so after a restart.")
                .Line($"Positions stay managed with their stops and targets: {Numbers(done.StillOpen)}. Waiting entries stay and may still be filled; /close NUMBER withdraws one.")
                .Build()
            : Result(result);
    }
}
