namespace TelegramTrader.Chat.Teaching;

/// <summary>What a rule would have changed, for people: the loss first, because it costs money.</summary>
public static class ReplayText
{
    private const int Shown = 3;
    private const int LongestReading = 160;

    public static void Write(AnswerBuilder text, ReplayResult replay)
    {
        if (replay.Posts == 0)
        {
            text.Line("No posts of this channel are stored, so nothing can be said of what else it changes.");
            return;
        }

        text.Line($"Tried on the latest {replay.Posts} stored posts: {replay.New.Count} newly read, {replay.Changed.Count} read otherwise, {replay.Lost.Count} no longer read, {replay.Other.Count} unread for another reason.");
        if (replay.Lost.Count > 0)
            text.Bold($"⚠ {replay.Lost.Count} signals or follow-ups that are read now would be lost.").EndRow();
        Some(text, "No longer read", replay.Lost);
        Some(text, "Read otherwise", replay.Changed);
        Some(text, "Newly read", replay.New);
    }

    private static void Some(AnswerBuilder text, string heading, IReadOnlyList<ReadingChange> changes)
    {
        if (changes.Count == 0)
            return;
        text.Bold(heading).Plain(changes.Count > Shown ? $" (the latest {Shown} of {changes.Count})" : "").EndRow();
        foreach (var change in changes.TakeLast(Shown))
            text.Plain($"post {change.MessageId}: ").Italic(Short(change.Before)).Plain(" → ").Italic(Short(change.After)).EndRow();
    }

    private static string Short(string reading) => reading.Length <= LongestReading ? reading : reading[..LongestReading] + "…";
}
