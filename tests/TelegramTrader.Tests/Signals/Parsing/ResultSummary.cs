using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>A parse result in a few lines that can be read and compared: the first says what the post is, each further one a field.</summary>
internal static class ResultSummary
{
    public static string Of(ParseResult result) => string.Join('\n', Lines(result));

    private static IEnumerable<string> Lines(ParseResult result) => result switch
    {
        ParseResult.Signal signal => signal.Ideas.SelectMany(idea => Idea("signal", Draft(idea))),
        ParseResult.Update update => Update("update", update.Content),
        ParseResult.Doubtful { Content: { } content } doubtful => Update($"doubtful {doubtful.Reason.Code}: update", content),
        ParseResult.Doubtful { Draft: { } draft } doubtful => Idea($"doubtful {doubtful.Reason.Code}{Suffix(doubtful.Doubt)}:", draft),
        ParseResult.Doubtful doubtful => [$"doubtful {doubtful.Reason.Code}"],
        ParseResult.Malformed malformed => Idea($"malformed {malformed.Reason.Code}:", malformed.Draft),
        ParseResult.NotASignal other => [$"not a signal: {other.Category}"],
        _ => [result.ToString()],
    };

    private static string Suffix(Doubt doubt) => doubt switch
    {
        Doubt.WaitsForDetails => " (waits for details)",
        Doubt.OnlyDetails => " (only details)",
        _ => "",
    };

    private static IEnumerable<string> Idea(string head, SignalDraft draft)
    {
        yield return $"{head} {draft.Pair?.ToString() ?? "?"}{(draft.Pair is { QuoteInferred: true } ? "*" : "")} {Side(draft.Side)}{(draft.SideInferred ? "*" : "")}";
        if (draft.Entry is { } entry)
            yield return "entry " + Entry(entry);
        if (draft.Targets.Count > 0)
            yield return "targets " + string.Join(' ', draft.Targets.Select(Target));
        if (draft.Stop is StopPlan.AtPrice stop)
            yield return $"stop {stop.Price}{(stop.OnCandleClose ? " on candle close" : "")}";
        if (draft.Stop is StopPlan.AtLoss loss)
            yield return $"stop {Percent(loss.Fraction)}";
        if (draft.Leverage is { } leverage)
            yield return leverage.Lowest == leverage.Highest ? $"leverage {Number(leverage.Lowest)}" : $"leverage {Number(leverage.Lowest)}-{Number(leverage.Highest)}";
        if (draft.Margin is { } margin)
            yield return $"margin {margin.ToString().ToLowerInvariant()}";
        if (draft.Market != MarketKind.Unknown)
            yield return $"market {draft.Market.ToString().ToLowerInvariant()}";
        if (draft.Size is SizeHint.OfBalance size)
            yield return $"size {Percent(size.Fraction)}";
        if (draft.Size is SizeHint.AtRisk risk)
            yield return $"risk {Percent(risk.Fraction)}";
        if (draft.Trailing is { } trailing)
            yield return $"trailing {Percent(trailing.Distance)} from {Percent(trailing.ActivationGain)}";
        if (draft.BreakevenAfterTarget is { } target)
            yield return $"breakeven after target {target}";
        if (draft.EntryValidFor is { } valid)
            yield return $"valid for {Number((decimal)valid.TotalHours)}h";
        if (draft.CloseAfter is { } close)
            yield return $"close after {Number((decimal)close.TotalHours)}h";
    }

    private static IEnumerable<string> Update(string head, ParsedUpdate update)
    {
        yield return $"{head} {update.Action}{(update.Pair is { } pair ? " " + pair : "")}";
        if (update.Also.Count > 0)
            yield return "also " + string.Join(' ', update.Also);
        if (update.EveryTrade)
            yield return "every trade";
        if (update.OnlySide is { } side)
            yield return "only " + Side(side);
        if (update.TargetIndex is { } index)
            yield return $"target {index}";
        if (update.Fraction is { } fraction)
            yield return "fraction " + Number(Math.Round(fraction, 4));
        if (update.Price is { } price)
            yield return $"price {price}";
        if (update.Condition is { } condition)
            yield return $"condition {condition}";
    }

    private static string Entry(EntryPlan entry) => entry switch
    {
        EntryPlan.AtMarket { Quoted: { } quoted } => $"market {quoted}",
        EntryPlan.AtMarket => "market",
        EntryPlan.AtLimit limit => $"limit {limit.Price}",
        EntryPlan.InRange range => $"range {range.First} {range.Second}",
        EntryPlan.AsLadder ladder => "ladder " + string.Join(' ', ladder.Rungs.Select(rung => rung.Price)),
        EntryPlan.OnBreakout breakout => "breakout " + string.Join(' ', breakout.Prices),
        _ => entry.ToString(),
    };

    private static string Target(TargetPlan target)
    {
        var share = target.Share is { } part ? $"({Percent(part)})" : "";
        return target switch
        {
            TargetPlan.AtPrice price => price.Price + share,
            TargetPlan.AtGain gain => Percent(gain.Fraction) + share,
            _ => "open" + share,
        };
    }

    private static SignalDraft Draft(ParsedSignal idea) => new()
    {
        Pair = idea.Pair,
        Market = idea.Market,
        Side = idea.Side,
        SideInferred = idea.SideInferred,
        Entry = idea.Entry,
        Targets = idea.Targets,
        Stop = idea.Stop,
        Leverage = idea.Leverage,
        Margin = idea.Margin,
        Size = idea.Size,
        Trailing = idea.Trailing,
        BreakevenAfterTarget = idea.BreakevenAfterTarget,
        EntryValidFor = idea.EntryValidFor,
        CloseAfter = idea.CloseAfter,
    };

    private static string Side(TradeSide? side) => side switch { TradeSide.Long => "long", TradeSide.Short => "short", _ => "?" };

    private static string Percent(decimal fraction) => Number(Math.Round(fraction * 100m, 6)) + "%";

    private static string Number(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
