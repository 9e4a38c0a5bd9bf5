using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>What a channel says has happened to a signal of its own: one of a closed set.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    public sealed record EntryFilled : Claim
    {
        public override string ToString() => "entry filled";
    }

    /// <param name="Number">From 1; null when the post means all targets.</param>
    public sealed record TargetHit(int? Number) : Claim
    {
        public override string ToString() => Number is { } number ? $"target {number} hit" : "all targets hit";
    }

    public sealed record StopHit : Claim
    {
        public override string ToString() => "stop hit";
    }

    /// <param name="Percent">As written, often with leverage; negative for a loss.</param>
    /// <param name="Leverage">The leverage that the claiming post names; null when it names none.</param>
    public sealed record Gain(decimal Percent, decimal? Leverage) : Claim
    {
        public override string ToString() => FormattableString.Invariant($"{Percent:+0.##;-0.##;0} %{(Leverage is { } leverage ? $" with {leverage:0.##}x" : "")}");
    }
}

public enum ClaimVerdict
{
    True,
    False,

    /// <summary>Cannot be checked: not all prices are known, or the post does not say enough.</summary>
    Unknown,
}

/// <summary>A claim and what came of checking it against the prices that were seen.</summary>
/// <param name="Reason">A sentence with the values.</param>
/// <param name="MessageId">The post that claims it.</param>
public sealed record CheckedClaim(Claim Claim, ClaimVerdict Verdict, string Reason, long MessageId, int Revision, Instant ClaimedAt, Instant CheckedAt);

/// <summary>A checked claim with the signal that it is about.</summary>
public sealed record SignalClaim(int Number, ChannelId Channel, CheckedClaim Checked);
