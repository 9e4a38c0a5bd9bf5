using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Polling;

namespace TelegramTrader.TelegramFront;

/// <summary>Runs the Telegram side: registers the menu, then receives updates until the bot ends. What goes wrong there never touches trading.</summary>
public sealed class TelegramService(
    ITelegramApi api, TelegramFront front, CommandMenu menu, KeyValueStore values, TelegramOptions options, TelegramState state, TimeProvider time,
    ILogger<TelegramService> log, ILogger<UpdatePoller> pollerLog) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var poller = new UpdatePoller(
            api, new OffsetStore(values), front.HandleAsync, new PollerReports(OnStatus, OnFailure), options.PollTimeout, time, Random.Shared.NextDouble, pollerLog);
        // The menu is not worth waiting for.
        var registering = menu.RegisterAsync(stoppingToken);
        await poller.RunAsync(stoppingToken);
        await registering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void OnStatus(PollerStatus status)
    {
        state.Set(status, time.GetUtcNow());
        switch (status)
        {
            case PollerStatus.Connected connected:
                log.LogInformation("Telegram is connected{Away}", connected.Away is { } away ? $" again after {away}" : "");
                break;
            case PollerStatus.Lost lost:
                log.LogWarning("Telegram can't be reached: {Reason}. Trading goes on; notifications wait", lost.Reason);
                break;
            case PollerStatus.ConflictingInstance conflict:
                log.LogError("{Explanation}", conflict.Explanation);
                break;
            case PollerStatus.TokenRefused refused:
                log.LogError("{Explanation}", refused.Explanation);
                break;
            case PollerStatus.WebhookRemoved:
                log.LogWarning("A webhook was set for this bot and has been removed, so that updates can be polled");
                break;
        }
    }

    private void OnFailure(UpdateFailure failure) => log.LogError("Telegram update {Failure} could not be handled", failure);

    /// <summary>How far updates were handled, over restarts.</summary>
    private sealed class OffsetStore(KeyValueStore values) : IUpdateOffsetStore
    {
        private const string Key = "telegram-offset";

        public Task<long?> LoadAsync() => Task.FromResult(values.Get<long?>(Key));

        public Task SaveAsync(long nextOffset)
        {
            values.Set(Key, nextOffset);
            return Task.CompletedTask;
        }
    }
}

/// <summary>How the connection to Telegram stands, for the health answer.</summary>
public sealed class TelegramState
{
    private (PollerStatus Status, DateTimeOffset Since)? _last;

    public (PollerStatus Status, DateTimeOffset Since)? Last
    {
        get
        {
            lock (this)
                return _last;
        }
    }

    public void Set(PollerStatus status, DateTimeOffset at)
    {
        lock (this)
            _last = (status, at);
    }
}
