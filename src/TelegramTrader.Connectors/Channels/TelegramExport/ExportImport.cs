using System.Globalization;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>
/// Brings the posts of an export into the inbox and the ledger as history, some hundred a transaction. What was stored before a fault or an interruption stays, and a
/// second run passes over it.
/// </summary>
/// <param name="channel">The name under which the chat is stored instead of its id; the export is then of one chat only.</param>
/// <param name="batch">Posts a transaction.</param>
public sealed class ExportImport(MessageInbox inbox, TimeProvider time, ChannelId? channel = null, int batch = 500)
{
    private readonly List<HistoricPost> _waiting = [];
    private readonly HashSet<long> _chats = [];

    /// <summary>What was done so far; counted once it is stored.</summary>
    public ImportResult Result { get; private set; } = new();

    /// <param name="onStored">Told after each transaction.</param>
    /// <exception cref="ExportException">The export can't be read any further; everything before is stored.</exception>
    /// <exception cref="OperationCanceledException">Interrupted between two transactions.</exception>
    public void Run(ExportReader reader, Action<ImportResult> onStored, CancellationToken cancellation)
    {
        try
        {
            foreach (var piece in reader.Read())
            {
                Take(piece);
                if (_waiting.Count < batch)
                    continue;
                Store(onStored);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Store(onStored);
        }
    }

    private void Take(ExportPiece piece)
    {
        switch (piece)
        {
            case ExportPiece.Post post:
                _chats.Add(post.Chat.Id);
                Result = Result with { Chats = _chats.Count, ZonelessDates = Result.ZonelessDates + (post.HasZonelessDate ? 1 : 0) };
                _waiting.Add(new HistoricPost(channel ?? new ChannelId(post.Chat.ChatId), post.MessageId, post.PostedAt, post.EditedAt, post.Text, post.ReplyTo, post.HasMedia));
                break;
            case ExportPiece.NoPost:
                Result = Result with { NoPosts = Result.NoPosts + 1 };
                break;
            case ExportPiece.SkippedChat:
                Result = Result with { SkippedChats = Result.SkippedChats + 1 };
                break;
            default:
                throw new InvalidOperationException($"Nobody has said what becomes of a {piece.GetType().Name}.");
        }
    }

    private void Store(Action<ImportResult> onStored)
    {
        if (_waiting.Count == 0)
            return;
        var stored = inbox.StoreHistory(_waiting, Instant.From(time.GetUtcNow()), "imported from an export of Telegram Desktop");
        _waiting.Clear();
        Result = Result with { Added = Result.Added + stored.Added, Known = Result.Known + stored.Known, FirstTextUnknown = Result.FirstTextUnknown + stored.FirstTextUnknown };
        onStored(Result);
    }
}

/// <summary>What an import did.</summary>
/// <param name="Added">New versions of posts.</param>
/// <param name="Known">Posts that were there already.</param>
/// <param name="NoPosts">Service messages, passed over.</param>
/// <param name="SkippedChats">Conversations with single persons, passed over.</param>
/// <param name="FirstTextUnknown">New posts that had been edited before the export.</param>
/// <param name="ZonelessDates">Dates that were read as those of the zone that was set.</param>
public sealed record ImportResult(long Added = 0, long Known = 0, long NoPosts = 0, int Chats = 0, int SkippedChats = 0, long FirstTextUnknown = 0, long ZonelessDates = 0)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Added} posts imported, {Known} known already, {NoPosts} service messages passed over");
}
