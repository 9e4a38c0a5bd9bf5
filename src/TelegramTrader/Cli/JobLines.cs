using Microsoft.Extensions.Hosting;
using TelegramTrader.Chat.Jobs;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;

namespace TelegramTrader.Cli;

/// <summary>Shows at the terminal how the jobs ended that were asked for there; a terminal can't edit what stands above.</summary>
public sealed class JobLines(TerminalScreen screen, JobStore store, JobRunner runner) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _told = new(0);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        runner.Changed += OnChanged;
        TellAll();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        runner.Changed -= OnChanged;
        return Task.CompletedTask;
    }

    /// <summary>Waits until every job that was asked for here has ended and was shown.</summary>
    public async Task AllToldAsync(CancellationToken cancellation)
    {
        while (store.Untold().Any(job => job.Place is null))
            await _told.WaitAsync(cancellation);
    }

    private void OnChanged(int number) => TellAll();

    private void TellAll()
    {
        lock (_gate)
            foreach (var job in store.Untold().Where(job => job is { Place: null, HasEnded: true }))
            {
                // The numbers of buttons mean those of the last answer, and this is none.
                screen.Show(JobText.Card(job, null, 0) with { Buttons = [] });
                store.MarkTold(job.Number);
                _told.Release();
            }
    }
}
