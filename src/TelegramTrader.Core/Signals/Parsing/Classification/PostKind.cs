using TelegramTrader.Core.Signals.Parsing.Updates;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>What a post is, before its figures are judged: one of a closed set.</summary>
internal abstract record PostKind
{
    private PostKind()
    {
    }

    /// <summary>It names a trade to open.</summary>
    /// <param name="Doubt">Something in the wording that makes it less sure; null for none.</param>
    public sealed record Signal(RuleFailure? Doubt) : PostKind;

    /// <summary>Levels without a symbol.</summary>
    public sealed record DetailsOnly : PostKind;

    /// <summary>A symbol and a side, and nothing to end the trade at.</summary>
    /// <param name="From">First token of the part that opens the trade.</param>
    /// <param name="To">The token behind its last.</param>
    public sealed record Alert(int From, int To) : PostKind;

    /// <summary>It reports on, or asks something of, a trade that is open.</summary>
    /// <param name="IsReport">The report is in the layout, ticks on a card, rather than in words.</param>
    /// <param name="Doubt">Why it may be none; null when it is sure.</param>
    public sealed record Update(bool IsReport, RuleFailure? Doubt) : PostKind
    {
        /// <summary>What the layout reports beside what the words do.</summary>
        public IReadOnlyList<UpdateEvent> Events { get; init; } = [];
    }

    public sealed record NotASignal(string Category, RuleFailure Reason) : PostKind;
}
