using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class PositionsCommand(TradingDesk desk, Formats formats, TradeQueries queries) : ChatCommand(desk, formats)
{
    private const int RecentlyClosed = 10;

    public override string Name => "positions";

    public override string Help => "what is open or waiting, and what closed last";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        var text = new AnswerBuilder();
        if (snapshot.Trades.Count == 0)
            text.Line("Nothing is open and nothing waits.");
        foreach (var view in snapshot.Trades)
        {
            PositionText.Write(text, view, Desk.Label, snapshot.Now, Formats);
            text.Blank();
        }

        var closed = await queries.RecentTradesAsync(RecentlyClosed, finishedOnly: true, cancellation);
        if (closed.Count > 0)
            text.Heading("Closed last");
        foreach (var trade in closed)
        {
            PositionText.Write(text, new TradeView(trade, [], null), Desk.Label, snapshot.Now, Formats);
            text.Blank();
        }

        text.Buttons(new ChatButton("Refresh", new ButtonData.Refresh("/positions").ToString()));
        foreach (var view in snapshot.Trades.Take(8))
            text.Buttons(new ChatButton($"#{view.Trade.Number} {view.Trade.Instrument.Symbol.Base}", new ButtonData.Run($"/position {view.Trade.Number}").ToString()));
        return text.Build();
    }
}
