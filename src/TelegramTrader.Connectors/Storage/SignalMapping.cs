using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Posts and decisions to rows and back.</summary>
internal static class SignalMapping
{
    public static MessageRow ToRow(ChannelMessage message) => new()
    {
        Channel = message.Channel.Value,
        MessageId = message.MessageId,
        Revision = message.Revision,
        Change = message.Change,
        PostedAt = message.PostedAt,
        ReceivedAt = message.ReceivedAt,
        Text = message.Text,
        ReplyTo = message.ReplyTo,
        HasMedia = message.HasMedia,
    };

    public static MessageRow ToRow(MessageOutcome outcome, Instant handledAt)
    {
        var row = ToRow(outcome.Message);
        (row.HandledAt, row.Outcome, row.Reason) = (handledAt, outcome.Kind, outcome.Reason);
        return row;
    }

    public static ChannelMessage ToMessage(MessageRow row) => new()
    {
        Channel = new ChannelId(row.Channel),
        MessageId = row.MessageId,
        Revision = row.Revision,
        Change = row.Change,
        PostedAt = row.PostedAt,
        ReceivedAt = row.ReceivedAt,
        Text = row.Text,
        ReplyTo = row.ReplyTo,
        HasMedia = row.HasMedia,
    };

    public static ClaimRow ToRow(SignalClaim claim) => new()
    {
        Number = claim.Number,
        Channel = claim.Channel.Value,
        MessageId = claim.Checked.MessageId,
        Revision = claim.Checked.Revision,
        Claim = claim.Checked.Claim.ToString()!,
        Verdict = claim.Checked.Verdict,
        Reason = claim.Checked.Reason,
        ClaimedAt = claim.Checked.ClaimedAt,
        CheckedAt = claim.Checked.CheckedAt,
    };

    public static SignalRow ToRow(Decision decision) => new()
    {
        Number = decision.Number,
        SignalId = decision.SignalId.Value,
        Channel = decision.Channel.Value,
        MessageId = decision.MessageId,
        Revision = decision.Revision,
        Pair = decision.Pair,
        // A plan was made where a quote was looked at; before that, only the post's own word is known.
        Symbol = decision.Quote?.Symbol.ToString() ?? decision.Pair,
        Side = decision.Side,
        Outcome = decision.Outcome,
        Code = decision.Failure?.Code,
        Reason = decision.Failure?.Text,
        PostedAt = decision.PostedAt,
        DecidedAt = decision.DecidedAt,
        Document = DomainJson.Write(decision),
    };
}
