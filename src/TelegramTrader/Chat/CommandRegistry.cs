namespace TelegramTrader.Chat;

/// <summary>All commands by name. The same registry serves the terminal and Telegram.</summary>
public sealed class CommandRegistry
{
    private readonly SortedDictionary<string, IChatCommand> _commands = new(StringComparer.Ordinal);

    public CommandRegistry(IEnumerable<IChatCommand> commands)
    {
        foreach (var command in commands)
            if (!_commands.TryAdd(command.Name, command))
                throw new InvalidOperationException($"There are two commands called /{command.Name}.");
    }

    public IReadOnlyCollection<IChatCommand> All => _commands.Values;

    public IChatCommand? Find(string name) => _commands.GetValueOrDefault(name);

    /// <summary>The command whose name is nearest to a mistyped one; null when none is near.</summary>
    public IChatCommand? Nearest(string name) =>
        _commands.Values.FirstOrDefault(command => command.Name.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(command.Name, StringComparison.Ordinal));
}
