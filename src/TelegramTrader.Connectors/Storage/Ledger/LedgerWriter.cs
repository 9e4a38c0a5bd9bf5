using System.Globalization;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Ledger;

/// <summary>
/// Adds versions of posts to the end of the ledger, in the transaction that stores them as messages, so that nothing is in the one and not in the other.
/// </summary>
/// <param name="prices">Null where there is no market.</param>
internal sealed class LedgerWriter(IPostPrices? prices)
{
    private static readonly string Insert =
        $"INSERT INTO Ledger ({string.Join(", ", LedgerEncoding.Columns)}, Hash) VALUES ({string.Join(", ", Enumerable.Range(1, LedgerEncoding.Columns.Count + 1).Select(number => "$" + number.ToString(CultureInfo.InvariantCulture)))}) ON CONFLICT DO NOTHING";

    /// <summary>What the market says about the post now. Asked before the writer's turn, because the post is read for it.</summary>
    public ObservedPrice? Observe(ChannelMessage post) => prices?.Of(post);

    /// <param name="observed">From <see cref="Observe"/>; null when the post itself names nothing, and then the post that it changes or answers is looked at.</param>
    /// <param name="firstPostedAt">When the post first appeared, where that version was never seen.</param>
    public void Append(StorageTransaction transaction, ChannelMessage post, PostOrigin origin, ObservedPrice? observed, Instant? firstPostedAt = null)
    {
        var (count, last) = End(transaction);
        // What is read from an export has no price of its time.
        var price = origin != PostOrigin.Received ? null : observed ?? OfEarlierPost(transaction, post);
        object?[] values =
        [
            count + 1, post.Channel.Value, post.MessageId, (long)post.Revision, post.Change.ToString(), post.PostedAt.UnixMilliseconds, firstPostedAt?.UnixMilliseconds,
            post.ReceivedAt.UnixMilliseconds, post.Text, post.ReplyTo, post.HasMedia ? 1L : 0L, origin.ToString(),
            price?.Symbol.ToString(), price?.Price is { } known ? ExactText.Of(known.Value) : null, price?.Price is null ? null : price.At?.UnixMilliseconds, last, null,
        ];
        var hash = LedgerEncoding.Hash([.. values[..^1].Select(StoredValue.Of)]);
        values[^1] = hash;
        // A version that is there already, while its message is gone, stays what it was: the ledger is never written over, and its check tells of the message.
        if (transaction.Execute(Insert, values) == 1)
            transaction.Execute("UPDATE LedgerHead SET Count = $1, Hash = $2 WHERE Id = 1", count + 1, hash);
    }

    /// <summary>
    /// Where the chain goes on. Where somebody removed the head or added rows, it goes on all the same and does not mend what was done: the check finds it.
    /// </summary>
    private static (long Count, string Hash) End(StorageTransaction transaction)
    {
        var head = transaction.Rows("SELECT Count, Hash FROM LedgerHead WHERE Id = 1", row => (Count: row.GetInt64(0), Hash: row.GetString(1)));
        var last = transaction.Value("SELECT MAX(Number) FROM Ledger") is long number ? number : 0;
        if (head.Count == 1)
            return (Math.Max(head[0].Count, last), head[0].Hash);
        return (last, transaction.Value("SELECT Hash FROM Ledger WHERE Number = $1", last) as string ?? LedgerEncoding.Beginning);
    }

    private ObservedPrice? OfEarlierPost(StorageTransaction transaction, ChannelMessage post)
    {
        if (prices is null)
            return null;
        var symbol = post.Revision > 1 || post.Change != MessageChange.Posted ? SymbolOf(transaction, post.Channel, post.MessageId) : null;
        symbol ??= post.ReplyTo is { } answered ? SymbolOf(transaction, post.Channel, answered) : null;
        return symbol is not null && Symbol.TryParse(symbol, out var parsed) ? prices.Of(parsed) : null;
    }

    private static string? SymbolOf(StorageTransaction transaction, ChannelId channel, long message) => transaction.Value(
        "SELECT Symbol FROM Ledger WHERE Channel = $1 AND MessageId = $2 AND Symbol IS NOT NULL ORDER BY Revision DESC LIMIT 1", channel.Value, message) as string;
}
