using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>Eighth stage: everything that the post reports or asks for about an open trade, sentence by sentence.</summary>
internal static class UpdateReader
{
    private static readonly IUpdateRule[] Rules =
        [new TargetHitRule(), new StopHitRule(), new StopMoveRule(), new CloseRule(), new CancelRule(), new EntryFilledRule(), new OtherRule()];

    /// <summary>A sentence with none of these tells of no event.</summary>
    private static readonly TermSet Telling = TermSet.Of(
        Term.Target, Term.Stop, Term.StoppedOut, Term.Breakeven, Term.Close, Term.Take, Term.Cancel, Term.Entry, Term.Filled, Term.Reenter, Term.Running, Term.Move, Term.Sell);

    /// <summary>A post reports no more than this; a bound for lists of results.</summary>
    private const int MostEvents = 64;

    public static List<UpdateEvent> Run(Post post, FieldSet fields)
    {
        var events = new List<UpdateEvent>();
        foreach (var sentence in Sentence.Split(post, fields.TrailingFrom >= 0 ? fields.TrailingFrom : post.Count))
        {
            if (!sentence.Terms.Overlaps(Telling))
                continue;
            var before = events.Count;
            foreach (var rule in Rules)
                rule.Read(sentence, fields, events);
            if (post.IsSign(sentence.To, '?') || post.IsSign(sentence.To - 1, '?'))
                events.RemoveAll(item => item.First >= sentence.From && item.Action is < UpdateAction.StopHit or UpdateAction.Other);
            MarkAlternatives(sentence, events, before);
            if (events.Count > MostEvents)
                break;
        }

        return events;
    }

    /// <summary>"Close in profit or set breakeven": one of two actions is meant, so neither may be taken without asking.</summary>
    private static void MarkAlternatives(Sentence sentence, List<UpdateEvent> events, int from)
    {
        var acting = events.FindIndex(from, item => item.Action < UpdateAction.StopHit);
        var other = acting < 0 ? -1 : events.FindIndex(acting + 1, item => item.Action < UpdateAction.StopHit);
        if (other < 0)
            return;
        var (first, last) = (Math.Min(events[acting].First, events[other].First), Math.Max(events[acting].Last, events[other].Last));
        if (sentence.Find(Term.Or, first, last) < 0)
            return;
        for (var i = from; i < events.Count; i++)
            events[i] = events[i] with { Condition = (sentence.From, sentence.To - 1) };
    }
}
