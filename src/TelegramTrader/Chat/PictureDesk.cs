using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Charts;

namespace TelegramTrader.Chat;

/// <summary>Makes the pictures of answers, for every front alike. Nothing that goes wrong here is more than a missing picture.</summary>
public sealed class PictureDesk(IChartRenderer renderer, TimeProvider time, ILogger<PictureDesk> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>The picture, or one sentence that says why there is none.</summary>
    public async Task<(PictureFile? File, string Trouble)> DrawAsync(ChatPicture picture, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await picture.MakeAsync(either.Token) switch
            {
                ChatChart.Missing missing => (null, missing.Reason),
                ChatChart.Ready { Chart: var chart } => await renderer.RenderAsync(chart, either.Token) switch
                {
                    ChartPicture.Drawn drawn => (new PictureFile(chart.Name + ".png", drawn.Png), ""),
                    var other => (null, other.Trouble!),
                },
                var other => throw new InvalidOperationException($"{other.GetType().Name} is not in the set of charts."),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, FormattableString.Invariant($"It was not there within {Patience.TotalSeconds:0} s."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The picture '{Title}' could not be made", picture.Title);
            return (null, "A mistake in the program; the log has the details.");
        }
    }
}

/// <param name="Name">With its ending.</param>
public sealed record PictureFile(string Name, ReadOnlyMemory<byte> Png);
