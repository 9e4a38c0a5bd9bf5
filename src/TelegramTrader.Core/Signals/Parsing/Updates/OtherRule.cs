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
            word = sentence.Find(Term.Running);
        if (word < 0 && (sentence.Find(Term.Target) >= 0 || sentence.Find(Term.Profit) >= 0))
            word = sentence.Find(Term.Hold);
        if (word < 0 || sentence.IsDenied(word))
            return;
        events.Add(new UpdateEvent(UpdateAction.Other, word, word, 0.7));
    }
}
