using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class CloseCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "close";

    public override string Arguments => "NUMBER [PERCENT]";

    public override string Help => "close a trade, or a part of it, at the market";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        if (request.Arguments.Count == 0)
            return Choose(snapshot);
        if (!TryNumber(request.Arguments[0], out var number) || request.Arguments.Count > 2)
            return Usage($"'{string.Join(' ', request.Arguments)}' is not a trade number and a part.");
        var percent = 100m;
        if (request.Arguments.Count == 2
            && (!decimal.TryParse(request.Arguments[1].TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent) || percent is <= 0m or > 100m))
            return Usage($"The part must be above 0 and at most 100 per cent, but is '{request.Arguments[1]}'.");
        if (snapshot.Trades.FirstOrDefault(view => view.Trade.Number == number) is not { } view)
            return ChatAnswer.Of($"There is no open trade #{number}. /positions shows what is open.");
        if (!request.IsConfirmed)
            return Confirmation.Ask(Question(view, percent), request, "Yes, close", $"/close {number} {percent.ToString(CultureInfo.InvariantCulture)}").Build();
        return Result(await Desk.CommandAsync(new OperatorCommand.CloseTrade(number, percent / 100m) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }));
    }

    private ChatAnswer Choose(DeskSnapshot snapshot)
    {
        if (snapshot.Trades.Count == 0)
            return ChatAnswer.Of("Nothing is open.");
        var text = new AnswerBuilder().Line("Which one?");
        foreach (var view in snapshot.Trades)
            text.Buttons(new ChatButton($"#{view.Trade.Number} {Formats.Side(view.Trade.Side)} {view.Trade.Instrument.Symbol.Pair}", new ButtonData.Run($"/close {view.Trade.Number}").ToString()));
        return text.Build();
    }

    private AnswerBuilder Question(TradeView view, decimal percent)
    {
        var trade = view.Trade;
        if (trade.OpenQuantity.IsZero)
            return new AnswerBuilder().Line($"Withdraw the waiting entries of #{trade.Number} {Formats.Side(trade.Side)} {trade.Instrument.Symbol}?");
        var quantity = percent == 100m ? trade.OpenQuantity : trade.Instrument.RoundDownToStep(trade.OpenQuantity.Value * percent / 100m);
        return new AnswerBuilder()
            .Line($"Close {Formats.Quantity(quantity)} of {Formats.Quantity(trade.OpenQuantity)} {trade.Instrument.Symbol.Base} of #{trade.Number} {Formats.Side(trade.Side)} at the market?")
            .Line(view is { Quote: { } quote, NetNow: { } net } ? $"Market {Formats.Price(quote.ExitPrice(trade.Side))}; the whole trade stands at {Formats.Change(net)}." : "There is no price at the moment.");
    }
}
