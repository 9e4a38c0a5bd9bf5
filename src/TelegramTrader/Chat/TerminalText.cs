namespace TelegramTrader.Chat;

/// <summary>Answers at a terminal: plain rows, or bold and colours where the terminal can show them; buttons as numbers to type.</summary>
public sealed class TerminalText(bool useColours)
{
    public string Render(ChatAnswer answer, int firstButton = 1)
    {
        var lines = answer.Rows.Select(row => string.Concat(row.Spans.Select(Styled))).ToList();
        if (answer.File is { } file)
            lines.Add($"  {file.Path}");
        var number = firstButton;
        foreach (var row in answer.Buttons)
            lines.Add("  " + string.Join("  ", row.Select(button => $"[{number++}] {button.Label}")));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Untrusted text could otherwise steer the terminal.</summary>
    public static string Plain(string text) => new([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);

    private string Styled(TextSpan span)
    {
        var text = Plain(span.Text);
        return !useColours ? text : span.Style switch
        {
            TextStyle.Bold => $"\u001b[1m{text}\u001b[0m",
            TextStyle.Italic => $"\u001b[3m{text}\u001b[0m",
            TextStyle.Code => $"\u001b[36m{text}\u001b[0m",
            _ => text,
        };
    }
}
