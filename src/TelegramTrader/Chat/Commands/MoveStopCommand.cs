using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class MoveStopCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "movestop";

    public override string Arguments => "NUMBER PRICE";

    public override string Help => "move a trade's stop to a price";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    // Away from the market it raises the risk, so it does not wait for a bot that was down.
    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var word, var level] || !TryNumber(word, out var number)
            || !decimal.TryParse(level, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) || price is <= 0m or > 1_000_000_000m)
            return Usage("Which trade, and to which price?");
        var snapshot = await Desk.SnapshotAsync();
        if (snapshot.Trades.FirstOrDefault(view => view.Trade.Number == number) is not { Trade: var trade })
            return ChatAnswer.Of($"There is no open trade #{number}. /positions shows what is open.");
        var wanted = new Price(price);
        var loosens = trade.Side.IsBetterExit(trade.Exits.Stop.Price, wanted);
        if (loosens && !request.IsConfirmed)
            return Confirmation.Ask(
                new AnswerBuilder().Line($"Move the stop of #{number} from {Formats.Price(trade.Exits.Stop.Price)} to {Formats.Price(wanted)}? That is farther from the market, so more would be lost."),
                request, "Yes, move it", $"/movestop {number} {price.ToString(CultureInfo.InvariantCulture)}").Build();
        return Result(await Desk.CommandAsync(new OperatorCommand.MoveStop(number, wanted) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }));
    }
}
