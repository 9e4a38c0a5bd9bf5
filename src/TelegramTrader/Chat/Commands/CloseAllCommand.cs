using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class CloseAllCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "closeall";

    public override string Help => "close every position and withdraw every entry";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.IsConfirmed)
            return Result(await Desk.CommandAsync(new OperatorCommand.CloseAll { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }));
        var snapshot = await Desk.SnapshotAsync();
        if (snapshot.Trades.Count == 0)
            return ChatAnswer.Of("Nothing is open and nothing waits.");
        var text = new AnswerBuilder().Line("Close all of these at the market and withdraw their entries?");
        foreach (var view in snapshot.Trades)
            text.Line($"#{view.Trade.Number} {Formats.Side(view.Trade.Side)} {view.Trade.Instrument.Symbol} {(view.Trade.OpenQuantity.IsZero ? "waiting" : $"{Formats.Quantity(view.Trade.OpenQuantity)} {(view.NetNow is { } net ? Formats.Change(net) : "")}")}");
        return Confirmation.Ask(text, request, $"Yes, close {snapshot.Trades.Count}", "/closeall").Build();
    }
}
