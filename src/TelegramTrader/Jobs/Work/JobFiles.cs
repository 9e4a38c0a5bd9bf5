using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Jobs;

namespace TelegramTrader.Jobs.Work;

/// <summary>What jobs made, in files of the data folder. A full disk costs the file, and never what is told.</summary>
public sealed class JobFiles(DataFolder folder, ILogger<JobFiles> log)
{
    public string PathOf(string name) => folder.JobFileAt(name);

    /// <returns>The file's name; null without one.</returns>
    public string? KeepResult(StoredJob job, string? json) => json is not null && Keep(Name(job.Number, job.Kind), json) ? Name(job.Number, job.Kind) : null;

    public void KeepCharts(int number, IReadOnlyList<Chart> charts)
    {
        if (charts.Count > 0)
            Keep(Name(number, "charts"), JsonSerializer.Serialize(charts));
    }

    /// <summary>None when there are none, or not any more.</summary>
    public IReadOnlyList<Chart> ChartsOf(int number)
    {
        try
        {
            var path = PathOf(Name(number, "charts"));
            return File.Exists(path) ? JsonSerializer.Deserialize<Chart[]>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError(exception, "The charts of job {Number} can't be read", number);
            return [];
        }
    }

    private bool Keep(string name, string text)
    {
        try
        {
            File.WriteAllText(PathOf(name), text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError(exception, "{File}, which a job made, could not be written", name);
            return false;
        }
    }

    private static string Name(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number}-{what}.json");
}
