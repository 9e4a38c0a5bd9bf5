namespace TelegramTrader.Chat.Commands;

public sealed class VersionCommand : IChatCommand
{
    public string Name => "version";

    public string Arguments => "";

    public string Help => "which version this is";

    public CommandGroup Group => CommandGroup.See;

    public Role Role => Role.Viewer;

    public CommandEffect Effect => CommandEffect.Reads;

    public Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation) => Task.FromResult(ChatAnswer.Of(AppVersion.Text));
}
