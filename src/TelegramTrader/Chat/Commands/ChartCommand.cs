using System.Globalization;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ChartCommand(TradingDesk desk, Formats formats, TradeQueries queries, TradePicture trades, ResultPictures results) : ChatCommand(desk, formats)
{
    public override string Name => "chart";

    public override string Arguments => "NUMBER|equity [DAYS] [@CHANNEL]|months [@CHANNEL]";

    public override string Help => "a picture: a trade on candles, the result over time, or by month";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var words = request.Arguments;
        if (words is [var word] && TryNumber(word, out var number))
            return await TradeAsync(number, cancellation);
        var kind = words.Count == 0 ? "equity" : words[0].ToLowerInvariant();
        if (kind is not ("equity" or "months"))
            return Usage($"'{words[0]}' is neither the number of a trade, nor equity, nor months.");
        int? days = null;
        ChannelId? channel = null;
        foreach (var further in words.Skip(1))
            if (kind == "equity" && int.TryParse(further, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 3650)
                days = count;
            else if (further.StartsWith('@'))
                channel = new ChannelId(further);
            else
                return Usage(kind == "equity" ? $"'{further}' is neither a number of days (1 to 3650) nor a channel." : $"'{further}' is no channel.");
        Instant? since = days is { } back ? Desk.Now - TimeSpan.FromDays(back) : null;
        return new AnswerBuilder()
            .Heading($"{Desk.Label} {(kind == "equity" ? "result over time" : "results by month")}{(days is null ? "" : $", {days} days")}{(channel is { } one ? $", {one}" : "")}")
            .Picture(kind == "equity" ? results.Equity(since, channel) : results.Months(channel))
            .Build();
    }

    private async Task<ChatAnswer> TradeAsync(int number, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        var view = snapshot.Trades.FirstOrDefault(view => view.Trade.Number == number);
        if (view is null)
        {
            if (await queries.FindAsync(number, cancellation) is not { } report)
                return ChatAnswer.Of($"There is no trade #{number}.");
            if (report.Trade is not { } stored)
                return ChatAnswer.Of($"#{number} was not traded: /why {number} says why.");
            view = new TradeView(stored, report.Orders, null);
        }

        var text = new AnswerBuilder();
        PositionText.Write(text, view, Desk.Label, snapshot.Now, Formats);
        return text.Picture(trades.Of(view)).Build();
    }
}
