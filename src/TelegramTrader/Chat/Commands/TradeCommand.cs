using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>Trades a post that a person pasted, or one that the parser was in doubt about: shows how it is read, asks, and hands it to the engine with all its rules.</summary>
public sealed class TradeCommand(TradingDesk desk, Formats formats, ISignalParser parser, PostShelf shelf, TradeQueries queries) : ChatCommand(desk, formats)
{
    public override string Name => "trade";

    public override string Arguments => "NUMBER|TEXT";

    public override string Help => "trade a post that was in doubt, by its number, or one that you paste";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Text.Length == 0 && request.Quoted is null)
            return Usage("Which post?");
        var token = request.Arguments is [var word] ? word : "";
        var (post, problem) = await FindAsync(token, request, cancellation);
        if (post is null)
            return ChatAnswer.Of(problem);
        if (!request.IsConfirmed)
        {
            var again = shelf.TryTake(token, out _) || TryNumber(token, out _) ? token : shelf.Put(post.Text, request.Id, Desk.Now);
            return Confirmation.Ask(await QuestionAsync(post), request, "Yes, trade it", $"/trade {again}").Build();
        }

        return await Desk.CommandAsync(new OperatorCommand.TradePost(post) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }) is var result && result is OperatorResult.Decided decided
            ? Verdicts(decided)
            : Result(result);
    }

    /// <summary>The buttons under a post that could be traded.</summary>
    public static ChatButton Button(string numberOrToken) => new("Trade it", new ButtonData.Run($"/trade {numberOrToken}").ToString());

    /// <summary>Whether a person's yes could turn it into a trade.</summary>
    public static bool MayBeTraded(ParseResult result) => result is ParseResult.Signal or ParseResult.Doubtful { Doubt: not Doubt.OnlyDetails, Draft: { Pair: not null, Side: not null } };

    private async Task<(ChannelMessage? Post, string Problem)> FindAsync(string token, ChatRequest request, CancellationToken cancellation)
    {
        if (shelf.TryTake(token, out var pasted))
            return (pasted, "");
        if (TryNumber(token, out var number))
            return await OfDecisionAsync(number, cancellation);
        if (request.IsConfirmed || PostShelf.IsToken(token))
            return (null, "I don't have that post any more. Paste it again.");
        var text = request.Text.Length > 0 ? request.Text : request.Quoted!;
        shelf.TryTake(shelf.Put(text, request.Id, Desk.Now), out var put);
        return (put, "");
    }

    private async Task<(ChannelMessage? Post, string Problem)> OfDecisionAsync(int number, CancellationToken cancellation)
    {
        if (await queries.FindAsync(number, cancellation) is not { } report)
            return (null, $"There is no decision #{number}. /signals lists the latest.");
        if (report.Decision.Outcome != DecisionOutcome.Doubtful)
            return (null, $"#{number} is not in doubt, it was {report.Decision.Outcome.ToString().ToLowerInvariant()}{(report.Decision.Failure is { } failure ? $": {failure.Text}" : "")}. Only a post in doubt can be traded on your word.");
        var latest = report.Messages[^1].Message;
        return latest.Change == MessageChange.Deleted ? (null, $"The channel has deleted the post of #{number}.") : (latest, "");
    }

    private async Task<AnswerBuilder> QuestionAsync(ChannelMessage post)
    {
        var channel = await Desk.ReadAsync(state => state.ChannelOf(Desk.Settings, post.Channel));
        var result = parser.Parse(post, ParseContext.TextOnly with { Profile = channel.Profile });
        var text = new AnswerBuilder().Line($"Trade this post of {post.Channel} now, with all risk rules? What it does not say gets the defaults: {Formats.Percent(Desk.Settings.DefaultStop)} to the stop, {Formats.Percent(Desk.Settings.DefaultTarget)} to the target, entry at the market.").Blank();
        ParseText.Write(text, post.Text, result, Formats);
        return text.Blank();
    }

    private static ChatAnswer Verdicts(OperatorResult.Decided decided)
    {
        var text = new AnswerBuilder();
        foreach (var verdict in decided.Verdicts)
            text.Line(verdict.Denial is { } denial ? $"#{verdict.Number} not traded: {denial.Text} ({denial.Code})" : $"#{verdict.Number} is on its way. /position {verdict.Number} shows it.");
        return text.Build();
    }
}
