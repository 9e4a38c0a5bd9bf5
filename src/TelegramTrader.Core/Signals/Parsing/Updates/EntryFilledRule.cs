using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"Entry filled", "all entry targets achieved", "entry target 2 ✅".</summary>
internal sealed class EntryFilledRule : IUpdateRule
{
    private const int ReachOfFill = 4;
    private const int ShortSentence = 2;

    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var post = sentence.Post;
        for (var entry = sentence.Find(Term.Entry) is var labelled and >= 0 ? labelled : sentence.Find(Term.Addition); entry >= 0; entry = sentence.Find(Term.Entry, entry + 1, sentence.To))
        {
            var fill = sentence.Near(Term.Filled, entry, ReachOfFill);
            if (fill < 0)
                fill = sentence.Near(Term.Hit, entry, ReachOfFill);
            if (fill < 0)
                fill = TickBehindNumber(sentence, entry);
            if (fill < 0 || sentence.IsDenied(fill) || sentence.IsOnlyPossible(fill) || sentence.Near(Term.Target, fill, 2) is var target && target >= 0 && !post.Has(target, Term.Entry))
                continue;
            events.Add(new UpdateEvent(UpdateAction.EntryFilled, Math.Min(entry, fill), Math.Max(entry, fill), 0.85) { IsAll = sentence.Near(Term.All, entry, 2) >= 0 });
            return;
        }

        var alone = sentence.Find(Term.Filled);
        if (alone >= 0 && !sentence.IsDenied(alone) && !sentence.IsOnlyPossible(alone) && (post[alone].Words > 1 || sentence.Words <= ShortSentence || (sentence.Words <= 2 * ShortSentence && fields.HasMention(sentence.From, sentence.To)) || sentence.Near(Term.Order, alone, 3) >= 0 || sentence.Near(Term.Trade, alone, 3) >= 0 || sentence.Near(Term.LimitOrder, alone, 3) >= 0
            || sentence.Near(Term.StopOrder, alone, 3) >= 0 || sentence.Near(Term.Buy, alone, 3) >= 0 || sentence.Near(Term.Long, alone, 2) >= 0 || sentence.Near(Term.Short, alone, 2) >= 0 || sentence.Near(Term.Sell, alone, 3) >= 0))
            events.Add(new UpdateEvent(UpdateAction.EntryFilled, alone, alone, 0.75));
    }

    private static int TickBehindNumber(Sentence sentence, int entry)
    {
        var post = sentence.Post;
        if (!post.Has(entry, Term.Entry) || !post.IsNumber(entry + 1))
            return -1;
        return entry + 2 < sentence.To && post[entry + 2].Kind == TokenKind.Mark && post[entry + 2].Mark == Mark.Tick ? entry + 2 : -1;
    }
}
