using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Benchmarks;

/// <summary>Thousands of random sequences of faults against engine and reconciler; the first of them run with the tests.</summary>
internal static class ReconcilerFaults
{
    private const int MostFailuresTold = 20;

    /// <param name="sequences">How many.</param>
    /// <param name="firstSeed">The seed of the first; each further one has the next.</param>
    /// <param name="holdsStops">False: at an exchange that holds none, so that the engine watches them.</param>
    /// <returns>0 when every sequence held the invariants and ended with books and truth the same; else 1.</returns>
    public static int Run(int sequences, int firstSeed, bool holdsStops)
    {
        var counts = new FaultCounts();
        var failures = 0;
        var from = Stopwatch.GetTimestamp();
        for (var seed = firstSeed; seed - firstSeed < sequences; seed++)
        {
            try
            {
                counts = counts.With(FaultSequence.Run((ulong)seed, holdsStops));
            }
            catch (InvalidOperationException exception)
            {
                if (++failures <= MostFailuresTold)
                    Console.Error.WriteLine(exception.Message);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sequences {sequences} from seed {firstSeed}, failed {failures}, {Stopwatch.GetElapsedTime(from).TotalSeconds:0} s; {counts}"));
        return failures == 0 ? 0 : 1;
    }
}
