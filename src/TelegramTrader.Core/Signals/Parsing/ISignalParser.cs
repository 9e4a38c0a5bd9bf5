using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Signals.Parsing;

/// <summary>
/// From a post to one of five results. A pure function: it never throws, whatever the text, never takes longer than in proportion
/// to the text's length, and gives the same result for the same message and context.
/// </summary>
public interface ISignalParser
{
    ParseResult Parse(ChannelMessage message, ParseContext context);

    /// <summary>The checks of a complete signal on a draft that was put together from several posts.</summary>
    ParseResult Complete(SignalDraft draft, ParseContext context);
}

/// <summary>What the parser may know beyond the text.</summary>
/// <param name="IsConfirmed">A person has seen how the post is read and wants it traded: no doubt is left to be asked about. Figures that contradict each other still are.</param>
public sealed record ParseContext(ChannelProfile Profile, IMarketView Market, bool IsConfirmed = false)
{
    public static readonly ParseContext TextOnly = new(ChannelProfile.Default, new NoMarket());

    private sealed class NoMarket : IMarketView
    {
        public bool? IsListed(PairName pair) => null;

        public Price? LastPrice(PairName pair) => null;
    }
}

/// <summary>The market as the parser needs it: does a pair exist, and about where is its price.</summary>
public interface IMarketView
{
    /// <summary>Whether the pair is listed; null when there is no list to look at.</summary>
    bool? IsListed(PairName pair);

    /// <summary>The last price of one unit of the base as the post means it (a 1000-prefixed contract is scaled back); null when unknown.</summary>
    Price? LastPrice(PairName pair);
}
