using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Backtests;

/// <summary>A plan that was chosen by looking at the past, and from then on is judged only by what came after.</summary>
/// <param name="FrozenAt">In the time of the desk; posts after this moment judge it.</param>
public sealed record FrozenPlan(ChannelId Channel, PlanChange Change, Instant FrozenAt, string By);

/// <summary>The frozen plans, kept over restarts. A plan that is frozen again keeps its first moment: it can't be made to forget what it met since.</summary>
public sealed class FrozenPlans(KeyValueStore values)
{
    /// <summary>Of one channel.</summary>
    public const int Most = 10;

    private const string Key = "frozen-plans";

    private readonly Lock _gate = new();

    public IReadOnlyList<FrozenPlan> Of(ChannelId channel) => [.. All().Where(plan => plan.Channel == channel).OrderBy(plan => plan.FrozenAt)];

    /// <returns>The plan as it is kept; null when the channel has as many as it may.</returns>
    public FrozenPlan? Freeze(ChannelId channel, PlanChange change, Instant now, string by)
    {
        lock (_gate)
        {
            var all = All();
            if (all.FirstOrDefault(plan => plan.Channel == channel && plan.Change == change) is { } known)
                return known;
            if (all.Count(plan => plan.Channel == channel) >= Most)
                return null;
            var frozen = new FrozenPlan(channel, change, now, by);
            values.Set(Key, new Stored([.. all, frozen]));
            return frozen;
        }
    }

    private IReadOnlyList<FrozenPlan> All() => values.Get<Stored>(Key)?.Plans ?? [];

    private sealed record Stored(IReadOnlyList<FrozenPlan> Plans);
}
