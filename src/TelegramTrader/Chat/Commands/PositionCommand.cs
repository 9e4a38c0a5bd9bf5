using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class PositionCommand(TradingDesk desk, Formats formats, TradeQueries queries) : ChatCommand(desk, formats)
{
    public override string Name => "position";

    public override string Arguments => "NUMBER";

    public override string Help => "one trade with its orders and fills";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var word] || !TryNumber(word, out var number))
            return Usage("Which trade?");
        var snapshot = await Desk.SnapshotAsync();
        var report = await queries.FindAsync(number, cancellation);
        var view = snapshot.Trades.FirstOrDefault(view => view.Trade.Number == number)
            ?? (report?.Trade is { } stored ? new TradeView(stored, report.Orders, null) : null);
        if (view is null)
            return ChatAnswer.Of(report is null ? $"There is no trade #{number}." : $"#{number} was not traded: /why {number} says why.");

        var text = new AnswerBuilder();
        PositionText.Write(text, view, Desk.Label, snapshot.Now, Formats);
        OrderText.Write(text, view.Orders, Formats);
        if (report is not null)
            OrderText.WriteFills(text, [.. report.Fills.Select(booked => booked.Fill)], Formats);
        if (!view.Trade.IsFinished)
            text.Buttons(TradeButtons.For(number));
        return text.Buttons(new ChatButton("Why", new ButtonData.Run($"/why {number}").ToString()), new ChatButton("Chart", new ButtonData.Run($"/chart {number}").ToString())).Build();
    }
}
