namespace TelegramTrader.Chat;

/// <summary>How a piece of text looks.</summary>
public enum TextStyle
{
    Plain,
    Bold,
    Italic,
    Code,
}

/// <summary>A piece of text in one style. Its text is never markup: whoever shows it escapes it.</summary>
public readonly record struct TextSpan(string Text, TextStyle Style);

/// <summary>One row of an answer. Long answers are split between rows, never within one.</summary>
public sealed record TextRow(IReadOnlyList<TextSpan> Spans)
{
    public static readonly TextRow Empty = new([]);

    public string PlainText => string.Concat(Spans.Select(span => span.Text));
}

/// <summary>
/// A button under a message. <see cref="Data"/> is at most 64 bytes: what a tap means, see <see cref="ButtonData"/>.
/// </summary>
public sealed record ChatButton(string Label, string Data);

/// <summary>What is said to a person, wherever it is shown: rows of styled text, and rows of buttons below.</summary>
public sealed record ChatAnswer(IReadOnlyList<TextRow> Rows, IReadOnlyList<IReadOnlyList<ChatButton>> Buttons)
{
    /// <summary>The job whose card this is: the message with this answer is edited as the job goes on. Null for any other answer.</summary>
    public int? ShowsJob { get; init; }

    /// <summary>A file that goes with it.</summary>
    public ChatFile? File { get; init; }

    /// <summary>Shown with the text where a front can show them; made after the answer was given, so that the next command does not wait.</summary>
    public IReadOnlyList<ChatPicture> Pictures { get; init; } = [];

    public static ChatAnswer Of(params string[] lines) => new([.. lines.Select(line => new TextRow([new TextSpan(line, TextStyle.Plain)]))], []);

    public ChatAnswer WithHead(IEnumerable<TextRow> head) => this with { Rows = [.. head, .. Rows] };
}

/// <summary>A file for a person.</summary>
/// <param name="Path">Where it is on this machine; shown at the terminal alone.</param>
public sealed record ChatFile(string Name, string Path);
