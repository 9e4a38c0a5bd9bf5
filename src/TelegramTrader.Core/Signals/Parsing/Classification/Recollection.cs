using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>
/// Tells a trade of an earlier day from a remark on the market beside a new one: "last week's high is the first resistance" below a card
/// with entry, targets and stop speaks of a price, and the card is new.
/// </summary>
internal static class Recollection
{
    private static readonly TermSet OfMarket = TermSet.Of(Term.ChartLevel, Term.Analysis, Term.Candle, Term.CandleClose, Term.Mood, Term.OtherLabel, Term.News);

    private static readonly TermSet OfTrade = TermSet.Of(
        Term.Trade, Term.SignalWord, Term.Entry, Term.Target, Term.Stop, Term.Long, Term.Short, Term.Buy, Term.Sell, Term.We, Term.You, Term.Open, Term.Close, Term.Hit,
        Term.Filled, Term.Running, Term.Result, Term.Profit, Term.Congratulation, Term.Membership);

    /// <summary>Whether the earlier day that the post names may be the day of its trade.</summary>
    public static bool IsOfTrade(Post post, FieldSet fields, CardShape card)
    {
        if (!card.IsComplete || card.LooseShare >= 0.5)
            return true;
        foreach (var sentence in Sentence.Split(post, post.Count))
        {
            if (sentence.Find(Term.Recall) >= 0 && !IsOfMarket(sentence, fields))
                return true;
        }

        return false;
    }

    private static bool IsOfMarket(Sentence sentence, FieldSet fields) =>
        sentence.Terms.Overlaps(OfMarket) && !sentence.Terms.Overlaps(OfTrade) && !sentence.Post.IsSign(sentence.To - 1, ':')
        && !fields.Blocks.Exists(block => block.Numbers.Count > 0 && LabelReader.IsPlace(block.Field) && block.Label >= sentence.From && block.Label < sentence.To);
}
