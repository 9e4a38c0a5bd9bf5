using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Figures that can be written and can't be meant. Whatever passes here can be scaled, sized and rounded without overflow; whatever does not is denied.
/// </summary>
internal static class SignalBounds
{
    // A gain of a hundred times, a validity of ten years: beyond any real post.
    private const decimal HighestGain = 100m;
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(3650);

    /// <summary>Far above any real price, and low enough that scaling and sizing can't overflow.</summary>
    public static readonly Price HighestPrice = new(1_000_000_000m);

    public static RuleFailure? Check(ParsedSignal idea)
    {
        foreach (var price in Prices(idea))
            if (price > HighestPrice)
                return new RuleFailure(VenueSymbols.PriceScale, $"the price {price} is above {HighestPrice}, which nothing costs");
        if (idea.Stop is StopPlan.AtLoss { Fraction: var loss } && (loss > HighestGain || loss >= 1m && idea.Side == TradeSide.Long))
            return new RuleFailure(DenialCodes.StopTooFar, $"a stop {Percent(loss)} from the entry of a {idea.Side} is at or below zero, or beyond all measure");
        if (idea.Stop is StopPlan.AtLoss { Fraction: <= 0m } stop)
            return Impossible($"a stop {Percent(stop.Fraction)} from the entry is no stop");
        if (idea.Size is SizeHint.AtRisk { Fraction: <= 0m } size)
            return Impossible($"a risk of {Percent(size.Fraction)} can't be");
        return Ladder(idea.Entry) ?? Targets(idea) ?? Trailing(idea.Trailing) ?? Time("validity", idea.EntryValidFor) ?? Time("longest time", idea.CloseAfter);
    }

    private static IEnumerable<Price> Prices(ParsedSignal idea)
    {
        foreach (var price in idea.Entry.Prices)
            yield return price;
        foreach (var target in idea.Targets)
            if (target is TargetPlan.AtPrice atPrice)
                yield return atPrice.Price;
        if (idea.Stop is StopPlan.AtPrice stop)
            yield return stop.Price;
    }

    private static RuleFailure? Ladder(EntryPlan entry)
    {
        if (entry is not EntryPlan.AsLadder ladder)
            return null;
        var share = ladder.Rungs.FirstOrDefault(rung => rung.Share is <= 0m or > 1m)?.Share;
        if (share is { } impossible)
            return Impossible($"the share {Number(impossible)} of an entry is not above 0 and at most 1");
        var sum = ladder.Rungs.Sum(rung => rung.Share);
        return Math.Abs(sum - 1m) > 0.01m ? Impossible($"the shares of the entries add up to {Number(sum)} and not to 1") : null;
    }

    private static RuleFailure? Targets(ParsedSignal idea)
    {
        foreach (var target in idea.Targets)
        {
            if (target.Share is <= 0m or > 1m)
                return Impossible($"the share {Number(target.Share.Value)} of a target is not above 0 and at most 1");
            if (target is TargetPlan.AtGain { Fraction: var gain } && (gain is <= 0m or > HighestGain || gain >= 1m && idea.Side == TradeSide.Short))
                return Impossible($"a target {Percent(gain)} from the entry of a {idea.Side} can't be reached");
        }

        return null;
    }

    private static RuleFailure? Trailing(TrailingHint? trailing) =>
        trailing is { } hint && (hint.Distance is <= 0m or >= 1m || hint.ActivationGain is < 0m or > HighestGain)
            ? Impossible($"a trailing stop {Percent(hint.Distance)} behind from {Percent(hint.ActivationGain)} on can't be")
            : null;

    private static RuleFailure? Time(string name, TimeSpan? time) =>
        time is { } span && (span <= TimeSpan.Zero || span > LongestTime) ? Impossible(string.Create(CultureInfo.InvariantCulture, $"the {name} of {span.TotalHours:0.##} h can't be")) : null;

    private static RuleFailure Impossible(string text) => new(DenialCodes.ImpossibleFigure, text);

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    // Written without multiplying: the figure may be as large as figures get.
    private static string Percent(decimal fraction) => Math.Abs(fraction) > 1_000_000m ? "more than 100,000,000 %" : Number(fraction * 100m) + " %";
}
