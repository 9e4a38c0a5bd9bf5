using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class UnfollowCommand(TradingDesk desk, Formats formats, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "unfollow";

    public override string Arguments => "ID|TITLE";

    public override string Help => "stop following a channel; its open trades stay managed";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (services.GetService<ChannelListener>() is not { } listener)
            return ChannelAnswers.NotSetUp;
        var wanted = request.Text.Trim();
        var found = listener.Channels.Where(channel => channel.Channel.Value == wanted || string.Equals(channel.Title, wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found is not [var one])
            return Usage(found.Length == 0 ? $"'{wanted}' is not followed. /channels lists what is." : $"{found.Length} channels are called '{wanted}': use the id.");
        await listener.UnfollowAsync(one.Channel, cancellation);
        return ChatAnswer.Of($"{one.Title} is not followed any more. Its open trades stay managed.");
    }
}
