using System.Diagnostics;
using System.Globalization;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>The memory of this process over a run, each time after a full collection.</summary>
internal sealed class MemorySeries
{
    /// <summary>
    /// What the managed heap may grow by from the first half of a run to the second for each version of a post decided in between. The listener keeps the latest versions
    /// of up to 1,000 posts a channel, and the engine each post's id until its time is over, so that the same one can't count twice: nothing else may grow.
    /// </summary>
    public const double MostBytesAPost = 1_000;

    private readonly List<(double Seconds, long Managed, long WorkingSet, int Decided)> _samples = [];

    public void Take(TimeSpan at, int decided)
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        _samples.Add((at.TotalSeconds, managed, process.WorkingSet64, decided));
    }

    /// <summary>The means of the two halves compared; the first sample, of a process that is still warming up, is left out.</summary>
    public (double BytesAPost, long WorkingSetGrowth) Growth()
    {
        var counted = _samples.Skip(1).ToArray();
        var (first, second) = (counted[..(counted.Length / 2)], counted[(counted.Length / 2)..]);
        var posts = second.Average(sample => sample.Decided) - first.Average(sample => sample.Decided);
        return ((second.Average(sample => sample.Managed) - first.Average(sample => sample.Managed)) / Math.Max(1, posts),
            (long)(second.Average(sample => sample.WorkingSet) - first.Average(sample => sample.WorkingSet)));
    }

    public override string ToString() => string.Join(" ", _samples.Select(sample =>
        string.Create(CultureInfo.InvariantCulture, $"{sample.Seconds:0}s:{sample.Managed / 1e6:0}/{sample.WorkingSet / 1e6:0}")));
}
