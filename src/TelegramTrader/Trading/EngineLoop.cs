using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Settings;

namespace TelegramTrader.Trading;

/// <summary>
/// The engine's own task: it moves a recorded market at the speed that was set, handles whatever others post meanwhile, and goes on doing so when the recording is over.
/// A failure of the engine ends the program: memory may be ahead of storage then, and only a restart is safe.
/// </summary>
public sealed class EngineLoop(DeskParts desk, MarketSettings settings, TimeProvider time, ProgramEnd end, ILogger<EngineLoop> log) : BackgroundService
{
    private static readonly TimeSpan Candle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _recordingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the recording does; faulted when the engine failed.</summary>
    public Task RecordingEnded => _recordingEnded.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits for the synchronous part of this; a recording at full speed has no other part.
        await Task.Yield();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, end.Begun);
        try
        {
            desk.Replay.Start(desk.Engine.State);
            while (!desk.Replay.IsAtEnd)
            {
                var due = time.GetTimestamp();
                desk.Replay.Next();
                if (settings.Speed > 0m)
                    await HandleUntilAsync(due, Candle / (double)settings.Speed, ending.Token);
                else
                    ending.Token.ThrowIfCancellationRequested();
            }

            _recordingEnded.TrySetResult();
            while (true)
            {
                await desk.Runner.WaitAsync(Idle, ending.Token);
                desk.Runner.RunPending();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            _recordingEnded.TrySetCanceled(ending.Token);
        }
        catch (Exception exception)
        {
            log.LogCritical(exception, "The engine has stopped. Nothing was sent that was not written down; start the bot again and it takes up from there");
            await end.EndAsync(exception is CommitRefusedException ? "what it had decided could not be written down: look at the disk" : "the engine fell over a mistake in the program");
            _recordingEnded.TrySetException(exception);
        }
    }

    private async Task HandleUntilAsync(long from, TimeSpan length, CancellationToken cancellation)
    {
        for (var left = length - time.GetElapsedTime(from); left > TimeSpan.Zero; left = length - time.GetElapsedTime(from))
        {
            await desk.Runner.WaitAsync(left, cancellation);
            desk.Runner.RunPending();
        }
    }
}
