namespace TelegramTrader.Core.Signals;

/// <summary>
/// What a post is: one of five. Each says how sure the reader is (0 to 1) and, where something is missing or wrong, the first failing rule.
/// </summary>
public abstract record ParseResult
{
    private ParseResult()
    {
    }

    public required double Confidence { get; init; }

    /// <summary>One or more complete trade ideas that passed all checks of the text.</summary>
    public sealed record Signal(IReadOnlyList<ParsedSignal> Ideas) : ParseResult;

    /// <summary>A follow-up to an earlier signal.</summary>
    public sealed record Update(ParsedUpdate Content) : ParseResult;

    /// <summary>It may be a signal or an update: asked, never traded.</summary>
    public sealed record Doubtful(Doubt Doubt, RuleFailure Reason, SignalDraft? Draft = null, ParsedUpdate? Content = null) : ParseResult;

    /// <param name="Category">brag, advert, news, commentary, pump_announcement, giveaway, announcement, education, chat.</param>
    public sealed record NotASignal(string Category, RuleFailure Reason) : ParseResult;

    /// <summary>A signal whose figures can't be true together. Nothing is repaired by guessing.</summary>
    public sealed record Malformed(RuleFailure Reason, SignalDraft Draft) : ParseResult;
}

public enum Doubt
{
    /// <summary>Several readings are possible.</summary>
    Uncertain,

    /// <summary>Symbol and side without levels: the details may follow by an edit or a reply.</summary>
    WaitsForDetails,

    /// <summary>Levels without a symbol: the details of an earlier alert.</summary>
    OnlyDetails,
}

/// <summary>The first rule that failed, with the value that failed it: <c>stop-wrong-side</c>, "stop 0.55 is above the entry 0.50 of a long".</summary>
/// <param name="Code">Stable, in small letters and dashes.</param>
/// <param name="Text">A sentence with the values.</param>
public sealed record RuleFailure(string Code, string Text);
