namespace TelegramTrader.Chat.Commands;

public sealed class HelpCommand(Func<CommandRegistry> registry) : IChatCommand
{
    public string Name => "help";

    public string Arguments => "[COMMAND]";

    public string Help => "all commands, or one of them";

    public CommandGroup Group => CommandGroup.See;

    public Role Role => Role.Viewer;

    public CommandEffect Effect => CommandEffect.Reads;

    public Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is [var wanted, ..])
        {
            var command = registry().Find(wanted.TrimStart('/').ToLowerInvariant());
            return Task.FromResult(command is null
                ? ChatAnswer.Of($"There is no command {wanted}. /help lists all.")
                : new AnswerBuilder().Bold(Title(command)).EndRow().Line(command.Help).Line($"Role: {command.Role.ToString().ToLowerInvariant()}").Build());
        }

        var text = new AnswerBuilder();
        foreach (var group in registry().All.GroupBy(command => command.Group).OrderBy(group => group.Key))
        {
            text.Heading(group.Key switch { CommandGroup.See => "See", CommandGroup.Do => "Do", CommandGroup.Learn => "Learn", _ => "Keep" });
            foreach (var command in group)
                text.Plain(Title(command)).Plain(" – ").Plain(command.Help).Plain(command.Role > request.User.Role ? $" ({command.Role.ToString().ToLowerInvariant()} only)" : "").EndRow();
            text.Blank();
        }

        return Task.FromResult(text.Line("Any other text is read as a channel post and shown as I understand it.").Build());
    }

    private static string Title(IChatCommand command) => $"/{command.Name} {command.Arguments}".TrimEnd();
}
