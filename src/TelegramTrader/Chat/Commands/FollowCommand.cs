using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class FollowCommand(TradingDesk desk, Formats formats, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "follow";

    public override string Arguments => "@NAME|LINK|ID";

    public override string Help => "follow a channel from its next post on";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (services.GetService<ChannelListener>() is not { } listener)
            return ChannelAnswers.NotSetUp;
        if (request.Arguments is not [var reference])
            return Usage("Which channel?");
        var answer = await listener.FollowAsync(reference, cancellation);
        return answer is GatewayAnswer<ChannelInfo>.Ok { Value: var info }
            ? ChatAnswer.Of($"Following {info.Title} ({info.Channel}) from its next post on. Its own settings go under Channels:Followed with that id.")
            : ChatAnswer.Of($"Not followed: {answer.Trouble}");
    }
}
