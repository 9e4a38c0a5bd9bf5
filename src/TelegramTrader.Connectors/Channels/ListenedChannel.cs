using System.Collections.Immutable;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>One followed channel while the program runs: where it was read to, what is held back, what was handed on. Its gate lets one post through at a time.</summary>
internal sealed class ListenedChannel : IDisposable
{
    private const int MostRecentIds = IChannelGateway.LargestPage;
    private const int MostPostTimes = 300;
    private const int MostHeld = 1_000;

    private readonly IChannelMemory _memory;
    private readonly Func<IReadOnlyList<ChannelMessage>, ValueTask> _handle;
    private readonly TimeProvider _time;
    private readonly PostVersions _versions;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<ChannelPost> _held = [];
    private volatile ChannelBookmark? _bookmark;
    private bool _isHolding;
    private bool _isChanged;

    public ListenedChannel(FollowedChannel followed, IChannelMemory memory, Func<IReadOnlyList<ChannelMessage>, ValueTask> handle, TimeProvider time)
    {
        Followed = followed;
        _memory = memory;
        _handle = handle;
        _time = time;
        _versions = new PostVersions(id => memory.Latest(followed.Id, id));
        // Stored with the history only; what was pushed since is found in what was handed on.
        _bookmark = memory.LoadBookmark(followed.Id) is { } stored
            ? memory.Since(followed.Id, stored.ConfirmedId).Aggregate(stored, (bookmark, post) => With(bookmark, post))
            : null;
    }

    public FollowedChannel Followed { get; }

    public ChannelId Id => Followed.Id;

    /// <summary>Null until following began.</summary>
    public ChannelBookmark? Bookmark => _bookmark;

    /// <summary>The posts that may have changed since: the latest hundred, and on a busy channel those of some time before, so that no change is lost because much was posted.</summary>
    public IReadOnlyList<long> Recent(TimeSpan within, int most) =>
        [.. (_bookmark?.RecentIds ?? []).Union(_memory.Recent(Id, within, most)).Order().TakeLast(Math.Max(most, MostRecentIds))];

    public volatile bool NeedsCatchUp = true;

    /// <summary>The number of the gateway that was subscribed to last; <see cref="HistoryLoop.Gateway"/> says which is there now.</summary>
    public volatile int SubscribedTo = -1;

    public volatile string? Problem;

    /// <summary>Used by the history loop alone.</summary>
    public int PollsSinceRecheck { get; set; }

    public bool WasSilenceTold { get; set; }

    public bool WasUnreadableTold { get; set; }

    /// <summary>From now until <see cref="ReleaseAsync"/> pushes wait, so that what was missed before them comes first.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        _isHolding = true;
        Hold++;
        _gate.Release();
    }

    /// <summary>Which hold it is; whoever ends one says which it saw, because a newer one waits for another look at the history.</summary>
    public volatile int Hold;

    public async Task ReleaseAsync(int hold, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (hold != Hold)
                return;
            _isHolding = false;
            // One that cannot be handed on is brought again by the next look at the history.
            foreach (var post in _held)
                await HandOnAsync(post);
        }
        finally
        {
            if (!_isHolding)
                _held.Clear();
            _gate.Release();
        }
    }

    /// <summary>
    /// Hands on posts of many channels that were pushed together, so that they are stored together. Each channel waits until all are stored; when they can't be, none
    /// of them counts as handed on.
    /// </summary>
    /// <param name="posts">In the order in which they came; no post twice.</param>
    public static async Task PushedAsync(
        IReadOnlyList<(ListenedChannel Channel, ChannelPost Post)> posts, Func<IReadOnlyList<ChannelMessage>, ValueTask> handle, CancellationToken cancellationToken)
    {
        var entered = new List<ListenedChannel>();
        try
        {
            // Only pushes enter more than one, and they come one after the other, so nobody waits for anybody in a circle.
            foreach (var channel in posts.Select(pushed => pushed.Channel).Distinct())
            {
                await channel._gate.WaitAsync(cancellationToken);
                entered.Add(channel);
            }

            var versions = posts.Select(pushed => (pushed.Channel, pushed.Post, Message: pushed.Channel.NextUnlessHeld(pushed.Post))).Where(version => version.Message is not null).ToArray();
            if (versions.Length == 0)
                return;
            await handle([.. versions.Select(version => version.Message!)]);
            foreach (var (channel, post, message) in versions)
                channel.Remember(message!, post);
        }
        finally
        {
            foreach (var channel in entered)
                channel._gate.Release();
        }
    }

    /// <summary>Hands on what is new in the page and moves the bookmark behind it; when a post cannot be handed on, the bookmark stays before it.</summary>
    public async Task ReadAsync(HistoryPage page, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // What was there before following began was never meant for us, unless a push brought it up.
            var read = page.Posts.Where(post => post.MessageId > _bookmark!.BaselineId || _versions.IsKnown(post.MessageId)).ToArray();
            // What was pushed while it had to wait may be another version here, or gone again: its first version has its place between those that were missed.
            await HandOnHeldAsync();
            var waiting = _held.Where(post => post.MessageId < page.LastId && post.Change != MessageChange.Deleted && !_versions.IsKnown(post.MessageId)).ToArray();
            await HandOnAsync(waiting.Concat(read).DistinctBy(post => post.MessageId).OrderBy(post => post.MessageId));
            if (waiting.Length > 0)
            {
                await HandOnHeldAsync();
                await HandOnAsync(read);
            }

            if (page.LastId > _bookmark!.ConfirmedId || _isChanged)
                Save(_bookmark with { ConfirmedId = Math.Max(page.LastId ?? 0, _bookmark.ConfirmedId) });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Posts that were asked for by their ids.</summary>
    public async Task RecheckedAsync(IReadOnlyList<ChannelPost> posts, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await HandOnHeldAsync();
            await HandOnAsync(posts);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Following begins behind these posts; they only tell the channel's habit.</summary>
    public async Task BeginAsync(HistoryPage latest, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var times = latest.Posts.Select(post => post.PostedAt).OfType<long>().Order().ToImmutableArray();
            var last = latest.LastId ?? 0;
            Save(new ChannelBookmark(last, last, [], times));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private ChannelMessage? NextUnlessHeld(ChannelPost post)
    {
        if (!_isHolding || _held.Count >= MostHeld)
            return _versions.Next(post, Instant.From(_time.GetUtcNow()));
        _held.Add(post);
        return null;
    }

    private async ValueTask HandOnAsync(ChannelPost post)
    {
        if (_versions.Next(post, Instant.From(_time.GetUtcNow())) is not { } message)
            return;
        await _handle([message]);
        Remember(message, post);
    }

    /// <summary>
    /// Later versions of what was handed on already wait for nothing more. They come before those of the history, which would make them out of date.
    /// </summary>
    private async ValueTask HandOnHeldAsync()
    {
        for (var place = 0; place < _held.Count;)
        {
            if (!_versions.IsKnown(_held[place].MessageId))
            {
                place++;
                continue;
            }

            await HandOnAsync(_held[place]);
            _held.RemoveAt(place);
        }
    }

    /// <summary>Posts of one page: none of them is there twice.</summary>
    private async ValueTask HandOnAsync(IEnumerable<ChannelPost> posts)
    {
        var now = Instant.From(_time.GetUtcNow());
        var versions = posts.DistinctBy(post => post.MessageId).Select(post => (Post: post, Message: _versions.Next(post, now))).Where(version => version.Message is not null).ToArray();
        if (versions.Length == 0)
            return;
        await _handle([.. versions.Select(version => version.Message!)]);
        foreach (var (post, message) in versions)
            Remember(message!, post);
    }

    private void Remember(ChannelMessage message, ChannelPost post)
    {
        _versions.Remember(message, post);
        if (_bookmark is not { } bookmark)
            return;
        // Stored with the next look at the history: a transaction for each post would take as long as storing the post.
        _bookmark = With(bookmark, message);
        _isChanged = true;
    }

    private static ChannelBookmark With(ChannelBookmark bookmark, ChannelMessage message) => message.Change == MessageChange.Deleted
        ? bookmark with { RecentIds = bookmark.RecentIds.Remove(message.MessageId) }
        : bookmark with
        {
            RecentIds = With(bookmark.RecentIds, message.MessageId, MostRecentIds),
            RecentPostTimes = message.Revision == 1 ? With(bookmark.RecentPostTimes, message.PostedAt.UnixMilliseconds, MostPostTimes) : bookmark.RecentPostTimes,
        };

    private void Save(ChannelBookmark bookmark)
    {
        _memory.SaveBookmark(Id, bookmark);
        _bookmark = bookmark;
        _isChanged = false;
    }

    private static ImmutableArray<long> With(ImmutableArray<long> rising, long value, int most)
    {
        var place = rising.BinarySearch(value);
        var added = place >= 0 ? rising : rising.Insert(~place, value);
        return added.Length <= most ? added : added.RemoveRange(0, added.Length - most);
    }
}
