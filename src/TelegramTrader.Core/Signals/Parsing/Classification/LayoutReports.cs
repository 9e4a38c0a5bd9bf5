using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>Reports that no verb words: "#ABC/BTC Stoploss ⛔, loss 3.8 %", or a list of targets with the profit under it.</summary>
internal static class LayoutReports
{
    private const int ShortPost = 12;

    /// <summary>Null when the layout reports nothing.</summary>
    public static UpdateEvent? Read(Post post, FieldSet fields, PostEvidence evidence, CardShape card)
    {
        if (fields.Mentions.Count == 0)
            return null;
        var stop = fields.Blocks.Find(block => block.Field == Field.Stop);
        if (stop is { Numbers.Count: 0, IsDenied: false } && card.Places == 0 && evidence.Words <= ShortPost && (evidence.Of(Term.Loss) > 0 || HasMarkNear(post, stop.Label)))
            return new UpdateEvent(UpdateAction.StopHit, stop.Label, stop.Label, 0.8);
        var targets = fields.Blocks.FindAll(block => block.Field == Field.Target && block.Numbers.Exists(number => !number.IsPercent));
        if (card.Places != 1 || targets.Count == 0 || evidence.Of(Term.Profit) == 0 || evidence.Percents == 0 || evidence.Of(Term.Expectation) > 0)
            return null;
        return new UpdateEvent(UpdateAction.TargetHit, targets[^1].Label, targets[^1].LastToken, 0.75) { TargetIndex = targets.Max(block => block.Index) is var index and > 0 ? index : targets.Sum(block => block.Numbers.Count) };
    }

    private static bool HasMarkNear(Post post, int label)
    {
        const int reach = 5;
        for (var i = Math.Max(0, label - reach); i < Math.Min(post.Count, label + reach); i++)
        {
            if (post[i].Kind == TokenKind.Mark && post[i].Mark is Mark.StopSign or Mark.Cross)
                return true;
        }

        return false;
    }
}
