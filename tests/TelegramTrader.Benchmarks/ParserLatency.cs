using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Benchmarks;

/// <summary>How long single posts take in the parser, at their slowest: BenchmarkDotNet tells means, and what delays an order is the tail.</summary>
internal static class ParserLatency
{
    private const double MostMilliseconds = 1.0;
    private const double FewestASecond = 50_000;
    private const int WarmUpRounds = 200;

    /// <param name="rounds">How often each post of the demo is parsed.</param>
    /// <returns>0 when the 99.9th percentile and the rate are within the goals; else 1.</returns>
    public static int Run(int rounds)
    {
        var parser = new SignalParser();
        var posts = RecordingFolder.Load(Path.Combine(AppContext.BaseDirectory, "Demo", "Recording")).Messages.Where(post => post.Text.Length > 0).ToArray();
        for (var round = 0; round < WarmUpRounds; round++)
            foreach (var post in posts)
                parser.Parse(post, ParseContext.TextOnly);

        var times = new double[rounds * posts.Length];
        var from = Stopwatch.GetTimestamp();
        for (var index = 0; index < times.Length; index++)
        {
            var began = Stopwatch.GetTimestamp();
            parser.Parse(posts[index % posts.Length], ParseContext.TextOnly);
            times[index] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        var rate = times.Length / Stopwatch.GetElapsedTime(from).TotalSeconds;
        Array.Sort(times);
        double At(double share) => times[(int)(share * (times.Length - 1))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{times.Length} posts: median {At(0.5):0.0} us, 99th percentile {At(0.99):0.0} us, 99.9th percentile {At(0.999):0.0} us (goal below {MostMilliseconds * 1000:0}), slowest {times[^1]:0.0} us; "
            + $"{rate:0} posts a second on one core (goal above {FewestASecond:0})"));
        return At(0.999) < MostMilliseconds * 1000 && rate > FewestASecond ? 0 : 1;
    }
}
