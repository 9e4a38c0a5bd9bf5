using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>Recognises bare alerts, "SELL AVAX NOW": a symbol and a side, no levels, and nothing else to talk about.</summary>
internal static class AlertReader
{
    private const int ShortPost = 8;
    private static readonly TermSet Sides = TermSet.Of(Term.Buy, Term.Sell, Term.Long, Term.Short);

    private static readonly Term[] OtherMatters =
        [Term.Expectation, Term.If, Term.Analysis, Term.Question, Term.News, Term.Advert, Term.Membership, Term.Result, Term.Past, Term.Not, Term.Pump, Term.Profit];

    public static bool IsAlert(Post post, SymbolMention symbol, PostEvidence evidence, bool hasEntry)
    {
        if (evidence.Of(Term.Buy) + evidence.Of(Term.Sell) + evidence.Of(Term.Long) + evidence.Of(Term.Short) == 0)
            return false;
        const int severalAssets = 3;
        if (evidence.Of(Term.Recall) > 0 || evidence.Assets >= severalAssets)
            return false;
        var others = OtherMatters.Sum(evidence.Of);
        if (hasEntry && symbol.Strength >= MentionStrength.Known && evidence.Words <= 3 * ShortPost)
            return others <= 1;
        if (others > 0)
            return false;
        return evidence.Words <= ShortPost;
    }

    /// <summary>"Close gold sell. Gold buy now": a sentence of its own, beside one that closes, opens a trade.</summary>
    public static PostKind.Alert? BesideClosing(Post post, FieldSet fields, List<UpdateEvent> events)
    {
        const int mostWords = 5;
        foreach (var sentence in Updates.Sentence.Split(post, post.Count))
        {
            if (sentence.Words > mostWords || events.Exists(item => item.First >= sentence.From && item.First < sentence.To))
                continue;
            bool side = false, now = false, symbol = false;
            for (var i = sentence.From; i < sentence.To; i++)
            {
                if (post[i].Kind != TokenKind.Word)
                    continue;
                side |= post[i].Terms.Overlaps(Sides);
                now |= post[i].Has(Term.Now) || post[i].Has(Term.MarketOrder);
            }

            foreach (var mention in fields.Mentions)
                symbol |= mention.First >= sentence.From && mention.First < sentence.To;
            if (side && now && symbol)
                return new PostKind.Alert(sentence.From, sentence.To);
        }

        return null;
    }
}
