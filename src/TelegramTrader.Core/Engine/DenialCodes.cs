using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Every code with which the engine can deny an idea that was read without fault. <c>docs/denials.md</c> says of each what it means and what can be done.
/// Codes of the parser, for posts whose figures can't be true together, are not among them.
/// </summary>
public static class DenialCodes
{
    /// <summary>The channel is followed without trading.</summary>
    public const string ChannelNotTraded = "channel-not-traded";

    /// <summary>The channel's results have put it on probation.</summary>
    public const string ChannelOnProbation = "channel-on-probation";

    /// <summary>The post is about currencies, metals, indices or energy.</summary>
    public const string ForexNotTraded = "forex-not-traded";

    /// <summary>The instrument is paid for in another asset than the account holds.</summary>
    public const string OtherAsset = "other-asset";

    /// <summary>A share, percentage or time that can be written and can't be meant.</summary>
    public const string ImpossibleFigure = "impossible-figure";

    /// <summary>Given by a risk rule, and where a plan can't even be made without a price.</summary>
    public const string NoMarketData = "no-market-data";

    /// <summary>Given by a risk rule, and for a percentage that puts the stop at or below zero.</summary>
    public const string StopTooFar = "stop-too-far";

    /// <summary>In the order in which they are asked: first what is found while a plan is made, then the risk rules.</summary>
    public static IReadOnlyList<string> All { get; } =
        [ChannelNotTraded, ChannelOnProbation, ForexNotTraded, ImpossibleFigure, VenueSymbols.UnknownSymbol, OtherAsset, VenueSymbols.PriceScale, .. RiskRules.All.Select(rule => rule.Code)];
}
