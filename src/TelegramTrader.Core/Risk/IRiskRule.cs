namespace TelegramTrader.Core.Risk;

/// <summary>
/// One limit, one class, one file in <c>Rules</c>. Pure: it gets everything in the proposal, reads no database and sends no message.
/// Missing data denies.
/// </summary>
public interface IRiskRule
{
    /// <summary>Stable code of the denial, in small letters and dashes; documented in docs/denials.md.</summary>
    string Code { get; }

    /// <summary>What the rule looks at, in a few words for the user.</summary>
    string Name { get; }

    RiskCheck Check(RiskProposal proposal);
}

/// <summary>Everything a rule may look at.</summary>
/// <param name="Sizing">Null when no size could be computed; a rule that needs it denies.</param>
public sealed record RiskProposal(TradePlan Plan, Portfolio Portfolio, RiskSettings Settings, Sizing? Sizing);

/// <summary>The outcome of one rule, with its limit and what was measured, both in words with units.</summary>
public sealed record RiskCheck(string Code, string Name, bool Passed, string Measured, string Limit);

/// <summary>Our own no. Its text names the thing, the limit and the value.</summary>
public sealed record Denial(string Code, string Rule, string Measured, string Limit)
{
    public string Text => $"{Rule}: {Measured}, limit {Limit}";
}
