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

    private string Styled(TextSpan span)
    {
        // Untrusted text could otherwise steer the terminal.
        var text = new string([.. span.Text.Select(character => char.IsControl(character) ? ' ' : character)]);
        return !useColours ? text : span.Style switch
        {
            TextStyle.Bold => $"\u001b[1m{text}\u001b[0m",
            TextStyle.Italic => $"\u001b[3m{text}\u001b[0m",
            TextStyle.Code => $"\u001b[36m{text}\u001b[0m",
            _ => text,
        };
    }
}
