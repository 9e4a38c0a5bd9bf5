namespace TelegramTrader.Connectors.Charts;

/// <summary>What became of a chart: one of a closed set.</summary>
public abstract record ChartPicture
{
    /// <summary>How wide the picture of a chart of <see cref="Chart.PhoneWidth"/> is: about three pixels for each point of a phone's screen.</summary>
    public const int PixelWidth = 1080;

    private ChartPicture()
    {
    }

    /// <param name="Png">The file.</param>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    public sealed record Drawn(ReadOnlyMemory<byte> Png, int Width, int Height) : ChartPicture;

    /// <summary>What draws is not there, and somebody has to do something about it.</summary>
    public sealed record Unavailable(string Reason, string WhatToDo) : ChartPicture;

    /// <summary>The chart is too large to be drawn.</summary>
    public sealed record Refused(string Reason) : ChartPicture;

    /// <summary>It took too long, or what draws ended under it. The next one may go well.</summary>
    public sealed record Failed(string Reason) : ChartPicture;

    /// <summary>Null when it was drawn; else a sentence or two for people.</summary>
    public string? Trouble => this switch
    {
        Drawn => null,
        Unavailable unavailable => $"{unavailable.Reason} {unavailable.WhatToDo}".Trim(),
        Refused refused => refused.Reason,
        Failed failed => failed.Reason,
        _ => throw new InvalidOperationException($"{GetType().Name} is not in the set of pictures."),
    };
}
