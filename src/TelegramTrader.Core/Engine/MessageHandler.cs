using System.Globalization;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Engine;

/// <summary>From a channel post to decisions: parsed, and then traded, denied, applied to an earlier trade, or put aside with its reason.</summary>
internal sealed class MessageHandler(EngineContext context, SignalDecider decider, UpdateHandler updates, EditHandler edits, SignalWatcher watcher)
{
    private readonly ClaimChecker _claims = new(context, watcher);

    public void OnMessage(ChannelMessage message)
    {
        // Delivered again, after a break in the connection or a restart: once is enough.
        if (!context.Book("post", Identity(message, message.Revision)))
            return;
        // An edit has a new time; that the post itself was old when it came must not be forgotten over it.
        if (message.Revision == 1 && context.Now - message.PostedAt > context.Settings.Risk.OldestSignal)
            context.Book("late", Identity(message, 1));
        if (message.Change == MessageChange.Deleted)
        {
            edits.OnDeleted(message);
            Put(message, "deletion", "the post was deleted", []);
            return;
        }

        if (context.ChannelOf(message.Channel).IgnoredPhraseIn(message.Text) is { } phrase)
        {
            Put(message, "not_signal", $"ignored: the post contains '{phrase}', as set for this channel", []);
            return;
        }

        var parse = context.ParseContextOf(message.Channel);
        var result = context.Parser.Parse(message, parse);
        if (result is ParseResult.Update claiming)
            _claims.Check(message, claiming.Content);
        if (message.Change == MessageChange.Edited && edits.TradesOf(message) is { Length: > 0 } trades)
        {
            Put(message, "edit", edits.OnEdited(message, trades, result), []);
            return;
        }

        if (message.Change == MessageChange.Edited && result is ParseResult.Signal && !IsRecent(message))
        {
            // Channels tidy up old posts; what was not traded when it was new does not become new by that.
            Put(message, "edit", "an edit of an old post is no new signal; it is recorded only", []);
            return;
        }

        Act(message, Completed(message, result, parse));
    }

    private void Act(ChannelMessage message, ParseResult result)
    {
        switch (result)
        {
            case ParseResult.Signal signal:
                var numbers = signal.Ideas.Select((idea, place) => Decide(message, idea, place, result.Confidence)).ToArray();
                RemoveAlert(message);
                Put(message, "signal", "", numbers);
                break;
            case ParseResult.Update update:
                Put(message, "update", updates.Apply(message, update.Content), []);
                break;
            case ParseResult.Doubtful doubtful:
                Put(message, "doubtful", doubtful.Reason.Text, OnDoubtful(message, doubtful));
                break;
            case ParseResult.Malformed malformed:
                var number = decider.Record(message, DecisionOutcome.Malformed, malformed.Draft, malformed.Reason, result.Confidence);
                context.Notify(new Notification.SignalDenied(number, message.Channel, PairOf(malformed.Draft), malformed.Draft.Side, malformed.Reason.Code, malformed.Reason.Text));
                Put(message, "malformed", malformed.Reason.Text, [number]);
                break;
            case ParseResult.NotASignal not:
                Put(message, "not_signal", $"{not.Category}: {not.Reason.Text}", []);
                break;
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is not in the set of parse results.");
        }
    }

    private int Decide(ChannelMessage message, ParsedSignal idea, int place, double confidence)
    {
        var number = decider.Decide(SignalOf(message, idea, place), confidence);
        watcher.Begin(number, message, idea);
        return number;
    }

    private int[] OnDoubtful(ChannelMessage message, ParseResult.Doubtful doubtful)
    {
        // An update in doubt, or details without an alert, leaves no trade idea behind that could be asked about.
        if (doubtful.Draft is not { } draft || doubtful.Doubt == Doubt.OnlyDetails)
            return [];
        var number = decider.Record(message, DecisionOutcome.Doubtful, draft, doubtful.Reason, doubtful.Confidence);
        if (doubtful.Doubt == Doubt.WaitsForDetails)
        {
            RemoveAlert(message);
            context.State.Alerts.Add(new WaitingAlert(message.Channel, message.MessageId, draft, number, context.Now + context.Settings.DetailsWithin));
            context.Changes.Other = true;
        }

        context.Notify(new Notification.SignalDoubtful(number, message.Channel, PairOf(draft), doubtful.Reason.Text));
        return [number];
    }

    /// <summary>Details without a symbol complete the alert that they answer, or else the latest one of the channel that still waits.</summary>
    private ParseResult Completed(ChannelMessage message, ParseResult result, ParseContext parse)
    {
        if (result is not ParseResult.Doubtful { Doubt: Doubt.OnlyDetails, Draft: { } details })
            return result;
        var alert = context.State.Alerts.LastOrDefault(waiting =>
            waiting.Channel == message.Channel && waiting.Until >= context.Now && (message.ReplyTo is null || message.ReplyTo == waiting.MessageId));
        if (alert is null)
            return result;
        context.State.Alerts.Remove(alert);
        context.Changes.Other = true;
        return context.Parser.Complete(alert.Draft.CompletedBy(details), parse);
    }

    /// <summary>Whether the first version of an edited post came a short while ago.</summary>
    private bool IsRecent(ChannelMessage message)
    {
        var longest = context.Settings.DetailsWithin > context.Settings.Risk.OldestSignal ? context.Settings.DetailsWithin : context.Settings.Risk.OldestSignal;
        return context.BookedAt("late", Identity(message, 1)) is null && context.BookedAt("post", Identity(message, 1)) is { } first && context.Now - first <= longest;
    }

    private static string Identity(ChannelMessage message, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{message.Channel}/{message.MessageId}/{revision}");

    private void RemoveAlert(ChannelMessage message)
    {
        if (context.State.Alerts.RemoveAll(alert => alert.Channel == message.Channel && alert.MessageId == message.MessageId) > 0)
            context.Changes.Other = true;
    }

    private void Put(ChannelMessage message, string kind, string reason, IReadOnlyList<int> decisions) =>
        context.Changes.Messages.Add(new MessageOutcome(message, kind, reason, decisions));

    private static TradeSignal SignalOf(ChannelMessage message, ParsedSignal idea, int place) => new()
    {
        Id = SignalId.From(message, place),
        Channel = message.Channel,
        MessageId = message.MessageId,
        Revision = message.Revision,
        PostedAt = message.PostedAt,
        ReceivedAt = message.ReceivedAt,
        Idea = idea,
    };

    private static string PairOf(SignalDraft draft) => draft.Pair?.ToString() ?? "?";
}
