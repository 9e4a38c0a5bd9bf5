using System.Text.Json;
using TelegramTrader.Chat;

namespace TelegramTrader.Jobs.Work;

/// <summary>What a job's end is told with, kept until nobody asks any more.</summary>
internal static class JobRows
{
    public static string Write(IReadOnlyList<TextRow> rows) => JsonSerializer.Serialize(rows.Select(row => row.Spans.Select(span => new StoredSpan(span.Text, span.Style))));

    /// <summary>Empty for null.</summary>
    /// <exception cref="JsonException">The text is not of <see cref="Write"/>.</exception>
    public static IReadOnlyList<TextRow> Read(string? json) => json is null
        ? []
        : [.. (JsonSerializer.Deserialize<StoredSpan[][]>(json) ?? []).Select(row => new TextRow([.. row.Select(span => new TextSpan(span.Text, span.Style))]))];

    private sealed record StoredSpan(string Text, TextStyle Style);
}
