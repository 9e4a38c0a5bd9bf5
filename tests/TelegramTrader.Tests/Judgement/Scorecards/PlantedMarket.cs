using System.Globalization;
using System.Text;
using System.Text.Json;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Judgement.Scorecards;

/// <summary>
/// A market in which one channel can read the future and another reads it backwards: at noon of every day bitcoin rises by three per cent within the hour and at six it falls back; every fifth day the
/// other way round. One channel is long before noon, the other before six. A third one has only begun.
/// </summary>
internal static class PlantedMarket
{
    public const int Days = 40;
    private const int FirstDay = 10;
    private const decimal Level = 100_000m;

    public static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public static IReadOnlyList<Candle> Candles { get; } = [.. Enumerable.Range(0, Days * 1440).Select(minute =>
    {
        var (open, close) = (PriceAt(minute), PriceAt(minute + 1));
        return new Candle(Start + TimeSpan.FromMinutes(minute), Timeframe.OneMinute, new Price(open), new Price(Math.Max(open, close)), new Price(Math.Min(open, close)), new Price(close), 1_000m);
    })];

    public static IReadOnlyList<ChannelMessage> Posts { get; } =
    [
        .. Enumerable.Range(FirstDay, Days - FirstDay - 1).SelectMany(day => (ChannelMessage[])[Long("@seer", day, 12 * 60 - 5), Long("@blind", day, 18 * 60 - 5)]),
        Long("@newcomer", 20, 300),
    ];

    public static HistoricPost Historic(ChannelMessage post) => new(post.Channel, post.MessageId, post.PostedAt, null, post.Text, null, false);

    public static string CandleCsv()
    {
        var text = new StringBuilder("time,open,high,low,close,volume\n");
        foreach (var candle in Candles)
            text.Append(CultureInfo.InvariantCulture, $"{candle.OpenTime.UnixMilliseconds},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}\n");
        return text.ToString();
    }

    public static string PostLines() => string.Join('\n', Posts.Select(post => JsonSerializer.Serialize(new { time = post.PostedAt.UnixMilliseconds, channel = post.Channel.Value, message_id = post.MessageId, text = post.Text })));

    /// <summary>In whole dollars, with a little to and fro so that there is a usual move.</summary>
    private static decimal PriceAt(int minute)
    {
        var (day, ofDay) = (minute / 1440, minute % 1440);
        var risen = Math.Clamp((ofDay - 720) / 60m, 0m, 1m) - Math.Clamp((ofDay - 1080) / 60m, 0m, 1m);
        return decimal.Round(Level * (1m + 0.03m * risen * (day % 5 == 0 ? -1m : 1m)) + minute * 7919 % 101);
    }

    private static ChannelMessage Long(string channel, int day, int minute)
    {
        var price = PriceAt(day * 1440 + minute);
        var at = Start + TimeSpan.FromMinutes(day * 1440 + minute);
        return new ChannelMessage
        {
            Channel = new ChannelId(channel),
            MessageId = day,
            PostedAt = at,
            ReceivedAt = at,
            Text = string.Create(CultureInfo.InvariantCulture, $"#BTC/USDT LONG\nEntry: market\nTP1: {price * 1.02m:0}\nSL: {price * 0.99m:0}"),
        };
    }
}
