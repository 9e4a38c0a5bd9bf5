using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Channels;

/// <summary>
/// Tells when the account's connection to Telegram is lost for a while, and when it is back. Short breaks are told nobody: the history brings what they missed.
/// </summary>
public sealed class ChannelConnectionWatch(TelegramAccount account, Action<Notification> tell, TimeProvider time) : BackgroundService
{
    public const string Feed = "Telegram's channels";

    public static readonly TimeSpan TellAfter = TimeSpan.FromMinutes(2);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        account.ConnectionChanged += OnChanged;
        try
        {
            Instant? told = null;
            while (true)
            {
                var lost = account.LostSince;
                if (told is { } since && lost is null)
                {
                    tell(new Notification.ConnectionRestored(Feed, Now - since));
                    told = null;
                }

                if (lost is { } at && told is null && Now - at >= TellAfter)
                {
                    tell(new Notification.ConnectionLost(Feed, $"no connection since {at}; it is tried again by itself, and missed posts are fetched afterwards"));
                    told = at;
                }

                await WaitAsync(lost is { } pending && told is null ? pending + TellAfter - Now : Timeout.InfiniteTimeSpan, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            account.ConnectionChanged -= OnChanged;
        }
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private void OnChanged() => _changes.Writer.TryWrite(true);

    /// <summary>Until something changes, or the time is over.</summary>
    private async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var change = _changes.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(change, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        _changes.Reader.TryRead(out _);
    }
}
