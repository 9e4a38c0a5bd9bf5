using System.Globalization;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>Trades a post because a person said so. The person takes the place of the parser's confidence, and of nothing else: every check of figures and risk is made.</summary>
internal sealed class PostConfirmation(EngineContext context, SignalDecider decider, SignalWatcher watcher)
{
    public OperatorResult Trade(OperatorCommand.TradePost command)
    {
        var message = command.Message;
        // What was confirmed is remembered for longer than this: an older post could be one that was traded and forgotten.
        var longest = context.Settings.RememberFinishedFor / 2;
        if (context.Now - message.PostedAt > longest)
            return new OperatorResult.Refused(string.Create(CultureInfo.InvariantCulture, $"the post is {(context.Now - message.PostedAt).TotalHours:0} h old; at most {longest.TotalHours:0} h are allowed"));
        var id = string.Create(CultureInfo.InvariantCulture, $"{message.Channel}/{message.MessageId}/{message.Revision}");
        if (context.BookedAt("confirmed", id) is not null || context.State.Trades.Values.Any(trade => trade.Signal.Channel == message.Channel && trade.Signal.MessageId == message.MessageId))
            return new OperatorResult.Refused("this post was traded before and is not traded twice");
        var parse = context.ParseContextOf(message.Channel) with { IsConfirmed = true };
        var read = context.Parser.Parse(message, parse);
        var result = read is ParseResult.Doubtful { Draft: { } draft } ? context.Parser.Complete(draft, parse) : read;
        if (result is not ParseResult.Signal signal)
            return new OperatorResult.Refused(Why(result));
        var verdicts = signal.Ideas.Select(idea => Decide(command, idea, read.Confidence)).ToArray();
        // It came through no inbox: kept with the decision, so that it can be looked at later.
        if (message.Channel == ChannelId.ByHand && context.Book("post", id))
            context.Changes.Messages.Add(new MessageOutcome(message, "confirmed", $"pasted by {command.By}", [.. verdicts.Select(verdict => verdict.Number)]));
        if (verdicts.Any(verdict => verdict.Denial is null))
        {
            context.Book("confirmed", id);
            // Its details may still follow; they are not a second trade.
            context.State.Alerts.RemoveAll(alert => alert.Channel == message.Channel && alert.MessageId == message.MessageId);
        }

        return new OperatorResult.Decided(verdicts);
    }

    private PostVerdict Decide(OperatorCommand.TradePost command, ParsedSignal idea, double confidence)
    {
        var message = command.Message;
        var number = decider.Decide(new TradeSignal
        {
            Id = SignalId.Confirmed(message, context.State.NextNumber),
            Channel = message.Channel,
            MessageId = message.MessageId,
            Revision = message.Revision,
            // Whoever confirms looks at the market now; how far it has run past the entry is checked all the same.
            PostedAt = context.Now,
            ReceivedAt = context.Now,
            Idea = idea,
        }, confidence);
        watcher.Begin(number, message, idea);
        context.Note(number, $"{command.By} wanted this post traded");
        return new PostVerdict(number, context.Changes.Decisions.Last(decision => decision.Number == number).Failure);
    }

    private static string Why(ParseResult result) => result switch
    {
        ParseResult.Malformed malformed => $"the post can't be traded: {malformed.Reason.Text}",
        ParseResult.Doubtful doubtful => $"the post can't be traded: {doubtful.Reason.Text}",
        ParseResult.NotASignal not => $"the post is no signal: {not.Reason.Text}",
        _ => "the post is no signal, but follows up on one",
    };
}
