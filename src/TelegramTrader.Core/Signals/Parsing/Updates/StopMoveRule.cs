using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"Move SL to 194", "stop to entry", "set breakeven", "new SL 65000".</summary>
internal sealed class StopMoveRule : IUpdateRule
{
    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var stop = sentence.Find(Term.Stop);
        var breakeven = sentence.Find(Term.Breakeven);
        var move = MoveWord(sentence, stop);
        if (stop < 0)
        {
            const int shortSentence = 3;
            if (breakeven >= 0 && move < 0 && sentence.Words <= shortSentence && sentence.Find(Term.Close) < 0 && !sentence.IsDenied(breakeven))
                Add(sentence, events, UpdateAction.MoveStopToEntry, breakeven, breakeven, -1, 0.75);
            if (breakeven >= 0 && move >= 0 && !sentence.IsDenied(breakeven))
                Add(sentence, events, UpdateAction.MoveStopToEntry, Math.Min(move, breakeven), Math.Max(move, breakeven), -1, 0.85);
            return;
        }

        // "No stop", "I don't set a stop".
        if ((sentence.IsDenied(stop) && move < 0) || (move > 0 && sentence.Post.Has(move - 1, Term.Not)))
            return;
        var entry = EntryAfter(sentence, stop);
        if (breakeven >= 0 || entry >= 0)
        {
            var place = breakeven >= 0 ? breakeven : entry;
            Add(sentence, events, UpdateAction.MoveStopToEntry, Math.Min(stop, place), Math.Max(stop, place), -1, move >= 0 ? 0.9 : 0.8);
            return;
        }

        if (move < 0)
            return;
        var price = PriceAfter(sentence, Math.Max(stop, move));
        Add(sentence, events, UpdateAction.MoveStop, Math.Min(stop, move), Math.Max(stop, price), price, price >= 0 ? 0.9 : 0.75);
    }

    /// <summary>"SL 50600" and nothing else sets the stop.</summary>
    public static List<UpdateEvent> FromStopAlone(FieldSet fields)
    {
        var block = fields.Blocks.Find(item => item.Field == Field.Stop && item.Numbers.Count > 0) ?? throw new InvalidOperationException("There is no stop in the post.");
        return [new UpdateEvent(UpdateAction.MoveStop, block.Label, block.LastToken, 0.75) { PriceToken = block.Numbers[0].Token }];
    }

    /// <summary>A word for moving near the stop, or near the start when there is no stop; -1 for none.</summary>
    private static int MoveWord(Sentence sentence, int stop)
    {
        if (stop < 0)
            return sentence.Find(Term.Move) is var moved and >= 0 ? moved : sentence.Find(Term.Secure);
        if (sentence.Post.Has(stop, Term.Move) || (sentence.Post.Has(stop + 1, Term.RangeTo) && (sentence.Post.Has(stop, Term.Trailing) || sentence.Post.IsNumber(stop + 2))))
            return stop;
        var move = sentence.Near(Term.Move, stop);
        if (move >= 0)
            return move;
        // "Stop on ABC is now at 5.05".
        var now = sentence.Find(Term.Now, stop, stop + Sentence.Reach);
        return now >= 0 && PriceAfter(sentence, now) >= 0 ? now : sentence.Near(Term.New, stop, 2);
    }

    /// <summary>The entry as the place where the stop goes: behind the stop, with no price or colon between; -1 for none.</summary>
    private static int EntryAfter(Sentence sentence, int stop)
    {
        var post = sentence.Post;
        for (var i = stop + 1; i < sentence.To && i <= stop + Sentence.Reach; i++)
        {
            if (post.IsNumber(i) || post.IsSign(i, ':') || post.Has(i, Term.Target))
                return -1;
            if (post.Has(i, Term.Entry))
                return post.IsNumber(i + 1) || post.IsSign(i + 1, ':') ? -1 : i;
        }

        return -1;
    }

    private static int PriceAfter(Sentence sentence, int place)
    {
        var post = sentence.Post;
        var unknown = 0;
        for (var i = place + 1; i < sentence.To && i <= place + Sentence.Reach; i++)
        {
            unknown += post[i].Kind == TokenKind.Word && post[i].Terms.IsEmpty ? 1 : 0;
            if (unknown > 1)
                return -1;
            if (post.IsNumber(i) && post.NumberOf(i).Unit is NumberUnit.None or NumberUnit.Dollar or NumberUnit.Satoshi && post.NumberOf(i).Value > 0m)
                return post.Has(i - 1, Term.Target) ? -1 : i;
        }

        return -1;
    }

    private static void Add(Sentence sentence, List<UpdateEvent> events, UpdateAction action, int first, int last, int price, double certainty)
    {
        var condition = sentence.ConditionBefore(sentence.To);
        events.Add(new UpdateEvent(action, first, last, certainty)
        {
            PriceToken = price,
            Condition = condition >= 0 ? (condition, sentence.To - 1) : null,
        });
    }
}
