using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>The emergency stop: the first tap acts at once and without a question, because it only lowers risk; the second flattens, after one.</summary>
public sealed class PanicCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "panic";

    public override string Arguments => "[flat]";

    public override string Help => "emergency stop: entries off and withdrawn at once; then, if you like, everything closed";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var flatten = request.Arguments is ["flat"];
        if (request.Arguments.Count > 0 && !flatten)
            return Usage($"'{request.Text}' is not known.");
        if (flatten && !request.IsConfirmed)
            return await AskToFlattenAsync(request);
        var result = await Desk.CommandAsync(new OperatorCommand.EmergencyStop(flatten) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        if (result is not OperatorResult.Done done)
            return Result(result);
        var text = new AnswerBuilder()
            .Bold("EMERGENCY STOP").EndRow()
            .Line("No new entries until an admin lifts it with /resume.")
            .Line($"Entries withdrawn: {Numbers(done.Withdrawn)}")
            .Line(flatten ? $"Closing: {Numbers(done.Closing)}" : $"Still open, with stops and targets: {Numbers(done.StillOpen)}");
        if (!flatten && done.StillOpen.Count > 0)
            text.Buttons(new ChatButton($"Close all {done.StillOpen.Count} now", new ButtonData.Run("/panic flat").ToString()));
        return text.Build();
    }

    private async Task<ChatAnswer> AskToFlattenAsync(ChatRequest request)
    {
        var snapshot = await Desk.SnapshotAsync();
        var open = snapshot.Trades.Where(view => !view.Trade.OpenQuantity.IsZero).ToArray();
        if (open.Length == 0)
            return ChatAnswer.Of("Nothing is open.");
        var text = new AnswerBuilder().Line($"Close {open.Length} position(s) at the market now?");
        foreach (var view in open)
            text.Line($"#{view.Trade.Number} {Formats.Side(view.Trade.Side)} {Formats.Quantity(view.Trade.OpenQuantity)} {view.Trade.Instrument.Symbol} {(view.NetNow is { } net ? Formats.Change(net) : "")}");
        return Confirmation.Ask(text, request, "Yes, close all", "/panic flat").Build();
    }
}
