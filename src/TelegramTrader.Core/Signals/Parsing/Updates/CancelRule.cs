using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"Cancel this order", "signal invalid", "remove limits".</summary>
internal sealed class CancelRule : IUpdateRule
{
    private const int ShortSentence = 4;

    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var cancel = sentence.Find(Term.Cancel);
        if (cancel < 0 || sentence.IsDenied(cancel, 1))
            return;
        var post = sentence.Post;
        var isAboutTrade = fields.HasMention(Math.Max(sentence.From, cancel - 4), Math.Min(sentence.To, cancel + 5)) || sentence.Words <= ShortSentence || post[cancel].Words > 1;
        foreach (var term in (ReadOnlySpan<Term>)[Term.Trade, Term.Order, Term.LimitOrder, Term.Entry, Term.All, Term.Long, Term.Short])
            isAboutTrade |= sentence.Near(term, cancel, 4) >= 0;
        for (var i = Math.Max(sentence.From, cancel - 4); i < Math.Min(sentence.To, cancel + 5); i++)
            isAboutTrade |= post[i].Asset != 0 || post[i].TagSign != '\0';
        if (!isAboutTrade)
            return;
        var condition = sentence.ConditionBefore(sentence.To);
        events.Add(new UpdateEvent(UpdateAction.Cancel, cancel, cancel, 0.85)
        {
            IsAll = post.Has(cancel, Term.All) || sentence.Near(Term.All, cancel, 3) >= 0,
            Condition = condition >= 0 ? (condition, sentence.To - 1) : null,
        });
    }
}
