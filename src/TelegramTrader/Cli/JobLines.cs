using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using TelegramTrader.Chat;
using TelegramTrader.Chat.Jobs;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;

namespace TelegramTrader.Cli;

/// <summary>Shows at the terminal how the jobs ended that were asked for there; a terminal can't edit what stands above.</summary>
public sealed class JobLines(TerminalScreen screen, JobStore store, JobRunner runner, JobFiles files, PictureFolder pictures) : BackgroundService
{
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _told = new(0);

    /// <summary>Waits until every job that was asked for here has ended and was shown.</summary>
    public async Task AllToldAsync(CancellationToken cancellation)
    {
        while (store.Untold().Any(job => job.Place is null))
            await _told.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        runner.Changed += OnChanged;
        try
        {
            await Task.Yield();
            do
            {
                _wakeUps.Reader.TryRead(out _);
                foreach (var job in store.Untold().Where(job => job is { Place: null, HasEnded: true }))
                    await TellAsync(job, stoppingToken);
            }
            while (await _wakeUps.Reader.WaitToReadAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not shown is shown at the next start.
        }
        finally
        {
            runner.Changed -= OnChanged;
        }
    }

    private async Task TellAsync(StoredJob job, CancellationToken cancellation)
    {
        // The numbers of buttons mean those of the last answer, and this is none.
        screen.Show(JobText.Card(job, null, 0) with { Buttons = [] });
        if (job.State == JobState.Done)
            foreach (var chart in files.ChartsOf(job.Number))
                screen.Line(await pictures.SaveAsync(ChatPicture.Of(chart with { Name = $"job-{job.Number}-{chart.Name}" }), cancellation));
        store.MarkTold(job.Number);
        _told.Release();
    }

    private void OnChanged(int number) => _wakeUps.Writer.TryWrite(true);
}
