using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>
/// The truth of a run: what is posted, edited and deleted in which channel and when. Made from a seed before anything runs, so that whatever dies, the truth does not.
/// </summary>
internal sealed class PostPlan
{
    /// <summary>No version of a post is replaced earlier than this: Telegram shows the latest only, so one that came and went while nobody was connected is lost to everybody.</summary>
    public static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(6);

    private readonly Random _random;
    private readonly PostTexts _texts;

    private PostPlan(int seed) => (_random, _texts) = (new Random(seed), new PostTexts(new Random(seed + 1)));

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; private set; } = [];

    public IReadOnlyList<ChannelId> Channels { get; private set; } = [];

    public static PostPlan Make(int channels, int changesASecond, TimeSpan length, int seed)
    {
        var plan = new PostPlan(seed);
        plan.Channels = [.. Enumerable.Range(1, channels).Select(number => new ChannelId(string.Create(CultureInfo.InvariantCulture, $"-100{number:0000000000}")))];
        plan.Changes = [.. plan.Channels.SelectMany(channel => plan.Of(channel, changesASecond, length)).OrderBy(change => change.At)];
        return plan;
    }

    /// <summary>Writes what the stand-in reads.</summary>
    public void Save(string path)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        File.WriteAllLines(path, Changes.Select(change => JsonSerializer.Serialize(
            new { at = (long)change.At.TotalMilliseconds, channel = change.Channel.Value, id = change.MessageId, change = Word(change.Change), text = change.Text, replyTo = change.ReplyTo }, options)));
    }

    private static string Word(MessageChange change) => change switch
    {
        MessageChange.Posted => "posted",
        MessageChange.Edited => "edited",
        _ => "deleted",
    };

    private IEnumerable<PlannedChange> Of(ChannelId channel, int changesASecond, TimeSpan length)
    {
        var latest = new List<PlannedChange>();
        long? lastSignal = null;
        var nextId = 1L;
        var count = (int)(length.TotalSeconds * changesASecond);
        for (var index = 0; index < count; index++)
        {
            // One in each slot, somewhere in it, so that a channel keeps its rate and no two channels their step.
            var at = TimeSpan.FromMilliseconds(Math.Floor((index + _random.NextDouble()) * 1000 / changesASecond));
            latest.RemoveAll(change => at - change.At > LongestLife);
            var change = Later(latest, at, _random.Next(100)) ?? Posted(channel, nextId++, at, lastSignal);
            if (change.Change == MessageChange.Posted && change.Kind == PlannedKind.Signal)
                lastSignal = change.MessageId;
            // Changed once at most, while it is one of the posts that are looked at again after a gap: the latest hundred, some ten seconds at this rate.
            if (change.Change == MessageChange.Posted)
                latest.Add(change);
            yield return change;
        }
    }

    private PlannedChange Posted(ChannelId channel, long id, TimeSpan at, long? lastSignal)
    {
        var dice = _random.Next(100);
        return dice < 20 ? new PlannedChange(at, channel, id, 0, MessageChange.Posted, PlannedKind.Signal, _texts.ASignal(), null)
            : dice < 40 && lastSignal is not null ? new PlannedChange(at, channel, id, 0, MessageChange.Posted, PlannedKind.Update, _texts.AnUpdate(), lastSignal)
            : new PlannedChange(at, channel, id, 0, MessageChange.Posted, PlannedKind.Chatter, _texts.SomeChatter(), null);
    }

    /// <summary>An edit or a deletion of a post that is old enough; null when it is not the turn of one, or there is none.</summary>
    private PlannedChange? Later(List<PlannedChange> latest, TimeSpan at, int dice)
    {
        var index = latest.FindIndex(change => at - change.At >= ShortestLife);
        if (dice >= 22 || index < 0)
            return null;
        var old = latest[index];
        latest.RemoveAt(index);
        old.Until = at;
        return dice < 7
            ? old with { At = at, Place = old.Place + 1, Change = MessageChange.Deleted, Kind = PlannedKind.Deletion, Text = "", Until = null }
            : old with { At = at, Place = old.Place + 1, Change = MessageChange.Edited, Text = Edited(old), Until = null };
    }

    private string Edited(PlannedChange old) => old.Kind switch
    {
        PlannedKind.Signal => AnotherSignal(old.Text),
        PlannedKind.Update => old.Text + "!",
        _ => old.Text + " (corrected)",
    };

    /// <summary>An edit that changes nothing is no version.</summary>
    private string AnotherSignal(string than)
    {
        var text = _texts.ASignal();
        while (text == than)
            text = _texts.ASignal();
        return text;
    }
}
