using System.Globalization;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class StatisticsCommand(TradingDesk desk, Formats formats, TradeQueries queries) : ChatCommand(desk, formats)
{
    public override string Name => "statistics";

    public override string Arguments => "[DAYS] [@CHANNEL]";

    public override string Help => "results, costs and what became of the signals";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        int? days = null;
        ChannelId? channel = null;
        foreach (var word in request.Arguments)
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 3650)
                days = number;
            else if (word.StartsWith('@'))
                channel = new ChannelId(word);
            else
                return Usage($"'{word}' is neither a number of days (1 to 3650) nor a channel.");
        Instant? since = days is { } count ? Desk.Now - TimeSpan.FromDays(count) : null;
        var statistics = await queries.StatisticsAsync(Desk.Settings.Account, since, channel: channel, cancellation: cancellation);
        var text = new AnswerBuilder().Heading($"{Desk.Label} results{(days is null ? "" : $" of {days} days")}{(channel is { } one ? $" of {one}" : "")}");
        StatisticsText.Write(text, statistics, Formats);
        var scope = $"{(days is null ? "" : $" {days}")}{(channel is { } only ? $" {only}" : "")}";
        var equity = $"/chart equity{scope}";
        // A button holds little; a channel's name may be longer.
        if (statistics.Results.Trades > 0 && System.Text.Encoding.UTF8.GetByteCount(equity) <= ButtonData.LongestCommand)
            text.Buttons(
                new ChatButton("Over time", new ButtonData.Run(equity).ToString()),
                new ChatButton("By month", new ButtonData.Run($"/chart months{(channel is { } of ? $" {of}" : "")}").ToString()));
        return text.Build();
    }
}
