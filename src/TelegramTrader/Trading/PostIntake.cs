using System.Globalization;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Trading;

/// <summary>
/// Where posts of live sources come in: stored first, and then handed to the engine, each version once. Until the engine has read its account a post would be denied for
/// that alone, so it waits; what an earlier run stored and did not handle goes first.
/// </summary>
public sealed class PostIntake(MessageInbox inbox, KeyValueStore values, TradingDesk desk, IPostPreparation? preparation, TimeProvider time, ILogger<PostIntake> log)
{
    // A post over which the bot fell again and again must not keep it from managing its positions.
    private const int MostTries = 3;

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
            var key = string.Create(CultureInfo.InvariantCulture, $"tries:{post.Channel}/{post.MessageId}/{post.Revision}");
            var tries = values.Get<int>(key);
            if (tries >= MostTries)
            {
                log.LogError("The post {Message} of {Channel} was not handled in {Tries} starts and is left aside; it stands in the ledger", post.MessageId, post.Channel.Value, tries);
                continue;
            }

            // Counted before it is handed over: whoever falls over it does not come back to count.
            values.Set(key, tries + 1);
            log.LogInformation("The post {Message} of {Channel} was stored by an earlier run and not handled; it is handled now", post.MessageId, post.Channel.Value);
            Hand(post);
        }

        _ready.TrySetResult();
    }

    /// <returns>False when this version was handed over before.</returns>
    public bool Hand(ChannelMessage post)
    {
        // On a recorded market it is another time than on the sender's clock, and the post is of the desk's moment.
        var dated = desk.HasRealTime ? post : post with { PostedAt = desk.Now, ReceivedAt = desk.Now };
        if (!inbox.Receive(dated))
            return false;
        if (preparation is null)
            Forward(dated);
        else
            lock (_line)
                _lastInLine = PrepareAndForwardAsync(_lastInLine, preparation, dated);
        return true;
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
