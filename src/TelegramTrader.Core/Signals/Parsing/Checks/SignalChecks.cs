namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>
/// Last stage: all rules in the order they are asked. Figures that contradict each other come first; the first rule that fails is the
/// reason given. Nothing is repaired.
/// </summary>
internal static class SignalChecks
{
    private static readonly ISignalCheck[] InOrder =
    [
        new OneScaleCheck(),
        new MarketScaleCheck(),
        new StopSideCheck(),
        new TargetSideCheck(),
        new StopAgainstTargetCheck(),
        new PercentCheck(),
        new ExitCheck(),
        new LeverageCheck(),
        new CountCheck(),
        new ListedPairCheck(),
        new CryptoMarketCheck(),
    ];

    /// <summary>The checks by their codes' owners, for the documentation test.</summary>
    public static IReadOnlyList<ISignalCheck> All => InOrder;

    /// <summary>The result for a complete draft: a signal, or malformed, or doubtful.</summary>
    /// <param name="confidence">How sure the reading is, 0 to 1.</param>
    /// <param name="doubt">Why the reading is not sure; asked only when the confidence is below the profile's least.</param>
    public static ParseResult Judge(SignalFigures figures, double confidence, RuleFailure? doubt, ParseContext context)
    {
        foreach (var check in InOrder)
        {
            if (check.Check(figures, context) is not { } failure)
                continue;
            if (context.IsConfirmed && failure.Code == ExitCheck.Code)
                continue;
            if (check.MakesMalformed)
                return new ParseResult.Malformed(failure, figures.Draft) { Confidence = confidence };
            var kind = failure.Code == ExitCheck.Code ? Doubt.WaitsForDetails : Doubt.Uncertain;
            return new ParseResult.Doubtful(kind, failure, figures.Draft) { Confidence = confidence };
        }

        if (!context.IsConfirmed && confidence < context.Profile.LeastConfidence)
            return new ParseResult.Doubtful(Doubt.Uncertain, doubt ?? new RuleFailure("unsure", "the post can be read in several ways"), figures.Draft) { Confidence = confidence };
        return new ParseResult.Signal([ToSignal(figures)]) { Confidence = confidence };
    }

    private static ParsedSignal ToSignal(SignalFigures figures)
    {
        var draft = figures.Draft;
        return new ParsedSignal
        {
            Pair = figures.Pair,
            Market = draft.Market,
            Side = figures.Side,
            SideInferred = draft.SideInferred,
            Entry = figures.Entry,
            Targets = draft.Targets,
            Stop = draft.Stop ?? new StopPlan.Missing(),
            Leverage = draft.Leverage,
            Margin = draft.Margin,
            Size = draft.Size,
            Trailing = draft.Trailing,
            BreakevenAfterTarget = draft.BreakevenAfterTarget,
            EntryValidFor = draft.EntryValidFor,
            CloseAfter = draft.CloseAfter,
            Fields = draft.Fields,
        };
    }
}
