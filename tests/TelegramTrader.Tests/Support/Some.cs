using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Support;

/// <summary>Values that a test needs and does not care about.</summary>
internal static class Some
{
    public static readonly AccountId Account = new("main");

    public static readonly Instant Time = Instant.From(new DateTimeOffset(2025, 5, 6, 12, 0, 0, TimeSpan.Zero));

    public static Symbol Btc { get; } = Symbol.Parse("BTC/USDT:USDT");

    public static Symbol Eth { get; } = Symbol.Parse("ETH/USDT:USDT");

    public static Instrument Instrument(string symbol = "BTC/USDT:USDT", decimal tick = 0.1m, decimal step = 0.001m, decimal minimumNotional = 5m) => new()
    {
        Symbol = Symbol.Parse(symbol),
        PriceTick = tick,
        QuantityStep = step,
        MinimumQuantity = new Quantity(step),
        MinimumNotional = minimumNotional,
        MaximumLeverage = 100m,
        MaintenanceMarginRate = 0.005m,
    };

    public static Price Price(decimal value = 100m) => new(value);

    public static Quote Quote(decimal bid, decimal ask, Symbol? symbol = null, Instant? time = null) =>
        new(symbol ?? Btc, new Price(bid), new Price(ask), time ?? Time);

    public static Candle Candle(decimal open, decimal high, decimal low, decimal close, decimal volume = 1_000_000m, Instant? time = null) =>
        new(time ?? Time, Timeframe.OneMinute, new Price(open), new Price(high), new Price(low), new Price(close), volume);

    public static ChannelMessage Message(string text, long id = 1, string channel = "@alpha", Instant? at = null, long? replyTo = null, int revision = 1, MessageChange change = MessageChange.Posted) => new()
    {
        Channel = new ChannelId(channel),
        MessageId = id,
        Revision = revision,
        Change = change,
        PostedAt = at ?? Time,
        ReceivedAt = at ?? Time,
        Text = text,
        ReplyTo = replyTo,
    };
}
