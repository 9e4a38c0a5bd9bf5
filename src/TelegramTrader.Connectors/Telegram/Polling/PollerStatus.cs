namespace TelegramTrader.Connectors.Telegram.Polling;

/// <summary>A change in how the poller stands with Telegram: one of a closed set, each reported once when it begins.</summary>
public abstract record PollerStatus
{
    private PollerStatus()
    {
    }

    /// <summary>Updates come in.</summary>
    /// <param name="Away">Since the first failure; null for the first connection after start.</param>
    public sealed record Connected(TimeSpan? Away) : PollerStatus;

    /// <summary>Telegram doesn't answer. Tried on, 1 to 60 s apart.</summary>
    public sealed record Lost(string Reason) : PollerStatus;

    /// <summary>Another program polls with the same token, so that each gets only some of the updates. Tried on.</summary>
    public sealed record ConflictingInstance(string Explanation) : PollerStatus;

    /// <summary>The token is wrong or revoked. Tried on, because a server in between may err.</summary>
    public sealed record TokenRefused(string Explanation) : PollerStatus;

    /// <summary>Updates went to a webhook, which was taken away so that they come here; none was dropped.</summary>
    public sealed record WebhookRemoved : PollerStatus;
}

/// <summary>Something went wrong with one update.</summary>
/// <param name="Attempt">Which attempt of the handler failed, from 1; 0 when it was never called or had succeeded.</param>
/// <param name="IsPassedOver">It will not be tried again: a person should look.</param>
public sealed record UpdateFailure(long UpdateId, string Description, int Attempt, bool IsPassedOver, Exception? Exception = null);

/// <summary>Where the poller reports to. Called on the poller's own turn, so to be quick; what they throw is logged.</summary>
public sealed record PollerReports(Action<PollerStatus> Status, Action<UpdateFailure> Failure);
