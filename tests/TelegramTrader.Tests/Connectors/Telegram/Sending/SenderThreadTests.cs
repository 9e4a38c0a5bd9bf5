using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>Many callers at once, answers on other threads: no message is forgotten and none goes twice.</summary>
public sealed class SenderThreadTests
{
    [Fact]
    public async Task SendAsync_ManyThreadsAndCancellations_EndsEveryMessageOnce()
    {
        var api = new YieldingApi();
        var unlimited = new RateLimit(100_000, TimeSpan.FromSeconds(1));
        var limits = new SendingLimits { PerChat = unlimited, Overall = unlimited, MaximumWaiting = 100_000 };
        using var sender = new TelegramSender(api, limits, new ManualTimeProvider(), () => 0, NullLogger<TelegramSender>.Instance);
        using var cancellation = new CancellationTokenSource();

        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(() => Enumerable.Range(0, 500)
            .Select(count => sender.SendAsync(
                SenderStage.Message(1 + (count % 5), $"{caller}-{count}", (MessagePriority)(count % 4)),
                count % 7 == 0 ? cancellation.Token : CancellationToken.None))
            .ToList())).ToList();
        var sendings = (await Task.WhenAll(callers)).SelectMany(caller => caller).ToList();
        await cancellation.CancelAsync();

        var ends = await Task.WhenAll(sendings.Select(EndOf)).WaitAsync(ManualTimeProvider.Patience);

        Assert.Equal(0, sender.QueueLength);
        Assert.Equal(api.Texts.Count, api.Texts.Distinct().Count());
        Assert.All(ends, end => Assert.True(end is TaskStatus.RanToCompletion or TaskStatus.Canceled));
        // Of 500 each, 72 (0, 7 … 497) could be cancelled.
        Assert.InRange(ends.Count(end => end == TaskStatus.RanToCompletion), 8 * (500 - 72), api.Texts.Count);
        Assert.Equal(1, api.MostAtOnceInAChat);
    }

    private static Task<TaskStatus> EndOf(Task<SendOutcome> sending) =>
        sending.ContinueWith(ended => ended.Status, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private sealed class YieldingApi : ITelegramApi
    {
        private readonly ConcurrentDictionary<long, int> _underway = [];
        private long _lastId;

        public ConcurrentQueue<string> Texts { get; } = [];

        public int MostAtOnceInAChat { get; private set; }

        public async Task<TelegramResult<TResult>> SendAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken)
        {
            var message = (SendMessage)(object)request;
            var atOnce = _underway.AddOrUpdate(message.ChatId, 1, (_, count) => count + 1);
            MostAtOnceInAChat = Math.Max(MostAtOnceInAChat, atOnce);
            Texts.Enqueue(message.Text);
            await Task.Yield();
            _underway.AddOrUpdate(message.ChatId, 0, (_, count) => count - 1);
            return (TelegramResult<TResult>)(object)new TelegramResult<MessageReceipt>.Ok(new MessageReceipt { MessageId = Interlocked.Increment(ref _lastId) });
        }
    }
}
