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
    private readonly Func<ChannelMessage, ValueTask> _handle;
    private readonly TimeProvider _time;
    private readonly PostVersions _versions;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<ChannelPost> _held = [];
    private volatile ChannelBookmark? _bookmark;
    private bool _isHolding;
    private bool _isChanged;

    public ListenedChannel(FollowedChannel followed, IChannelMemory memory, Func<ChannelMessage, ValueTask> handle, TimeProvider time)
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

    public volatile bool NeedsCatchUp = true;

    public volatile bool IsSubscribed;

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
        _gate.Release();
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _isHolding = false;
            // One that cannot be handed on is brought again by the next look at the history.
            while (_held.Count > 0)
            {
                var post = _held[0];
                _held.RemoveAt(0);
                await HandOnAsync(post);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task PushedAsync(ChannelPost post, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_isHolding && _held.Count < MostHeld)
                _held.Add(post);
            else
                await HandOnAsync(post);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Hands on what is new in the page and moves the bookmark behind it; when a post cannot be handed on, the bookmark stays before it.</summary>
    public async Task ReadAsync(HistoryPage page, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var post in page.Posts)
            {
                // What was there before following began was never meant for us, unless a push brought it up.
                if (post.MessageId > _bookmark!.BaselineId || _versions.IsKnown(post.MessageId))
                    await HandOnAsync(post);
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
            foreach (var post in posts)
                await HandOnAsync(post);
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

    private async ValueTask HandOnAsync(ChannelPost post)
    {
        if (_versions.Next(post, Instant.From(_time.GetUtcNow())) is not { } message)
            return;
        await _handle(message);
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
