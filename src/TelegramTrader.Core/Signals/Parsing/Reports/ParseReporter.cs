using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Reports;

/// <summary>Turns a result into its report. Whatever is in doubt keeps the kind it seems to be and is marked as not acted on.</summary>
public static class ParseReporter
{
    private const string SignalKind = "signal";
    private const string UpdateKind = "update";
    private const string NotASignalKind = "not_signal";

    public static ParseReport Report(string? id, ParseResult result) => result switch
    {
        ParseResult.Signal signal => new ParseReport
        {
            Id = id,
            Kind = SignalKind,
            Result = SignalKind,
            Auto = true,
            Confidence = Rounded(result),
            Signal = SignalReporter.Report(signal.Ideas[0]),
            AlsoSignals = signal.Ideas.Count > 1 ? [.. signal.Ideas.Skip(1).Select(SignalReporter.Report)] : null,
            Spans = Spans(signal.Ideas.SelectMany(idea => idea.Fields)),
        },
        ParseResult.Update update => new ParseReport
        {
            Id = id,
            Kind = UpdateKind,
            Result = UpdateKind,
            Auto = update.Content.Condition is null,
            Reason = update.Content.Condition is null ? null : "conditional",
            Explanation = update.Content.Condition is { } condition ? $"it depends on: {condition}" : null,
            Confidence = Rounded(result),
            Update = Update(update.Content),
            Spans = Spans(update.Content.Fields),
        },
        ParseResult.Doubtful doubtful => Doubtful(id, doubtful),
        ParseResult.Malformed malformed => new ParseReport
        {
            Id = id,
            Kind = SignalKind,
            Result = "malformed",
            Auto = false,
            Reason = malformed.Reason.Code,
            Explanation = malformed.Reason.Text,
            Confidence = Rounded(result),
            Signal = SignalReporter.Report(malformed.Draft),
            Spans = Spans(malformed.Draft.Fields),
        },
        ParseResult.NotASignal other => new ParseReport
        {
            Id = id,
            Kind = NotASignalKind,
            Result = "not_a_signal",
            Auto = false,
            Reason = other.Category,
            Explanation = other.Reason.Text,
            Confidence = Rounded(result),
        },
        _ => throw new InvalidOperationException($"A parse result of the unknown kind {result.GetType().Name}."),
    };

    private static ParseReport Doubtful(string? id, ParseResult.Doubtful doubtful)
    {
        var report = new ParseReport
        {
            Id = id,
            Kind = doubtful.Content is not null ? UpdateKind : doubtful.Draft is not null ? SignalKind : NotASignalKind,
            Result = "doubtful",
            Auto = false,
            Reason = doubtful.Reason.Code,
            Explanation = doubtful.Reason.Text,
            Doubt = doubtful.Doubt switch
            {
                Signals.Doubt.WaitsForDetails => "waits_for_details",
                Signals.Doubt.OnlyDetails => "only_details",
                _ => "uncertain",
            },
            Confidence = Rounded(doubtful),
        };
        if (doubtful.Content is { } content)
            return report with { Update = Update(content), Spans = Spans(content.Fields) };
        return doubtful.Draft is { } draft ? report with { Signal = SignalReporter.Report(draft), Spans = Spans(draft.Fields) } : report;
    }

    private static UpdateReport Update(ParsedUpdate update) => new()
    {
        Action = Name(update.Action),
        Symbol = update.Pair?.ToString(),
        TargetIndex = update.TargetIndex,
        Fraction = update.Fraction,
        Price = update.Price?.Value,
        Also = [.. update.Also.Select(Name)],
        OnlySide = update.OnlySide switch { TradeSide.Long => "long", TradeSide.Short => "short", _ => null },
        EveryTrade = update.EveryTrade,
        ClaimedPercent = update.ClaimedPercent,
        Condition = update.Condition,
    };

    private static string Name(UpdateAction action) => action switch
    {
        UpdateAction.Close => "close",
        UpdateAction.Cancel => "cancel",
        UpdateAction.ClosePartial => "close_partial",
        UpdateAction.MoveStop => "move_sl",
        UpdateAction.MoveStopToEntry => "move_sl_to_entry",
        UpdateAction.StopHit => "sl_hit",
        UpdateAction.TargetHit => "tp_hit",
        UpdateAction.EntryFilled => "entry_filled",
        _ => "other",
    };

    private static IReadOnlyList<SpanReport> Spans(IEnumerable<ReadField> fields) =>
        [.. fields.Select(field => new SpanReport(field.Name, field.Start, field.Length, field.Value, Math.Round(field.Confidence, 3)))];

    private static double Rounded(ParseResult result) => Math.Round(result.Confidence, 3);
}
