using TelegramTrader.Core.Signals.Parsing.Classification;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>
/// Decides whether an update is sure enough to act on. Reports cost nothing when wrong; an action must be worded as one and must say
/// which trade it means – by a reply, a symbol, or "all".
/// </summary>
internal static class UpdateJudge
{
    private const double LeastToAct = 0.8;

    public static ParseResult Judge(Post post, FieldSet fields, List<UpdateEvent> events, PostKind.Update kind, bool isReply)
    {
        var all = kind.IsReport ? WithTicks(fields, events) : events;
        var content = UpdateBuilder.Build(post, fields, all, isReply);
        if (content.IsReport)
            return new ParseResult.Update(content) { Confidence = kind.Doubt is null ? 0.9 : 0.7 };
        var certainty = all.Where(item => item.Action == content.Action).Max(item => item.Certainty);
        if (kind.Doubt is not null)
            certainty *= 0.7;
        var saysWhich = isReply || content.EveryTrade || SymbolChoice.Choose(fields.Mentions, 0, post.Count) is { Mention: not null, IsContested: false };
        if (!saysWhich)
            return new ParseResult.Doubtful(Doubt.Uncertain, new RuleFailure("which-trade", "the post does not say which trade it means"), null, content) { Confidence = 0.6 * certainty };
        if (content.Condition is not null)
            return new ParseResult.Update(content) { Confidence = certainty };
        return certainty >= LeastToAct
            ? new ParseResult.Update(content) { Confidence = certainty }
            : new ParseResult.Doubtful(Doubt.Uncertain, kind.Doubt ?? new RuleFailure("unsure", "the post may be no instruction"), null, content) { Confidence = certainty };
    }

    /// <summary>The ticks on a card as events, beside what the words say.</summary>
    private static List<UpdateEvent> WithTicks(FieldSet fields, List<UpdateEvent> events)
    {
        var all = new List<UpdateEvent>();
        var place = 0;
        int? highest = null;
        var token = -1;
        foreach (var block in fields.Blocks)
        {
            if (block.Field is not (Field.Target or Field.Sell))
                continue;
            foreach (var number in block.Numbers)
            {
                place++;
                if (!number.IsTicked || number.IsPercent)
                    continue;
                highest = Math.Max(highest ?? 0, number.Index > 0 ? number.Index : block.Index > 0 ? block.Index : place);
                token = number.Token;
            }
        }

        if (highest is { } index)
            all.Add(new UpdateEvent(UpdateAction.TargetHit, token, token, 0.9) { TargetIndex = index });
        else if (fields.Blocks.SelectMany(block => block.Numbers).FirstOrDefault(number => number.IsTicked) is { } entry)
            all.Add(new UpdateEvent(UpdateAction.EntryFilled, entry.Token, entry.Token, 0.85));
        all.AddRange(events.Where(item => item.Condition is null));
        return all;
    }
}
