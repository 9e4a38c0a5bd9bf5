using System.Collections.Concurrent;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Hears what the engine made of each version of a post, and when.</summary>
internal sealed class Decided(TimeProvider time) : ICommitListener
{
    private readonly ConcurrentDictionary<(ChannelId Channel, long MessageId, string Text, bool IsDeleted), DateTimeOffset> _at = [];

    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Committed(EngineCommit commit)
    {
        foreach (var outcome in commit.Changes.Messages)
        {
            Interlocked.Increment(ref _count);
            var message = outcome.Message;
            _at.TryAdd((message.Channel, message.MessageId, message.Text, message.Change == MessageChange.Deleted), time.GetUtcNow());
        }
    }

    /// <summary>When this version was decided; null: not yet.</summary>
    public DateTimeOffset? At(PlannedChange change) =>
        _at.TryGetValue((change.Channel, change.MessageId, change.Text, change.Change == MessageChange.Deleted), out var at) ? at : null;
}
