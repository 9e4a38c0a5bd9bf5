using System.Text.Json;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Compares what a bot stored with what was posted. To be made after the bot has ended: it reads the files.</summary>
internal sealed class LoadCheck : IDisposable
{
    private const int MostFaults = 20;

    private readonly string _folder;
    private readonly SqliteConnection _connection;
    private readonly List<string> _faults = [];

    private LoadCheck(string folder)
    {
        _folder = folder;
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "trading.db")};Mode=ReadOnly;Pooling=False");
        _connection.Open();
    }

    /// <summary>Versions that were replaced while nobody was connected.</summary>
    public int Hidden { get; private set; }

    public long Stored { get; private set; }

    public long Decisions { get; private set; }

    public long Orders { get; private set; }

    /// <summary>What is not as it must be, a sentence each, the first of them; empty when all is well.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="happened">What of the plan has happened, in the order of time.</param>
    public static LoadCheck Of(string folder, IReadOnlyList<PlannedChange> happened, IReadOnlyList<Outage> outages)
    {
        var check = new LoadCheck(folder);
        var stored = check.Rows(
            "SELECT Channel, MessageId, Revision, Change, Text FROM Messages ORDER BY Id",
            row => new StoredVersion(new ChannelId(row.GetString(0)), row.GetInt64(1), row.GetInt32(2), row.GetString(3) == nameof(MessageChange.Deleted), row.GetString(4)));
        check.Stored = stored.Count;
        check.Versions(happened, stored, outages);
        check.Order(stored);
        check.Ledger(stored);
        check.RawFile(stored);
        check.Engine(happened);
        return check;
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Every version of every post, once and in its order. Only one that nobody could see any more may be missing.</summary>
    private void Versions(IReadOnlyList<PlannedChange> happened, List<StoredVersion> stored, IReadOnlyList<Outage> outages)
    {
        var storedByPost = stored.ToLookup(version => (version.Channel, version.MessageId));
        foreach (var post in happened.GroupBy(change => (change.Channel, change.MessageId)))
        {
            var found = new Queue<StoredVersion>(storedByPost[post.Key]);
            var revision = 0;
            var isKnown = false;
            foreach (var change in post)
            {
                var isDeleted = change.Change == MessageChange.Deleted;
                if (found.TryPeek(out var next) && next.IsDeleted == isDeleted && next.Text == change.Text)
                {
                    found.Dequeue();
                    isKnown = true;
                    Expect(next.Revision == ++revision, $"{change.Channel} post {change.MessageId}: revision {next.Revision} is stored where {revision} was expected");
                }
                else if (outages.Any(outage => outage.Hides(change)) || (isDeleted && !isKnown))
                {
                    // The deletion of a post that was never seen means nothing to anybody.
                    Hidden++;
                }
                else
                {
                    Fault($"{change.Channel} post {change.MessageId}: {change.Change} '{change.Text.ReplaceLineEndings(" ")}' of {change.At.TotalSeconds:0.000} s is missing");
                }
            }

            Expect(found.Count == 0, $"{post.Key.Channel} post {post.Key.MessageId}: {found.Count} versions are stored that were never posted, or are stored twice");
        }

        var posts = happened.Select(change => (change.Channel, change.MessageId)).ToHashSet();
        Expect(stored.All(version => posts.Contains((version.Channel, version.MessageId))), "posts are stored that were never posted");
    }

    private void Order(List<StoredVersion> stored)
    {
        foreach (var channel in stored.Where(version => version.Revision == 1).GroupBy(version => version.Channel))
        {
            var last = 0L;
            foreach (var version in channel)
            {
                Expect(version.MessageId > last, $"{channel.Key} post {version.MessageId} came after post {last}");
                last = version.MessageId;
            }
        }
    }

    private void Ledger(List<StoredVersion> stored)
    {
        Expect(new LedgerVerifier(Path.Combine(_folder, "trading.db")).Verify() is LedgerCheck.Sound { Count: var count } && count == stored.Count, "the ledger is not sound, or has more or fewer rows than there are messages");
        var rows = Rows("SELECT Channel, MessageId, Revision, Text FROM Ledger ORDER BY Number", row => (row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3)));
        Expect(rows.SequenceEqual(stored.Select(version => (version.Channel.Value, version.MessageId, version.Revision, version.Text))), "the ledger has not the order or the content of the messages");
    }

    private void RawFile(List<StoredVersion> stored)
    {
        var lines = File.ReadLines(Path.Combine(_folder, "signals_raw.jsonl")).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var post = document.RootElement;
            return (post.GetProperty("channel").GetString()!, post.GetProperty("message_id").GetInt64(), post.GetProperty("revision").GetInt32(), post.GetProperty("text").GetString()!);
        });
        Expect(lines.SequenceEqual(stored.Select(version => (version.Channel.Value, version.MessageId, version.Revision, version.Text))), "signals_raw.jsonl has not the order or the content of the messages");
    }

    /// <summary>Each version handed to the engine once, each signal decided once, no order twice.</summary>
    private void Engine(IReadOnlyList<PlannedChange> happened)
    {
        Expect(Number("SELECT COUNT(*) FROM Messages WHERE HandledAt IS NULL") == 0, "posts were stored and not handled");
        Expect(Number("SELECT COUNT(*) FROM Journal WHERE Kind = 'MessageReceived'") == Stored, "the engine was not handed as many versions as are stored");
        Decisions = Number("SELECT COUNT(*) FROM Signals");
        Orders = Number("SELECT COUNT(*) FROM Orders");
        Expect(Number("SELECT COUNT(DISTINCT ClientOrderId) FROM Orders") == Orders, "a client order id was used twice");
        Expect(Number("SELECT COUNT(*) FROM (SELECT 1 FROM Signals GROUP BY Channel, MessageId, Revision HAVING COUNT(*) > 1)") == 0, "a signal was decided twice");
        Expect(
            Number("SELECT COUNT(*) FROM Messages m WHERE (m.Outcome = 'signal') <> EXISTS (SELECT 1 FROM Signals s WHERE s.Channel = m.Channel AND s.MessageId = m.MessageId AND s.Revision = m.Revision)") == 0,
            "a signal has no decision, or a decision no signal");
        var outcomes = Rows("SELECT Channel, MessageId, Text, Outcome FROM Messages WHERE Revision = 1", row => (Key: (row.GetString(0), row.GetInt64(1), row.GetString(2)), Outcome: row.IsDBNull(3) ? "" : row.GetString(3)))
            .ToDictionary(row => row.Key, row => row.Outcome);
        foreach (var change in happened.Where(change => change is { Place: 0, Kind: not PlannedKind.Deletion }))
        {
            var expected = change.Kind switch
            {
                PlannedKind.Signal => "signal",
                PlannedKind.Update => "update",
                _ => "not_signal",
            };
            if (outcomes.TryGetValue((change.Channel.Value, change.MessageId, change.Text), out var outcome))
                Expect(outcome == expected, $"{change.Channel} post {change.MessageId} was read as {outcome} and is {expected}: '{change.Text.ReplaceLineEndings(" ")}'");
        }
    }

    private void Expect(bool isTrue, string fault)
    {
        if (!isTrue)
            Fault(fault);
    }

    private void Fault(string fault)
    {
        if (_faults.Count < MostFaults)
            _faults.Add(fault);
    }

    private long Number(string sql) => Rows(sql, row => row.GetInt64(0))[0];

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private sealed record StoredVersion(ChannelId Channel, long MessageId, int Revision, bool IsDeleted, string Text);
}
