using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Notifications;
using TelegramTrader.TelegramFront;

namespace TelegramTrader.Trading;

/// <summary>
/// The one way in which the program ends by itself, with exit code 1: the engine stops at once, the admins are told, and then everything ends. It needs nothing of the engine, which may be
/// what failed, and waits for nothing longer than <see cref="Patience"/>. Who could not be reached hears of it after the next start. A program that ends soon after each start for the
/// same reason, because a service manager starts it anew, says so once an hour; one that had run for a while says so each time.
/// </summary>
public sealed class ProgramEnd(
    DataFolder folder, ProgramEndings endings, DeskParts desk, Recipients recipients, NotificationText texts, TelegramSender? sender, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<ProgramEnd> log) : IHostedService
{
    /// <summary>How long the telling may take. What is committed is safe by then, and stops at the exchange are not touched by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string NotNoted = "That the program ends could not be written down";

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SameReasonToldEvery = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _begun = new();
    private readonly long _startedAt = time.GetTimestamp();
    private int _calls;

    /// <summary>Cancelled when the program begins to end by itself: nothing is decided any more.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>With what the program ends, whoever ended it.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Done;

    /// <summary>Before anything can fail: what the last run could not tell. It is no reason not to start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Try(() => endings.TakeUp(Now), "What the last run could not tell could not be put into the outbox");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the program. The first call counts; whoever comes later has failed because of it, or is too late to matter.</summary>
    /// <param name="reason">Half a sentence for people, without anything secret: what an exception says belongs into the log.</param>
    public async Task EndAsync(string reason)
    {
        if (Interlocked.Increment(ref _calls) > 1)
            return;
        ExitCode = ExitCodes.Failed;
        await _begun.CancelAsync();
        try
        {
            // The storage may be what hangs.
            await Task.Run(() => TellAsync(reason)).WaitAsync(Patience + TimeSpan.FromSeconds(1), time);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "That the program ends could not be told");
        }

        lifetime.StopApplication();
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private async Task TellAsync(string reason)
    {
        var ended = new Notification.ProgramEnded(Now, reason, Try(Left, "What protects open positions could not be read"), HasGoneOn: false);
        if (recipients.All is not { Count: > 0 } chats || WasToldJustNow(reason))
            return;
        // First written down, then sent: whatever happens to the sending, the next start knows.
        Try(() => endings.Note(ended, chats), NotNoted);
        if (sender is null)
            return;
        using var patience = new CancellationTokenSource(Patience, time);
        var outcomes = await Task.WhenAll(chats.Select(async chat => (Chat: chat, IsTold: await SendAsync(ended, chat, patience.Token))));
        Try(() => endings.Note(ended, [.. outcomes.Where(outcome => !outcome.IsTold).Select(outcome => outcome.Chat)]), NotNoted);
    }

    private bool WasToldJustNow(string reason) =>
        time.GetElapsedTime(_startedAt) < Soon && Try(() => endings.Last, "The last end could not be read") is { Ended: var last } && last.Reason == reason
        // A clock that was put right may have left the last one in the future.
        && (Now - last.At).Duration() < SameReasonToldEvery;

    private async Task<bool> SendAsync(Notification.ProgramEnded ended, long chat, CancellationToken cancellation)
    {
        try
        {
            var outcome = await sender!.SendAsync(new OutgoingMessage { ChatId = chat, Text = TelegramMarkup.Write(texts.Write(ended, null)), Priority = MessagePriority.Alarm }, cancellation);
            if (outcome is SendOutcome.Delivered)
                return true;
            log.LogWarning("Chat {Chat} could not be told that the program ends: {Outcome}", chat, outcome);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("Chat {Chat} could not be told within {Seconds:0} s that the program ends; it is told after the next start", chat, Patience.TotalSeconds);
        }

        return false;
    }

    /// <summary>As it was committed, which is where the next start goes on from: the engine's memory may be ahead of that.</summary>
    private ProtectionLeft Left()
    {
        var state = new EngineStateStore(folder).Load(TimeSpan.Zero);
        var views = state.Trades.Values.OrderBy(trade => trade.Number).Select(trade => TradeView.Of(state, trade) with { RestsAtExchange = desk.Engine.HoldsStops }).ToArray();
        return new ProtectionLeft(
            Held(StopHolder.Exchange), Held(StopHolder.Engine), Held(StopHolder.Missing, StopHolder.Nobody),
            [.. views.Where(view => view.Orders.Any(order => order.IsLive && !order.Intent.ReduceOnly)).Select(view => view.Trade.Number)], desk.Live?.Exchange is null);

        int[] Held(params StopHolder[] holders) => [.. views.Where(view => holders.Contains(view.StopHolder)).Select(view => view.Trade.Number)];
    }

    private void Try(Action part, string trouble) => Try<object>(
        () =>
        {
            part();
            return null;
        },
        trouble);

    /// <summary>Each part of the telling does without the others: a full disk must not keep a message from going out.</summary>
    private T? Try<T>(Func<T?> part, string trouble)
        where T : class
    {
        try
        {
            return part();
        }
        catch (Exception exception)
        {
            log.LogError(exception, "{Trouble}", trouble);
            return null;
        }
    }
}
