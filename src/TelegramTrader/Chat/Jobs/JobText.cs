using System.Globalization;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;

namespace TelegramTrader.Chat.Jobs;

/// <summary>A job as people see it: one card that is edited from the queue to the result, and one line in a list.</summary>
public static class JobText
{
    private const int BarLength = 10;

    /// <param name="progress">Null when it is not running.</param>
    /// <param name="before">How many wait before it.</param>
    public static ChatAnswer Card(StoredJob job, JobProgress? progress, int before)
    {
        var text = new AnswerBuilder();
        text.Plain(Sign(job.State) + " ").Bold($"Job {job.Number}").Plain($" · {job.Kind} {job.Arguments}").EndRow();
        if (!job.HasEnded)
            text.Line(job.IsWaiting ? Waits(job, before) : Bar(progress?.Share ?? job.Progress, progress?.Left)).Buttons(Button("Cancel", $"/jobs cancel {job.Number}"));
        if (job.State == JobState.Cancelled)
            text.Line(job.StartedAt is null ? "Cancelled before it began." : $"Cancelled at {Percent(job.Progress)}; there is no result.");
        if (job.HasEnded)
            text.Buttons([Button("Again", $"/jobs again {job.Number}"), .. job.File is null ? Array.Empty<ChatButton>() : [Button("All of it as a file", $"/jobs {job.Number} file")]]);
        var card = text.Build();
        return job.HasEnded ? card with { Rows = [.. card.Rows, .. JobRows.Read(job.Result)] } : card;
    }

    /// <summary>As in <c>#3 ✅ optimize sma-cross BTC/USDT 1m 90d – done in 12 s, asked for by Tom</c>.</summary>
    public static string Line(StoredJob job, JobProgress? progress, Formats formats) =>
        $"#{job.Number} {Sign(job.State)} {job.Kind} {job.Arguments} – {State(job, progress, formats)}, asked for by {job.AskedBy} {formats.ShortTime(job.AskedAt)}";

    /// <summary>As in <c>▰▰▰▱▱▱▱▱▱▱ 31 % · 00:12 left</c>.</summary>
    public static string Bar(double share, TimeSpan? left)
    {
        var full = (int)(Math.Clamp(share, 0, 1) * BarLength);
        return $"{new string('▰', full)}{new string('▱', BarLength - full)} {Percent(share)}{(left is { } time ? $" · {Clock(time)} left" : "")}";
    }

    private static string Waits(StoredJob job, int before) =>
        (job.State == JobState.Interrupted ? "The bot was started again meanwhile; the job begins anew. " : "") + before switch
        {
            0 => "Waits for its turn.",
            1 => "Waits for its turn; one job is before it.",
            _ => $"Waits for its turn; {before} jobs are before it.",
        };

    private static string State(StoredJob job, JobProgress? progress, Formats formats) => job.State switch
    {
        JobState.Queued => "waits",
        JobState.Interrupted => "waits to begin anew",
        JobState.Running => Percent(progress?.Share ?? job.Progress),
        JobState.Done => $"done{Took(job, formats)}",
        JobState.Failed => $"failed{Took(job, formats)}",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.State, "Not in the set of states."),
    };

    private static string Took(StoredJob job, Formats formats) => job is { StartedAt: { } from, EndedAt: { } to } ? $" in {formats.Age(to - from)}" : "";

    private static string Sign(JobState state) => state switch
    {
        JobState.Queued or JobState.Interrupted => "⏳",
        JobState.Running => "⚙",
        JobState.Done => "✅",
        JobState.Failed => "❌",
        JobState.Cancelled => "✖",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not in the set of states."),
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Clamp(share, 0, 1) * 100):0} %");

    private static string Clock(TimeSpan time) => time >= TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Min(time.TotalHours, 9999)}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes:00}:{time.Seconds:00}");

    private static ChatButton Button(string label, string command) => new(label, new ButtonData.Run(command).ToString());
}
