using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Trading;

/// <summary>
/// Where posts of live sources come in: stored first, and then handed to the engine, each version once. Until the engine has read its account a post would be denied for
/// that alone, so it waits; what an earlier run stored and did not handle goes first.
/// </summary>
public sealed class PostIntake(MessageInbox inbox, PostTries tries, TradingDesk desk, IPostPreparation? preparation, TimeProvider time, ILogger<PostIntake> log)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly Lock _line = new();
    private Task _lastInLine = Task.CompletedTask;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when posts may come in.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Waits until the engine may trade, and then hands it what was left behind by an earlier run.</summary>
    /// <param name="isOurs">Whether a channel belongs to a live source; recordings bring their own posts again.</param>
    public async Task TakeUpAsync(Func<ChannelId, bool> isOurs, CancellationToken cancellation)
    {
        while (!await desk.ReadAsync(state => state.IsReconciled).WaitAsync(cancellation))
            await Task.Delay(LookAgainAfter, time, cancellation);
        foreach (var post in inbox.Unhandled().Where(post => isOurs(post.Channel)))
        {
            if (!tries.MayTry(post))
                continue;
            Hand(post);
            await _lastInLine.WaitAsync(cancellation);
            // One at a time: when the engine falls over one, those behind it were not tried.
            await desk.ReadAsync(state => state.Now).WaitAsync(cancellation);
        }

        _ready.TrySetResult();
    }

    /// <returns>False when this version was handed over before.</returns>
    public bool Hand(ChannelMessage post) => Hand([post]) > 0;

    /// <summary>Hands over posts that came together, in their order: all of them are stored before the first goes to the engine.</summary>
    /// <returns>How many of them were not handed over before.</returns>
    public int Hand(IReadOnlyList<ChannelMessage> posts)
    {
        // On a recorded market it is another time than on the sender's clock, and the post is of the desk's moment.
        var dated = desk.HasRealTime ? posts : [.. posts.Select(post => post with { PostedAt = desk.Now, ReceivedAt = desk.Now })];
        var isNew = inbox.Receive(dated);
        for (var index = 0; index < dated.Count; index++)
            if (isNew[index])
                Pass(dated[index]);
        return isNew.Count(one => one);
    }

    private void Pass(ChannelMessage post)
    {
        if (preparation is null)
            Forward(post);
        else
            lock (_line)
                _lastInLine = PrepareAndForwardAsync(_lastInLine, preparation, post);
    }

    /// <summary>Prepared side by side, handed over in the order in which they came.</summary>
    private async Task PrepareAndForwardAsync(Task before, IPostPreparation prepare, ChannelMessage post)
    {
        try
        {
            await prepare.PrepareAsync(post, CancellationToken.None);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The post {Message} of {Channel} is handed over without what should have been fetched for it", post.MessageId, post.Channel.Value);
        }

        await before;
        Forward(post);
    }

    private void Forward(ChannelMessage post) => desk.Post(new EngineEvent.MessageReceived(post) { At = desk.Now });
}
