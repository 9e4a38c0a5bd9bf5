using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>Posts and markets for parser tests.</summary>
internal static class Some
{
    public static ChannelMessage Post(string text, bool isReply = false) => new()
    {
        Channel = new ChannelId("channel"),
        MessageId = 1,
        PostedAt = Instant.Epoch,
        ReceivedAt = Instant.Epoch,
        Text = text,
        ReplyTo = isReply ? 7 : null,
    };

    /// <summary>A market that knows the pairs given, with their last prices, and no others.</summary>
    public static IMarketView Market(params (string Pair, decimal Last)[] pairs) => new FixedMarket(pairs.ToDictionary(pair => pair.Pair, pair => pair.Last));

    private sealed class FixedMarket(Dictionary<string, decimal> last) : IMarketView
    {
        public bool? IsListed(PairName pair) => last.ContainsKey(pair.ToString());

        public Price? LastPrice(PairName pair) => last.TryGetValue(pair.ToString(), out var price) ? new Price(price) : null;
    }
}
