using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Settings;

namespace TelegramTrader.Trading;

/// <summary>
/// The engine's own task: it moves a recorded market at the speed that was set, handles whatever others post meanwhile, and goes on doing so when the recording is over.
/// A failure of the engine ends the program with exit code 1: memory may be ahead of storage then, and only a restart is safe.
/// </summary>
public sealed class EngineLoop(DeskParts desk, MarketSettings settings, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<EngineLoop> log) : BackgroundService
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
        try
        {
            desk.Replay.Start(desk.Engine.State);
            while (!desk.Replay.IsAtEnd)
            {
                var due = time.GetTimestamp();
                desk.Replay.Next();
                if (settings.Speed > 0m)
                    await HandleUntilAsync(due, Candle / (double)settings.Speed, stoppingToken);
                else
                    stoppingToken.ThrowIfCancellationRequested();
            }

            _recordingEnded.TrySetResult();
            while (true)
            {
                await desk.Runner.WaitAsync(Idle, stoppingToken);
                desk.Runner.RunPending();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _recordingEnded.TrySetCanceled(stoppingToken);
        }
        catch (Exception exception)
        {
            log.LogCritical(exception, "The engine has stopped. Nothing was sent that was not written down; start the bot again and it takes up from there");
            Environment.ExitCode = ExitCodes.Failed;
            _recordingEnded.TrySetException(exception);
            lifetime.StopApplication();
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
