using System.Collections.Concurrent;
using System.Threading.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels;

/// <summary>A listener over a Telegram of the test's own, with one channel followed, and a handler that stores what it gets.</summary>
internal sealed class ListenerStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<ChannelMessage> _handled = Channel.CreateUnbounded<ChannelMessage>();
    private Task _running = Task.CompletedTask;

    /// <param name="memory">That of an earlier run; null for none.</param>
    public ListenerStage(FakeMemory? memory = null)
    {
        Memory = memory ?? new FakeMemory();
        Listener = new ChannelListener(Telegram, Memory, HandleAsync, new ChannelListenerOptions(), Time, Logger);
        Listener.Alarmed += Alarms.Enqueue;
    }

    public static readonly DateTimeOffset Beginning = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public ManualTimeProvider Time { get; } = new(Beginning);

    public FakeChannelGateway Telegram { get; } = new();

    public FakeMemory Memory { get; }

    public CollectingLogger<ChannelListener> Logger { get; } = new();

    public ChannelListener Listener { get; }

    public ConcurrentQueue<ChannelAlarm> Alarms { get; } = [];

    /// <summary>So many of the next posts cannot be stored.</summary>
    public int FailuresLeft { get; set; }

    public Instant Now => Instant.From(Time.GetUtcNow());

    public void Start() => _running = Listener.RunAsync(_end.Token);

    /// <summary>Started, with the channel followed from behind the posts that are there now.</summary>
    public async Task FollowAsync()
    {
        Start();
        await QuietAsync();
        await Listener.FollowAsync("@signals", CancellationToken.None);
        await UntilAsync(() => Listener.Channels is [{ ConfirmedId: not null, Problem: null }]);
        await QuietAsync();
    }

    /// <summary>A post of so many minutes ago.</summary>
    public ChannelPost Post(long id, string text, int minutesAgo = 0) =>
        new(MessageChange.Posted, FakeChannelGateway.Channel, id, Now.UnixMilliseconds - (minutesAgo * 60_000L), null, text, null, false);

    public ChannelPost Edit(ChannelPost post, string text, int minutesAgo = 0) =>
        post with { Change = MessageChange.Edited, Text = text, EditedAt = Now.UnixMilliseconds - (minutesAgo * 60_000L) };

    public static ChannelPost Deletion(long id) => new(MessageChange.Deleted, FakeChannelGateway.Channel, id, null, null, "", null, false);

    public async Task<ChannelMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(ManualTimeProvider.Patience);
        return await _handled.Reader.ReadAsync(patience.Token);
    }

    public async Task<string[]> NextTextsAsync(int count)
    {
        var texts = new string[count];
        for (var place = 0; place < count; place++)
            texts[place] = (await NextAsync()).Text;
        return texts;
    }

    public void AssertNothingElse() => Assert.False(_handled.Reader.TryRead(out var message), message?.ToString());

    /// <summary>One look at the history, and whatever follows from it. What was pushed before comes before it.</summary>
    public async Task PollAsync()
    {
        await QuietAsync();
        var before = Telegram.Calls.Count;
        Time.Advance(TimeSpan.FromSeconds(60));
        await QuietAsync();
        Assert.True(Telegram.Calls.Count > before);
    }

    /// <summary>
    /// Lets time go by in small steps until it is so. A single large step could come just before the listener sets the timer that it is meant for, and would then
    /// never be enough.
    /// </summary>
    public async Task PassUntilAsync(Func<bool> isTrue)
    {
        using var patience = new CancellationTokenSource(ManualTimeProvider.Patience);
        while (!isTrue())
        {
            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>A post was handed on and not looked at yet.</summary>
    public bool HasNext => _handled.Reader.TryPeek(out _);

    /// <summary>Until everything that was told so far is done with, and the history loop rests. More than once, because a round may have begun before.</summary>
    public async Task QuietAsync()
    {
        for (var time = 0; time < 3; time++)
        {
            var marks = Marks;
            var rounds = Listener.HistoryRounds;
            // A gap of a channel that nobody follows goes through the same queue, behind all that came before it, and wakes the history up.
            Telegram.Notice(new ChannelNotice.Gap(new ChannelId("-1009"), "mark"));
            await UntilAsync(() => Marks > marks && Listener.HistoryRounds > rounds);
        }
    }

    /// <summary>Until everything that was told so far was taken, also while the history does not answer.</summary>
    public async Task TakenAsync()
    {
        var marks = Marks;
        Telegram.Notice(new ChannelNotice.Gap(new ChannelId("-1009"), "mark"));
        await UntilAsync(() => Marks > marks);
        // Told before it is done with; the next mark comes behind it.
        Telegram.Notice(new ChannelNotice.Gap(new ChannelId("-1009"), "mark"));
        await UntilAsync(() => Marks > marks + 1);
    }

    public static async Task UntilAsync(Func<bool> isTrue)
    {
        using var patience = new CancellationTokenSource(ManualTimeProvider.Patience);
        while (!isTrue())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(ManualTimeProvider.Patience);
        Listener.Dispose();
        _end.Dispose();
    }

    private int Marks => Logger.Entries.Count(entry => entry.Text.Contains("-1009", StringComparison.Ordinal));

    private ValueTask HandleAsync(IReadOnlyList<ChannelMessage> messages)
    {
        if (FailuresLeft > 0)
        {
            FailuresLeft--;
            throw new IOException("the disk is full");
        }
        foreach (var message in messages)
        {
            Memory.Store(message);
            _handled.Writer.TryWrite(message);
        }
        return ValueTask.CompletedTask;
    }
}

/// <summary>What is left of a run for the next.</summary>
internal sealed class FakeMemory : IChannelMemory
{
    private readonly ConcurrentDictionary<(ChannelId Channel, long Id), ChannelMessage> _latest = [];
    private readonly ConcurrentDictionary<ChannelId, ChannelBookmark> _bookmarks = [];
    private volatile IReadOnlyList<FollowedChannel> _followed = [];

    public IReadOnlyList<FollowedChannel> LoadFollowed() => _followed;

    public void SaveFollowed(IReadOnlyList<FollowedChannel> channels) => _followed = channels;

    public ChannelBookmark? LoadBookmark(ChannelId channel) => _bookmarks.GetValueOrDefault(channel);

    public void SaveBookmark(ChannelId channel, ChannelBookmark bookmark) => _bookmarks[channel] = bookmark;

    public IReadOnlyList<ChannelMessage> Since(ChannelId channel, long afterId) =>
        [.. _latest.Where(entry => entry.Key.Channel == channel && entry.Key.Id > afterId).OrderBy(entry => entry.Key.Id).Select(entry => entry.Value)];

    public IReadOnlyList<long> Recent(ChannelId channel, TimeSpan within, int most)
    {
        var posts = _latest.Where(entry => entry.Key.Channel == channel).Select(entry => entry.Value).OrderByDescending(post => post.MessageId).Take(most).ToArray();
        return [.. posts.Where(post => post.Change != MessageChange.Deleted && posts[0].ReceivedAt - post.ReceivedAt <= within).Select(post => post.MessageId).Reverse()];
    }

    public ChannelMessage? Latest(ChannelId channel, long messageId) => _latest.GetValueOrDefault((channel, messageId));

    public void Store(ChannelMessage message) => _latest[(message.Channel, message.MessageId)] = message;
}
