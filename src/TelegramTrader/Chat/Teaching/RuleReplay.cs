using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Chat.Teaching;

/// <summary>A post that is read otherwise with a rule than without.</summary>
public sealed record ReadingChange(long MessageId, string Before, string After);

/// <param name="Posts">How many posts were read twice.</param>
/// <param name="New">Read as a signal or follow-up with the rule only.</param>
/// <param name="Changed">Read both times, as something else.</param>
/// <param name="Lost">Read as a signal or follow-up without the rule only.</param>
/// <param name="Other">No signal either way, for another reason.</param>
public sealed record ReplayResult(int Posts, IReadOnlyList<ReadingChange> New, IReadOnlyList<ReadingChange> Changed, IReadOnlyList<ReadingChange> Lost, IReadOnlyList<ReadingChange> Other);

/// <summary>Reads the stored posts of a channel without and with a rule and says what differs. Text only: without the market, the same at any time.</summary>
public static class RuleReplay
{
    public static ReplayResult Run(ISignalParser parser, IEnumerable<ChannelMessage> posts, ChannelSettings before, ChannelSettings after, CancellationToken cancellation)
    {
        var (count, fresh, changed, lost, other) = (0, new List<ReadingChange>(), new List<ReadingChange>(), new List<ReadingChange>(), new List<ReadingChange>());
        foreach (var post in posts)
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            var (old, now) = (PostReading.Read(parser, post, before), PostReading.Read(parser, post, after));
            var change = new ReadingChange(post.MessageId, PostReading.Words(old), PostReading.Words(now));
            if (change.Before == change.After)
                continue;
            ((IsRead(old), IsRead(now)) switch
            {
                (false, true) => fresh,
                (true, true) => changed,
                (true, false) => lost,
                _ => other,
            }).Add(change);
        }

        return new ReplayResult(count, fresh, changed, lost, other);
    }

    private static bool IsRead(ParseResult result) => result is ParseResult.Signal or ParseResult.Update;
}
