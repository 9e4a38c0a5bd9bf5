using TelegramTrader.Chat;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli;

/// <summary>
/// The chat at a terminal: the same commands as in Telegram, buttons as numbers. Whoever sits at the terminal is the admin.
/// </summary>
/// <param name="pictures">Where the pictures of answers are saved; null: they are only named.</param>
public sealed class Terminal(ChatDesk chat, TerminalScreen screen, TextReader input, TimeProvider time, PictureFolder? pictures = null)
{
    private static readonly ChatUser User = new("terminal", "you at the terminal", Role.Admin);
    private IReadOnlyList<ChatButton> _buttons = [];
    private int _requests;

    /// <summary>Answers line by line until the input ends or the person leaves.</summary>
    /// <returns>True when the person left with /quit, false at the end of the input.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        while (await input.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Trim().ToLowerInvariant() is "/quit" or "/exit" or "quit" or "exit")
                return true;
            if (line.Trim().Length > 0)
                await AnswerAsync(line.Trim(), cancellation);
        }

        return false;
    }

    /// <summary>Answers one line: a command, the number of a button of the last answer, or a post to read.</summary>
    public async Task AnswerAsync(string line, CancellationToken cancellation)
    {
        screen.Echo(line);
        var now = Instant.From(time.GetUtcNow());
        var (command, isConfirmed) = (line, false);
        if (int.TryParse(line, out var number) && number >= 1 && number <= _buttons.Count)
        {
            ButtonData.TryParse(_buttons[number - 1].Data, out var data);
            switch (data)
            {
                case ButtonData.Run run:
                    command = run.Command;
                    break;
                case ButtonData.Refresh refresh:
                    command = refresh.Command;
                    break;
                case ButtonData.Confirm confirm when now <= confirm.Until:
                    (command, isConfirmed) = (confirm.Command, true);
                    break;
                case ButtonData.Confirm confirm:
                    Show(ChatAnswer.Of($"The question has expired and nothing was done: {confirm.Command}"));
                    return;
                default:
                    Show(ChatAnswer.Of("Not done."));
                    return;
            }
        }

        // Process and time make the id unique over restarts; the engine refuses a repeated one.
        var id = $"terminal-{Environment.ProcessId}-{now.UnixMilliseconds}-{_requests++}";
        var answer = await chat.AnswerAsync(command, new ChatRequest(id, User, [], "", now, now, isConfirmed, null), cancellation);
        Show(answer);
        foreach (var picture in answer.Pictures)
            screen.Line(pictures is null ? $"Picture: {TerminalText.Plain(picture.Title)}" : await pictures.SaveAsync(picture, cancellation));
    }

    private void Show(ChatAnswer answer)
    {
        _buttons = [.. answer.Buttons.SelectMany(row => row)];
        screen.Show(answer);
    }
}
