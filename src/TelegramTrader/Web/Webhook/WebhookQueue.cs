using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Web.Webhook;

/// <summary>
/// Calls that were let in and wait to be stored, one after the other. What a call is called makes it one post however often it comes: its own id; or its body, where that has a time in it;
/// or else its body within a window.
/// </summary>
/// <param name="latest">The latest version of a post that was stored.</param>
internal sealed class WebhookQueue(WebhookOptions options, PostSink sink, Func<ChannelId, long, ChannelMessage?> latest, ILogger log)
{
    private readonly Channel<Call> _calls = Channel.CreateBounded<Call>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true });

    /// <returns>Ends when the call is stored, faulted when it could not be; null when there is no room.</returns>
    public Task? TryAdd(WebhookSource source, WebhookBody body, Instant now)
    {
        var call = new Call(source, body, now, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _calls.Writer.TryWrite(call) ? call.Stored.Task : null;
    }

    /// <summary>Nothing more is let in.</summary>
    public void Close() => _calls.Writer.TryComplete();

    /// <summary>Stores what comes until the queue is closed and empty, or until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var call in _calls.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await StoreAsync(call, cancellation);
                call.Stored.SetResult();
            }
            catch (Exception exception)
            {
                // One call that can't be stored is told to its sender, who may send it again; the next one has its own chance.
                log.LogError(exception, "A post of {Channel} could not be stored", call.Source.Channel);
                call.Stored.SetException(exception);
            }
        }
    }

    private async Task StoreAsync(Call call, CancellationToken cancellation)
    {
        var channel = new ChannelId(call.Source.Channel);
        if (NumberOf(call, channel) is not { } number)
        {
            log.LogInformation("{Channel}: the same alert came again within {Window} and is not taken twice", channel.Value, options.RepeatWindow);
            return;
        }

        var isNew = await sink(new ChannelMessage
        {
            Channel = channel,
            MessageId = number,
            PostedAt = call.Body.Time is { } time && time < call.At ? time : call.At,
            ReceivedAt = call.At,
            Text = call.Body.Text,
        }, cancellation);
        if (!isNew)
            log.LogInformation("{Channel}: the alert {Number} came again and is not taken twice", channel.Value, number);
    }

    private long? NumberOf(Call call, ChannelId channel)
    {
        if (call.Body.Id is { } id)
            return PostNumber.Of("id", id);
        if (call.Body.Time is { } time)
            return PostNumber.Of("time", Digits(time.UnixMilliseconds), call.Body.Text);
        var bucket = call.At.UnixMilliseconds / (long)options.RepeatWindow.TotalMilliseconds;
        var before = latest(channel, PostNumber.Of("window", Digits(bucket - 1), call.Body.Text));
        return before is not null && call.At - before.ReceivedAt < options.RepeatWindow ? null : PostNumber.Of("window", Digits(bucket), call.Body.Text);
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Call(WebhookSource Source, WebhookBody Body, Instant At, TaskCompletionSource Stored);
}
