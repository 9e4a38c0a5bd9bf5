using System.Globalization;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class SignalsCommand(TradingDesk desk, Formats formats, TradeQueries queries) : ChatCommand(desk, formats)
{
    private const int Usual = 10;
    private const int Most = 100;

    public override string Name => "signals";

    public override string Arguments => "[COUNT]";

    public override string Help => "the latest signals and what was decided";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var count = Usual;
        if (request.Arguments.Count > 0 && (!int.TryParse(request.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Most))
            return Usage($"The count must be a whole number from 1 to {Most}, but is '{request.Arguments[0]}'.");
        var decisions = await queries.RecentDecisionsAsync(count, cancellation: cancellation);
        if (decisions.Count == 0)
            return ChatAnswer.Of("No signal has come yet.");
        var text = new AnswerBuilder();
        foreach (var decision in decisions)
            text.Bold($"#{decision.Number}").Plain($" {Formats.ShortTime(decision.DecidedAt)} {decision.Channel} {decision.Pair} {(decision.Side is { } side ? Formats.Side(side) : "")} – ")
                .Plain(decision.Outcome == DecisionOutcome.Accepted ? "accepted" : $"{decision.Outcome.ToString().ToLowerInvariant()}: {decision.Failure?.Code}").EndRow();
        return text.Line("/why NUMBER shows one in full.").Build();
    }
}
