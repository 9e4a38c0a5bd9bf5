using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>What concerns an open trade and asks for nothing that we do: re-enter, hold, still running.</summary>
internal sealed class OtherRule : IUpdateRule
{
    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var word = sentence.Find(Term.Reenter);
        if (word < 0)
            word = Running(sentence);
        var target = sentence.Find(Term.Target);
        if (word < 0 && target >= 0)
            word = IsUnreached(sentence, target);
        if (word < 0 && sentence.Find(Term.Move) is var move && move >= 0 && (sentence.Near(Term.Trade, move, 3) >= 0 || sentence.Near(Term.Target, move, 3) >= 0))
            word = move;
        if (word < 0 && (sentence.Find(Term.Target) >= 0 || sentence.Find(Term.Profit) >= 0 || sentence.Find(Term.Stop) >= 0))
            word = sentence.Find(Term.Hold);
        if (word < 0 || (sentence.IsDenied(word) && !sentence.Post.Has(word, Term.Hit)))
            return;
        events.Add(new UpdateEvent(UpdateAction.Other, word, word, 0.7));
    }

    /// <summary>"Still running"; not "nothing worth a trade so far", where the word for running only says until when.</summary>
    private static int Running(Sentence sentence)
    {
        var word = sentence.Find(Term.Running);
        return word >= 0 && sentence.Find(Term.Not, sentence.From, word) is var not and >= 0 && sentence.Find(Term.Trade, not, word) >= 0 ? -1 : word;
    }

    /// <summary>"Near the first target", "no target hit yet": -1 for neither.</summary>
    private static int IsUnreached(Sentence sentence, int target)
    {
        var near = sentence.Near(Term.Near, target, 3);
        if (near >= 0)
            return near;
        var hit = sentence.Near(Term.Hit, target);
        return hit >= 0 && sentence.Find(Term.Not, hit - 3, hit) >= 0 && sentence.Find(Term.If) < 0 ? hit : -1;
    }
}
