using System.Collections.Frozen;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Hears what the engine made of each version of a post, and when. Its memory is made before the run, so that it is no part of what grows.</summary>
internal sealed class Decided : ICommitListener
{
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<(ChannelId Channel, long MessageId, string Text, bool IsDeleted), int> _places;
    private readonly long[] _at;
    private int _count;

    public Decided(PostPlan plan, TimeProvider time)
    {
        _time = time;
        _places = plan.Changes.Select(Key).Distinct().Select((key, place) => (key, place)).ToFrozenDictionary(entry => entry.key, entry => entry.place);
        _at = new long[_places.Count];
    }

    public int Count => Volatile.Read(ref _count);

    public void Committed(EngineCommit commit)
    {
        foreach (var outcome in commit.Changes.Messages)
        {
            Interlocked.Increment(ref _count);
            var message = outcome.Message;
            if (_places.TryGetValue((message.Channel, message.MessageId, message.Text, message.Change == MessageChange.Deleted), out var place))
                Interlocked.CompareExchange(ref _at[place], _time.GetUtcNow().UtcTicks, 0);
        }
    }

    /// <summary>When this version was decided; null: not yet.</summary>
    public DateTimeOffset? At(PlannedChange change) =>
        Interlocked.Read(ref _at[_places[Key(change)]]) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static (ChannelId Channel, long MessageId, string Text, bool IsDeleted) Key(PlannedChange change) =>
        (change.Channel, change.MessageId, change.Text, change.Change == MessageChange.Deleted);
}
