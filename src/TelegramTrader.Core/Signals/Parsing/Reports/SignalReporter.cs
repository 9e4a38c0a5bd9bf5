using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Reports;

/// <summary>The part of a report that holds one trade idea, complete or not.</summary>
internal static class SignalReporter
{
    private const decimal Hundred = 100m;

    public static SignalReport Report(ParsedSignal signal) => Report(new SignalDraft
    {
        Pair = signal.Pair,
        Market = signal.Market,
        Side = signal.Side,
        SideInferred = signal.SideInferred,
        Entry = signal.Entry,
        Targets = signal.Targets,
        Stop = signal.Stop,
        Leverage = signal.Leverage,
        Margin = signal.Margin,
        Size = signal.Size,
        Trailing = signal.Trailing,
        BreakevenAfterTarget = signal.BreakevenAfterTarget,
        EntryValidFor = signal.EntryValidFor,
        CloseAfter = signal.CloseAfter,
    });

    public static SignalReport Report(SignalDraft draft)
    {
        var targets = draft.Targets.Where(target => target is not TargetPlan.Runner).ToList();
        return new SignalReport
        {
            Symbol = draft.Pair?.ToString(),
            QuoteInferred = draft.Pair is { QuoteInferred: true },
            Market = draft.Market switch { MarketKind.Spot => "spot", MarketKind.Perpetual => "futures", MarketKind.Forex => "forex", _ => "unknown" },
            Side = draft.Side switch { TradeSide.Long => "long", TradeSide.Short => "short", _ => null },
            SideInferred = draft.SideInferred,
            Entry = Entry(draft.Entry),
            Targets = [.. targets.Select(Target)],
            Shares = targets.Exists(target => target.Share is not null) ? [.. targets.Select(target => target.Share)] : null,
            Runner = draft.Targets.Any(target => target is TargetPlan.Runner),
            Stop = draft.Stop switch
            {
                StopPlan.AtPrice stop => stop.Price.Value,
                StopPlan.AtLoss loss => new PercentReport(loss.Fraction * Hundred),
                _ => null,
            },
            StopCondition = draft.Stop is StopPlan.AtPrice { OnCandleClose: true } ? "candle_close" : null,
            Leverage = draft.Leverage is { } leverage ? leverage.Lowest == leverage.Highest ? leverage.Lowest : new[] { leverage.Lowest, leverage.Highest } : null,
            Margin = draft.Margin switch { MarginMode.Cross => "cross", MarginMode.Isolated => "isolated", _ => null },
            Size = draft.Size switch
            {
                SizeHint.OfBalance balance => new SizeReport("balance", balance.Fraction),
                SizeHint.AtRisk risk => new SizeReport("risk", risk.Fraction),
                _ => null,
            },
            Trailing = draft.Trailing is { } trailing ? new TrailingReport(trailing.Distance, trailing.ActivationGain) : null,
            BreakevenAfterTarget = draft.BreakevenAfterTarget,
            EntryValidHours = draft.EntryValidFor?.TotalHours,
            CloseAfterHours = draft.CloseAfter?.TotalHours,
        };
    }

    private static object Target(TargetPlan target) => target switch
    {
        TargetPlan.AtPrice price => price.Price.Value,
        TargetPlan.AtGain gain => new PercentReport(gain.Fraction * Hundred),
        _ => throw new InvalidOperationException("A runner has no number."),
    };

    private static EntryReport? Entry(EntryPlan? entry) => entry switch
    {
        null => null,
        EntryPlan.AtMarket => new EntryReport("market", Prices(entry), null),
        EntryPlan.InRange => new EntryReport("range", Prices(entry), null),
        EntryPlan.OnBreakout => new EntryReport("limit", Prices(entry), "breakout"),
        _ => new EntryReport("limit", Prices(entry), null),
    };

    private static List<decimal> Prices(EntryPlan entry) => [.. entry.Prices.Select(price => price.Value)];
}
