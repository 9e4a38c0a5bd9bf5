using TelegramTrader.Chat;

namespace TelegramTrader.Cli;

/// <summary>Writes answers and events to the terminal, one whole thing at a time.</summary>
public sealed class TerminalScreen(TextWriter output, bool useColours, bool echo)
{
    private readonly TerminalText _text = new(useColours);
    private readonly Lock _gate = new();

    /// <summary>Repeats what was asked when the input is a file or pipe, so that answers can be told apart.</summary>
    public void Echo(string line)
    {
        if (echo)
            Write($"\n> {line}\n");
    }

    public void Show(ChatAnswer answer) => Write(_text.Render(answer) + "\n");

    public void Line(string text) => Write(text + "\n");

    private void Write(string text)
    {
        lock (_gate)
        {
            output.Write(text);
            output.Flush();
        }
    }
}
