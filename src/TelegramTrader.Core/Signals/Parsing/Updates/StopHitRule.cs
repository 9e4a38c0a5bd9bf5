using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"SL hit", "stopped out".</summary>
internal sealed class StopHitRule : IUpdateRule
{
    private const int ReachOfHit = 3;

    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var stopped = sentence.Find(Term.StoppedOut);
        if (stopped >= 0 && !sentence.IsDenied(stopped) && !sentence.IsOnlyPossible(stopped))
        {
            events.Add(new UpdateEvent(UpdateAction.StopHit, stopped, stopped, 0.9));
            return;
        }

        for (var stop = sentence.Find(Term.Stop); stop >= 0; stop = sentence.Find(Term.Stop, stop + 1, sentence.To))
        {
            var hit = sentence.Near(Term.Hit, stop, ReachOfHit);
            if (sentence.Find(Term.Close, stop - ReachOfHit, stop) is var close and >= 0 && IsClosedBy(sentence, close, stop))
            {
                // "closed at stoploss": the stop closed it.
                events.Add(new UpdateEvent(UpdateAction.StopHit, close, stop, 0.9));
                return;
            }

            if (hit < 0 || sentence.IsDenied(hit) || sentence.IsDenied(stop) || sentence.IsOnlyPossible(Math.Max(hit, stop)) || IsOfTarget(sentence, stop, hit))
                continue;
            events.Add(new UpdateEvent(UpdateAction.StopHit, Math.Min(hit, stop), Math.Max(hit, stop), 0.9));
            return;
        }
    }

    private static bool IsClosedBy(Sentence sentence, int close, int stop)
    {
        foreach (var term in (ReadOnlySpan<Term>)[Term.Move, Term.And, Term.Or, Term.Part, Term.Half, Term.Target])
        {
            if (sentence.Find(term, close, stop) >= 0)
                return false;
        }

        return !sentence.Post.IsNumber(stop + 1) && !sentence.Post.IsSign(stop + 1, ':') && sentence.Post[stop - 1].Kind == TokenKind.Word;
    }

    /// <summary>"target 1 hit, move stop": the hit is nearer to the target.</summary>
    private static bool IsOfTarget(Sentence sentence, int stop, int hit)
    {
        var target = sentence.Near(Term.Target, hit);
        return target >= 0 && Math.Abs(target - hit) <= Math.Abs(stop - hit) && (target < hit) == (hit < stop);
    }
}
