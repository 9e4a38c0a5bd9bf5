using System.Diagnostics;
using System.Globalization;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// How long the program takes from its start to its first answer, and how much memory it holds at rest, each in a process of its own with an empty data folder.
/// The baseline is the same program asked for its version, which starts .NET and does nothing.
/// </summary>
internal static class StartAndMemory
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TelegramTrader.dll");

    public static async Task<int> RunAsync(int count)
    {
        var (versions, answers, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var index = 0; index < count; index++)
        {
            versions.Add(await VersionAsync());
            var (first, resting) = await StatusAsync();
            answers.Add(first);
            memory.Add(resting);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} starts: version (baseline) {Median(versions):0} ms; first answer to /status {Median(answers):0} ms, {Median(answers) / Median(versions):0.0} x the baseline; memory at rest {Median(memory):0} MB"));
        return 0;
    }

    private static async Task<double> VersionAsync()
    {
        var from = Stopwatch.GetTimestamp();
        using var process = Start(Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName, "version");
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static async Task<(double FirstAnswer, double Memory)> StatusAsync()
    {
        var from = Stopwatch.GetTimestamp();
        using var process = Start(Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName, "run");
        await process.StandardInput.WriteLineAsync("/status");
        await process.StandardInput.FlushAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("PAPER", StringComparison.Ordinal) && line.Contains("day", StringComparison.Ordinal))
                break;
        var first = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        // At rest: nothing has been asked for a while.
        await Task.Delay(TimeSpan.FromSeconds(5));
        process.Refresh();
        var memory = process.WorkingSet64 / 1_000_000.0;
        await process.StandardInput.WriteLineAsync("/quit");
        await process.StandardInput.FlushAsync();
        await process.WaitForExitAsync();
        return (first, memory);
    }

    private static Process Start(string folder, string verb) => Process.Start(new ProcessStartInfo("dotnet", [Program, verb])
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    }) ?? throw new InvalidOperationException("The program could not be started.");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
