using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine.Claims;

namespace TelegramTrader.Chat;

/// <summary>What channels claimed, and whether it was so.</summary>
internal static class ClaimText
{
    public static string Count(ClaimCount count) => $"claims: {count.True} true, {count.False} false, {count.Unknown} could not be checked";

    public static void Write(AnswerBuilder text, IReadOnlyList<ClaimReport> claims, Formats formats)
    {
        if (claims.Count == 0)
            return;
        text.Blank().Heading("What the channel claimed");
        foreach (var claim in claims)
            text.Line($"{Sign(claim.Verdict)} {formats.Time(claim.ClaimedAt)} {claim.Claim}: {Word(claim.Verdict)} – {claim.Reason}");
    }

    private static string Sign(ClaimVerdict verdict) => verdict switch { ClaimVerdict.True => "✓", ClaimVerdict.False => "✗", _ => "?" };

    private static string Word(ClaimVerdict verdict) => verdict switch { ClaimVerdict.True => "true", ClaimVerdict.False => "false", _ => "cannot be checked" };
}
