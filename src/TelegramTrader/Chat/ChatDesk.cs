using Microsoft.Extensions.Logging;
using TelegramTrader.Chat.Commands;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat;

/// <summary>
/// Where every command passes, whatever front it came from: found in the registry, its role checked, its age looked at, carried out, and answered under the state line.
/// A mistake in a command is told as such and logged; it never ends the chat.
/// </summary>
public sealed class ChatDesk(CommandRegistry registry, TradingDesk desk, ChatFacts facts, Formats formats, TimeSpan commandExpiresAfter, ILogger<ChatDesk> log)
{
    public CommandRegistry Registry { get; } = registry;

    /// <param name="line">What was typed: a command with its arguments, or any text, which is read as a post.</param>
    /// <param name="request">Who, when, and the rest; the arguments are filled in here.</param>
    public async Task<ChatAnswer> AnswerAsync(string line, ChatRequest request, CancellationToken cancellation)
    {
        var (name, text) = Split(TeachCommand.AnswerTo(request.Quoted, line.Trim()) is { } taught && !line.TrimStart().StartsWith('/') ? taught : line);
        var command = Registry.Find(name);
        if (command is null)
            return ChatAnswer.Of(Registry.Nearest(name) is { } near
                ? $"There is no command /{name}. Did you mean /{near.Name}? /help lists all."
                : $"There is no command /{name}. /help lists all.");
        if (request.User.Role < command.Role)
            return ChatAnswer.Of($"/{name} needs the role {command.Role.ToString().ToLowerInvariant()}; you are {request.User.Role.ToString().ToLowerInvariant()}.");

        var late = Late(command, request);
        if (late is { IsRefused: true })
            return ChatAnswer.Of(late.Value.Text);
        try
        {
            var answer = await command.AnswerAsync(request with { Arguments = text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries), Text = text }, cancellation);
            var head = StateLine.Rows(desk, await desk.SnapshotAsync(), await facts.LastSignalAtAsync(cancellation), formats);
            var note = late is { } happened ? new[] { new TextRow([new TextSpan(happened.Text, TextStyle.Italic)]) } : [];
            return answer.WithHead([.. head, .. note, TextRow.Empty]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The command /{Command} failed", name);
            return ChatAnswer.Of($"/{name} failed because of a mistake in the program: {exception.GetType().Name}. The log has the details. Nothing else stopped.");
        }
    }

    private (bool IsRefused, string Text)? Late(IChatCommand command, ChatRequest request)
    {
        var age = request.ReceivedAt - request.AskedAt;
        if (age <= commandExpiresAfter)
            return null;
        return command.Effect switch
        {
            CommandEffect.RaisesRisk => (true, $"/{command.Name} was sent {formats.Age(age)} ago, while I was not there. It would raise the risk, so it has expired; send it again if you still want it."),
            CommandEffect.LowersRisk => (false, $"sent {formats.Age(age)} ago, while I was not there, and carried out now"),
            _ => (false, $"asked {formats.Age(age)} ago, while I was not there; the answer is of now"),
        };
    }

    /// <summary>The command's name and what follows it. A text without a slash is a post to read.</summary>
    private static (string Name, string Text) Split(string line)
    {
        var trimmed = line.Trim();
        if (!trimmed.StartsWith('/'))
            return ("parse", trimmed);
        var end = trimmed.IndexOfAny([' ', '\n', '\t']);
        var name = end < 0 ? trimmed[1..] : trimmed[1..end];
        // In a group Telegram appends the bot's name.
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return ((at < 0 ? name : name[..at]).ToLowerInvariant(), end < 0 ? "" : trimmed[(end + 1)..].Trim());
    }
}
