namespace TelegramTrader.Core.Signals.Parsing.Reports;

/// <summary>
/// What the parser made of one post, in the form that is written out: one JSON object a line. Property names are given in small letters
/// with underscores when written (see <c>ParseVerb</c>).
/// </summary>
public sealed record ParseReport
{
    public string? Id { get; init; }

    /// <summary>signal, update or not_signal. A post in doubt is what it seems to be, with <see cref="Auto"/> false.</summary>
    public required string Kind { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Whether the bot would act without asking the user.</summary>
    public required bool Auto { get; init; }

    /// <summary>Why it is not acted on; for a post that is no signal, its category. Null when it is acted on.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in a sentence with values.</summary>
    public string? Explanation { get; init; }

    /// <summary>The result in the parser's own words: signal, update, doubtful, not_a_signal, malformed.</summary>
    public required string Result { get; init; }

    /// <summary>uncertain, waits_for_details or only_details; null when there is no doubt.</summary>
    public string? Doubt { get; init; }

    public SignalReport? Signal { get; init; }

    /// <summary>Further ideas of the same post.</summary>
    public IReadOnlyList<SignalReport>? AlsoSignals { get; init; }

    public UpdateReport? Update { get; init; }

    /// <summary>Which words became which field.</summary>
    public IReadOnlyList<SpanReport>? Spans { get; init; }
}

public sealed record SignalReport
{
    public string? Symbol { get; init; }

    public bool QuoteInferred { get; init; }

    /// <summary>futures, spot, forex or unknown.</summary>
    public required string Market { get; init; }

    /// <summary>long, short or null.</summary>
    public string? Side { get; init; }

    public bool SideInferred { get; init; }

    public EntryReport? Entry { get; init; }

    /// <summary>Each a number, or an object with <c>pct</c>, in the order written; runners are left out.</summary>
    public required IReadOnlyList<object> Targets { get; init; }

    /// <summary>The share of the position to close at each target, as fractions; null when the post gives none.</summary>
    public IReadOnlyList<decimal?>? Shares { get; init; }

    /// <summary>The last part runs on.</summary>
    public bool Runner { get; init; }

    /// <summary>A number, an object with <c>pct</c>, or null.</summary>
    public object? Stop { get; init; }

    /// <summary>candle_close, or null.</summary>
    public string? StopCondition { get; init; }

    /// <summary>A number, two numbers for a range, or null.</summary>
    public object? Leverage { get; init; }

    /// <summary>cross, isolated or null.</summary>
    public string? Margin { get; init; }

    public SizeReport? Size { get; init; }

    public TrailingReport? Trailing { get; init; }

    public int? BreakevenAfterTarget { get; init; }

    public double? EntryValidHours { get; init; }

    public double? CloseAfterHours { get; init; }
}

/// <param name="Type">market, limit or range.</param>
/// <param name="Prices">In the order written.</param>
/// <param name="Trigger">breakout, or null.</param>
public sealed record EntryReport(string Type, IReadOnlyList<decimal> Prices, string? Trigger);

/// <summary>Per cent, as written: 5 is five per cent.</summary>
public sealed record PercentReport(decimal Pct);

/// <param name="Kind">balance or risk.</param>
/// <param name="Fraction">0.05 is five per cent.</param>
public sealed record SizeReport(string Kind, decimal Fraction);

/// <summary>Fractions of the price.</summary>
public sealed record TrailingReport(decimal Distance, decimal ActivationGain);

public sealed record UpdateReport
{
    /// <summary>tp_hit, sl_hit, close, close_partial, move_sl, move_sl_to_entry, cancel, entry_filled or other.</summary>
    public required string Action { get; init; }

    /// <summary>The pair, or the base alone; null for none.</summary>
    public string? Symbol { get; init; }

    public int? TargetIndex { get; init; }

    public decimal? Fraction { get; init; }

    public decimal? Price { get; init; }

    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>long or short when only trades of that side are meant.</summary>
    public string? OnlySide { get; init; }

    public bool EveryTrade { get; init; }

    public decimal? ClaimedPercent { get; init; }

    public string? Condition { get; init; }
}

/// <param name="Start">First character in the text as posted.</param>
public sealed record SpanReport(string Field, int Start, int Length, string Value, double Confidence);
