using System.Text.Json;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>The folder that the stand-in of the gateway lives in, with the plan and the clock beside it: what is killed reads them again.</summary>
internal sealed class TelegramTruth
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "ChannelLoad", "StandIn");

    private readonly string _clock;

    public TelegramTruth(string folder, PostPlan plan)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _clock = Path.Combine(Folder, "clock.json");
        foreach (var file in Directory.EnumerateFiles(Sources))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        plan.Save(Path.Combine(Folder, "plan.jsonl"));
    }

    public string Folder { get; }

    /// <summary>From now on the plan happens by itself, at its own times after the start.</summary>
    public void Begin(Instant start) => Write(start, null);

    /// <summary>So many changes of the plan have happened, and no more do until the next call.</summary>
    public void MoveTo(Instant start, int position) => Write(start, position);

    /// <remarks>Whoever reads it meanwhile gets the old or the new one, never half of it.</remarks>
    private void Write(Instant start, int? position)
    {
        var draft = _clock + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new { startedAt = start.UnixMilliseconds, position }));
        File.Move(draft, _clock, overwrite: true);
    }
}
