using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Ledger;

/// <summary>How a post came to be here.</summary>
public enum PostOrigin
{
    /// <summary>Received as it was posted; or handed on by a recording.</summary>
    Received,

    /// <summary>Read later from an export of the channel's history: nobody saw it at its time.</summary>
    Imported,

    /// <summary>Fetched later from the channel's history, over the account: nobody saw it at its time.</summary>
    Fetched,
}

/// <summary>What the market said about the subject of a post when it came. The price is missing when there was none.</summary>
/// <param name="At">The time of the price at the exchange.</param>
public sealed record ObservedPrice(Symbol Symbol, Price? Price, Instant? At);

/// <summary>Where the ledger asks for prices. Called while a post is being stored: it answers at once, from memory, and never throws. Safe to call from any thread.</summary>
public interface IPostPrices
{
    /// <summary>The symbol that the post names and its price now; null when it names none that is known.</summary>
    ObservedPrice? Of(ChannelMessage post);

    /// <summary>The price of a symbol now.</summary>
    ObservedPrice Of(Symbol symbol);
}
