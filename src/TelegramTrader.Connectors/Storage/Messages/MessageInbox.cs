using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Messages;

/// <summary>
/// Where every post comes in before anything is done with it. Sources may bring a post as often as they like: each version is stored once and goes to the
/// engine once. One that was stored and not handled before a crash goes again after the restart. Safe to call from any thread.
/// </summary>
public sealed class MessageInbox : IDisposable
{
    /// <summary>The outcome of a post that was stored as history.</summary>
    public const string History = "history";

    /// <summary>How many posts <see cref="Since"/> gives at most.</summary>
    public const int MostSince = 1_000;

    private readonly DataFolder _folder;
    private readonly RowTable<MessageRow> _table;
    private readonly RawMessageFile _file;
    private readonly LedgerWriter _ledger;
    private readonly HashSet<long> _leftBehind;

    /// <param name="prices">What the ledger asks for the market's price when a post comes; null where there is no market.</param>
    public MessageInbox(DataFolder folder, IPostPrices? prices = null)
    {
        _folder = folder;
        _ledger = new LedgerWriter(prices);
        _table = new RowTable<MessageRow>(folder.Model);
        _file = new RawMessageFile(folder.FileAt("signals_raw.jsonl"));
        using var context = folder.Read();
        _leftBehind = [.. context.Messages.Where(row => row.HandledAt == null).Select(row => row.Id)];
    }

    /// <summary>
    /// Stores the post. True when the engine must get it now: it is new, or it was left behind by an earlier run. False when it was handled, or was handed out
    /// in this run already.
    /// </summary>
    /// <remarks>
    /// Message and ledger are one transaction. The file is written first. A crash between the two writes then leaves a line too many, which its key tells, and never a post that the file lacks: what is in
    /// the database is not written to the file again.
    /// </remarks>
    public bool Receive(ChannelMessage message) => Receive([message])[0];

    /// <summary>Stores posts that came together in one transaction, all or none of them, in their order; for each what <see cref="Receive(ChannelMessage)"/> says.</summary>
    public IReadOnlyList<bool> Receive(IReadOnlyList<ChannelMessage> messages)
    {
        var observed = messages.Select(_ledger.Observe).ToArray();
        return _folder.Writer.Write(transaction => messages.Select((message, index) => Receive(transaction, message, observed[index])).ToArray());
    }

    /// <summary>
    /// Stores posts of the past, all or none of them. They count as handled, so that they are never traded. What is known already, from an earlier import or because
    /// the bot was there, stays as it is; a later edit is a further version.
    /// </summary>
    /// <param name="from">Where they come from, in a few words.</param>
    /// <param name="origin">As it stands in the ledger.</param>
    /// <param name="onlyUnknown">A post of which any version is known is left as it is, also where it was edited since.</param>
    public HistoryStored StoreHistory(
        IReadOnlyList<HistoricPost> posts, Instant now, string from, PostOrigin origin = PostOrigin.Imported, bool onlyUnknown = false) => _folder.Writer.Write(transaction =>
    {
        var (added, edited) = (0, 0);
        foreach (var post in posts)
        {
            if (NewVersion(transaction, post, now, onlyUnknown) is not { } message)
                continue;
            var isFirstUnknown = post.EditedAt is not null && message.Revision == 2 && !IsStored(transaction, message with { Revision = 1 });
            var row = SignalMapping.ToRow(message);
            (row.HandledAt, row.Outcome, row.Reason) = (now, History, isFirstUnknown ? $"{from}; edited before, the first text is not known" : from);
            _file.Append(message);
            _table.Insert(transaction, row);
            _ledger.Append(transaction, message, origin, observed: null, isFirstUnknown ? post.PostedAt : null);
            added++;
            edited += isFirstUnknown ? 1 : 0;
        }

        return new HistoryStored(added, posts.Count - added, edited);
    });

    /// <summary>
    /// Posts that were stored and never handled, in the order in which they came. At start each goes through <see cref="Receive(ChannelMessage)"/> again, which says whether to hand it on.
    /// </summary>
    public IReadOnlyList<ChannelMessage> Unhandled()
    {
        using var context = _folder.Read();
        return [.. context.Messages.Where(row => row.HandledAt == null).OrderBy(row => row.Id).AsEnumerable().Select(SignalMapping.ToMessage)];
    }

    /// <summary>The latest version of a post that was stored, so that a source can tell an edit from a repetition and number it; null when there is none.</summary>
    public ChannelMessage? Latest(ChannelId channel, long messageId) =>
        _folder.Reader.Read(reading => _table.Where(reading, "Channel = $1 AND MessageId = $2 ORDER BY Revision DESC LIMIT 1", channel.Value, messageId)) is [var row]
            ? SignalMapping.ToMessage(row)
            : null;

    /// <summary>The latest versions of the posts of a channel with higher ids, in rising order of ids; of more than <see cref="MostSince"/> the highest.</summary>
    public IReadOnlyList<ChannelMessage> Since(ChannelId channel, long afterId)
    {
        using var context = _folder.Read();
        return
        [
            .. context.Messages.Where(row => row.Channel == channel.Value && row.MessageId > afterId
                    && !context.Messages.Any(later => later.Channel == row.Channel && later.MessageId == row.MessageId && later.Revision > row.Revision))
                .OrderByDescending(row => row.MessageId).Take(MostSince).AsEnumerable().Reverse().Select(SignalMapping.ToMessage),
        ];
    }

    /// <summary>The ids of posts of a channel that came so long before the latest one, or later, and were not deleted, in rising order; none that was stored as history; of its <paramref name="most"/> latest posts only.</summary>
    public IReadOnlyList<long> Recent(ChannelId channel, TimeSpan within, int most)
    {
        var latest = _folder.Reader.Read(reading => reading.Rows(
            """
            SELECT MessageId, ReceivedAt, Change FROM Messages m WHERE Channel = $1 AND Revision = (SELECT MAX(Revision) FROM Messages WHERE Channel = m.Channel AND MessageId = m.MessageId)
            AND Outcome IS NOT $3 ORDER BY MessageId DESC LIMIT $2
            """,
            row => (Id: row.GetInt64(0), ReceivedAt: row.GetInt64(1), Change: row.GetString(2)), channel.Value, most, History));
        return latest.Count == 0
            ? []
            : [.. latest.Where(post => post.Change != nameof(MessageChange.Deleted) && latest[0].ReceivedAt - post.ReceivedAt <= within.TotalMilliseconds).Select(post => post.Id).Reverse()];
    }

    public void Dispose() => _file.Dispose();

    private bool Receive(StorageTransaction transaction, ChannelMessage message, ObservedPrice? observed)
    {
        var stored = transaction.Value(
            "SELECT Id FROM Messages WHERE Channel = $1 AND MessageId = $2 AND Revision = $3", message.Channel.Value, message.MessageId, message.Revision);
        // Whoever asks first gets it; the next one to bring the same post does not.
        if (stored is long id)
            return _leftBehind.Remove(id) && transaction.Value("SELECT HandledAt FROM Messages WHERE Id = $1", id) is null;
        _file.Append(message);
        _table.Insert(transaction, SignalMapping.ToRow(message));
        _ledger.Append(transaction, message, PostOrigin.Received, observed);
        return true;
    }

    /// <summary>The post as a version of its own, or null when that version is known.</summary>
    private static ChannelMessage? NewVersion(StorageTransaction transaction, HistoricPost post, Instant now, bool onlyUnknown)
    {
        var latest = transaction.Rows(
            "SELECT Revision, PostedAt, Text FROM Messages WHERE Channel = $1 AND MessageId = $2 ORDER BY Revision DESC LIMIT 1",
            row => (Revision: row.GetInt32(0), PostedAt: row.GetInt64(1), Text: row.GetString(2)), post.Channel.Value, post.MessageId);
        // Counting an edited post as an edit keeps its text from being taken for what was said at first.
        var revision = latest.Count == 0 ? post.EditedAt is null ? 1 : 2
            : !onlyUnknown && post.EditedAt is { } edited && edited.UnixMilliseconds > latest[0].PostedAt && latest[0].Text != post.Text ? latest[0].Revision + 1
            : 0;
        return revision == 0 ? null : new ChannelMessage
        {
            Channel = post.Channel,
            MessageId = post.MessageId,
            Revision = revision,
            Change = revision == 1 ? MessageChange.Posted : MessageChange.Edited,
            PostedAt = post.EditedAt ?? post.PostedAt,
            ReceivedAt = now,
            Text = post.Text,
            ReplyTo = post.ReplyTo,
            HasMedia = post.HasMedia,
        };
    }

    private static bool IsStored(StorageTransaction transaction, ChannelMessage message) => transaction.Value(
        "SELECT Id FROM Messages WHERE Channel = $1 AND MessageId = $2 AND Revision = $3", message.Channel.Value, message.MessageId, message.Revision) is not null;
}
