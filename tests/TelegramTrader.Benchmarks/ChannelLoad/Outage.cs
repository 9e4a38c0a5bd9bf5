namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>What a kill of the gateway came to, in time from the start of the plan.</summary>
/// <param name="ReadyAt">When a new gateway was logged in again.</param>
/// <param name="CaughtUpAt">When the history of every channel had been read up to what was posted before <see cref="ReadyAt"/>.</param>
internal sealed record Outage(TimeSpan KilledAt, TimeSpan ReadyAt, TimeSpan CaughtUpAt)
{
    // A push that was written when the process died may have died with it.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(250);

    // Changes of posts from before are asked for by their ids, after the history.
    private static readonly TimeSpan LookByIds = TimeSpan.FromSeconds(1);

    /// <summary>Whether a version came and was replaced while nobody was connected: Telegram shows it to nobody any more.</summary>
    public bool Hides(PlannedChange change) => change.At >= KilledAt - UnderWay && change.Until <= CaughtUpAt + LookByIds;
}
