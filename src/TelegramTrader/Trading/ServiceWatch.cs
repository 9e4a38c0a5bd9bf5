using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TelegramTrader.Trading;

/// <summary>
/// A part of the program that fails for good ends it, and says so: left to the host it would end without a word and as if all were well, and nobody would start it again. What can pass by
/// itself is tried again by the parts themselves and never comes here.
/// </summary>
/// <param name="services">Of the host, which knows its parts only when it has made them all.</param>
/// <param name="end">Ends the program for a reason, which is half a sentence for people.</param>
internal sealed class ServiceWatch(IServiceProvider services, Func<string, Task> end, ILogger<ServiceWatch> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var part in services.GetServices<IHostedService>().OfType<BackgroundService>())
            _ = WatchAsync(part);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal async Task WatchAsync(BackgroundService part)
    {
        try
        {
            await (part.ExecuteTask ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            // It was told to end. A time-out of its own would look the same, and is a failure.
            log.LogDebug("{Part} has ended", part.GetType().Name);
        }
        catch (Exception exception)
        {
            log.LogCritical(exception, "{Part} has failed; the program ends. Start the bot again and it takes up from there", part.GetType().Name);
            await end("a part of it failed that should not fail; the log says which and why");
        }
    }
}
