using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Assets;

namespace TelegramTrader.Core.Signals.Parsing.Symbols;

/// <summary>How a post names an asset, from the weakest to the strongest way.</summary>
internal enum MentionStrength
{
    /// <summary>An unknown word in capitals beside a side: "SELL AVAX NOW".</summary>
    Guess,

    /// <summary>A known asset that is also a common word.</summary>
    Weak,

    /// <summary>A known ticker or name.</summary>
    Known,

    /// <summary>#ABC or $ABC.</summary>
    Tagged,

    /// <summary>After "coin:", "pair:".</summary>
    Labelled,

    /// <summary>Base and quote.</summary>
    Pair,
}

/// <summary>One place where a post names an asset or pair.</summary>
/// <param name="First">First token.</param>
/// <param name="Last">Last token.</param>
/// <param name="Quote">Empty when the place names none.</param>
/// <param name="IsPerpetual">The name itself says so: BTCUSDT.P, SUSHIUSDTPERP.</param>
/// <param name="GluedSide">The side that is glued to the name: BTCUSDTSELL.</param>
internal readonly record struct SymbolMention(int First, int Last, string Base, string Quote, AssetKind Kind, MentionStrength Strength, bool IsPerpetual = false, TradeSide? GluedSide = null);
