using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Telegram.Polling;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Polling;

/// <summary>A store in memory that survives the pollers that use it.</summary>
internal sealed class MemoryOffsetStore : IUpdateOffsetStore
{
    private readonly ConcurrentQueue<long> _saved = [];

    public long? Offset { get; set; }

    /// <summary>All offsets saved, in order.</summary>
    public IReadOnlyList<long> Saved => [.. _saved];

    /// <summary>Called with the count of savings, this one included; the offset is kept only if it succeeds.</summary>
    public Func<int, Task> BeforeSaving { get; set; } = _ => Task.CompletedTask;

    public Task<long?> LoadAsync() => Task.FromResult(Offset);

    public async Task SaveAsync(long nextOffset)
    {
        await BeforeSaving(_saved.Count + 1);
        _saved.Enqueue(nextOffset);
        Offset = nextOffset;
    }
}

/// <summary>A poller at work on the simulated server, and what it hands on and reports, to be awaited one by one.</summary>
internal sealed class PollerStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<Update> _handled = Channel.CreateUnbounded<Update>();
    private readonly Channel<PollerStatus> _statuses = Channel.CreateUnbounded<PollerStatus>();
    private readonly Channel<UpdateFailure> _failures = Channel.CreateUnbounded<UpdateFailure>();
    private readonly Func<Update, CancellationToken, Task> _handler;

    /// <param name="handler">Called before the update counts as handled.</param>
    public PollerStage(ConnectedBot bot, MemoryOffsetStore store, Func<Update, CancellationToken, Task>? handler = null, Action<PollerStatus>? onStatus = null)
    {
        _handler = handler ?? ((_, _) => Task.CompletedTask);
        var poller = new UpdatePoller(
            bot.Api,
            store,
            HandleAsync,
            new PollerReports(
                status =>
                {
                    _statuses.Writer.TryWrite(status);
                    onStatus?.Invoke(status);
                },
                failure => _failures.Writer.TryWrite(failure)),
            TimeSpan.FromSeconds(50),
            bot.Time,
            () => 0,
            NullLogger<UpdatePoller>.Instance);
        Running = Task.Run(() => poller.RunAsync(_ending.Token));
    }

    public Task Running { get; }

    public bool HasMoreStatuses => _statuses.Reader.Count > 0;

    public Task<Update> NextUpdateAsync() => NextAsync(_handled);

    public async Task<TStatus> NextStatusAsync<TStatus>() where TStatus : PollerStatus => Assert.IsType<TStatus>(await NextAsync(_statuses));

    public Task<UpdateFailure> NextFailureAsync() => NextAsync(_failures);

    public void Cancel() => _ending.Cancel();

    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await Running.WaitAsync(ManualTimeProvider.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ending.Dispose();
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync().AsTask().WaitAsync(ManualTimeProvider.Patience);

    private async Task HandleAsync(Update update, CancellationToken cancellationToken)
    {
        await _handler(update, cancellationToken);
        _handled.Writer.TryWrite(update);
    }
}
