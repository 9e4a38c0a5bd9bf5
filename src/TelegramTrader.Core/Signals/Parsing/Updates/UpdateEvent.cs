namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>One thing that a post reports or asks for.</summary>
/// <param name="First">First token of the words that say so.</param>
/// <param name="Last">Last token.</param>
/// <param name="Certainty">How sure the words are, 0 to 1.</param>
internal sealed record UpdateEvent(UpdateAction Action, int First, int Last, double Certainty)
{
    /// <summary>The number of the target; null for none named.</summary>
    public int? TargetIndex { get; init; }

    public bool IsAll { get; init; }

    /// <summary>The share to close, as a fraction.</summary>
    public decimal? Fraction { get; init; }

    /// <summary>The token of the price that the action names; -1 for none.</summary>
    public int PriceToken { get; init; } = -1;

    /// <summary>Tokens of the condition; null when the action is meant as it stands.</summary>
    public (int First, int Last)? Condition { get; init; }
}
