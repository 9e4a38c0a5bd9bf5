using System.Collections.Concurrent;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Connectors.Channels;

/// <summary>Telegram as the listener sees it: channels with posts in them, pushes on demand, and refusals when the test wants them.</summary>
internal sealed class FakeChannelGateway : IChannelGateway
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, ChannelPost> _posts = [];
    private readonly HashSet<string> _subscribed = [];
    private TaskCompletionSource? _historyStop;
    private TaskCompletionSource? _subscribeStop;

    public const string Channel = "-1001";

    public event Action<ChannelNotice>? Noticed;

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>What the next calls of the history answer instead.</summary>
    public ConcurrentQueue<GatewayAnswer<HistoryPage>> HistoryTrouble { get; } = [];

    public GatewayRefusal? SubscribeRefusal { get; set; }

    public int PageSize { get; set; } = IChannelGateway.LargestPage;

    /// <summary>Telegram has the post; nobody is told.</summary>
    public ChannelPost Put(ChannelPost post)
    {
        lock (_gate)
            _posts[post.MessageId] = post;
        return post;
    }

    public void Remove(long id)
    {
        lock (_gate)
            _posts.Remove(id);
    }

    public void Push(ChannelPost post) => Notice(new ChannelNotice.Post(post));

    public void Notice(ChannelNotice notice) => Noticed?.Invoke(notice);

    /// <summary>From now on the history does not answer until the returned source is set.</summary>
    public TaskCompletionSource StopHistory() => _historyStop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on subscribing does not answer until the returned source is set.</summary>
    public TaskCompletionSource StopSubscribing() => _subscribeStop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<GatewayAnswer<ChannelInfo>> ResolveAsync(string reference, CancellationToken cancellationToken) => Task.FromResult(Info(reference));

    public async Task<GatewayAnswer<ChannelInfo>> SubscribeAsync(string reference, ChannelId? expected, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"subscribe {reference} {expected}".TrimEnd());
        if (_subscribeStop is { } stop)
            await stop.Task.WaitAsync(cancellationToken);
        if (SubscribeRefusal is { } refusal)
            return new GatewayAnswer<ChannelInfo>.Refused(refusal);
        lock (_gate)
            _subscribed.Add(Channel);
        return Info(reference);
    }

    public Task<GatewayAnswer<bool>> UnsubscribeAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"unsubscribe {channel}");
        lock (_gate)
            return Task.FromResult<GatewayAnswer<bool>>(new GatewayAnswer<bool>.Ok(_subscribed.Remove(channel.Value)));
    }

    public async Task<GatewayAnswer<HistoryPage>> HistoryAsync(ChannelId channel, long? afterId, int limit, CancellationToken cancellationToken)
    {
        Calls.Enqueue(FormattableString.Invariant($"history {afterId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "latest"}"));
        if (_historyStop is { } stop)
            await stop.Task.WaitAsync(cancellationToken);
        if (HistoryTrouble.TryDequeue(out var trouble))
            return trouble;
        lock (_gate)
        {
            var size = Math.Min(limit, PageSize);
            ChannelPost[] page = afterId is { } after ? [.. _posts.Values.Where(post => post.MessageId > after).Take(size)] : [.. _posts.Values.TakeLast(size)];
            return new GatewayAnswer<HistoryPage>.Ok(new HistoryPage(page, page.LastOrDefault()?.MessageId, afterId is null || page.Length < size));
        }
    }

    public Task<GatewayAnswer<IReadOnlyList<ChannelPost>>> MessagesAsync(ChannelId channel, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"messages {string.Join(',', ids)}");
        lock (_gate)
        {
            ChannelPost[] posts = [.. ids.Select(id => _posts.TryGetValue(id, out var post) ? post : new ChannelPost(MessageChange.Deleted, channel.Value, id, null, null, "", null, false))];
            return Task.FromResult<GatewayAnswer<IReadOnlyList<ChannelPost>>>(new GatewayAnswer<IReadOnlyList<ChannelPost>>.Ok(posts));
        }
    }

    private static GatewayAnswer<ChannelInfo> Info(string reference) => new GatewayAnswer<ChannelInfo>.Ok(new ChannelInfo(Channel, $"Title of {reference}", null, "channel", IsMember: true));
}
