using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>"Close now", "closed at 1.02", "close half", "take some profit here", "book 50 %".</summary>
internal sealed class CloseRule : IUpdateRule
{
    private static readonly TermSet Acts = TermSet.Of(Term.Close, Term.Take, Term.Secure, Term.Sell);
    private const int ReachOfPart = 5;

    /// <summary>A sentence this short needs nothing else to be about the trade.</summary>
    private const int ShortSentence = 5;

    public void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events)
    {
        var post = sentence.Post;
        if (!sentence.Terms.Overlaps(Acts))
            return;
        for (var i = sentence.From; i < sentence.To; i++)
        {
            var isClose = post.Has(i, Term.Close) || (post.Has(i, Term.Sell) && !post.Has(i, Term.Target) && (sentence.Near(Term.Half, i, 2) >= 0 || sentence.Near(Term.Quarter, i, 2) >= 0));
            var isTake = !isClose && (post.Has(i, Term.Take) || post.Has(i, Term.Secure));
            var isSold = !isClose && IsSold(sentence, i);
            isClose |= isSold;
            if (post.Has(i, Term.Secure) && Shares.Around(sentence, i) is null && events.Exists(item => item.First >= sentence.From && item.Action is UpdateAction.MoveStop or UpdateAction.MoveStopToEntry))
                continue;
            if ((!isClose && !isTake) || fields.StopInWords == i || IsCount(post, i) || IsForecast(sentence, i) || LabelReader.Of(post, i) == Field.Stop && (post.IsNumber(i + 1) || post.IsSign(i + 1, ':') || post.IsSign(i + 1, '-')) || LabelReader.Of(post, i) == Field.Target && !IsShareOfPosition(sentence, i) || IsCandle(sentence, i) || sentence.IsDenied(i, 2) || post.Has(i, Term.StoppedOut) || (isTake && sentence.Find(Term.Purpose, i - Sentence.Reach, i) >= 0))
                continue;
            if (Part(sentence, i, out var fraction, out var isPart) && (isClose || IsAboutMoney(sentence, fields, i)))
            {
                Add(sentence, events, UpdateAction.ClosePartial, i, fraction, isTake && !isPart ? 0.75 : 0.9);
                return;
            }

            if (isTake || IsToldWithEntry(sentence, fields, i) || !IsAboutTrade(sentence, fields, i))
                continue;
            if (sentence.Near(Term.Target, i, 3) is var target && target > i && !post.IsNumber(target + 1))
            {
                // "closed our last target": it was reached.
                events.Add(new UpdateEvent(UpdateAction.TargetHit, i, target, 0.7) { TargetIndex = TargetNumbers.Around(sentence, target) });
                continue;
            }

            Add(sentence, events, UpdateAction.Close, i, null, isSold ? 0.75 : HasAssetNear(sentence, fields, i) ? 0.9 : 0.85);
            return;
        }
    }

    /// <summary>"Entry 0.41, exit 0.45": both ends of a trade in one sentence tell how it went and ask for nothing.</summary>
    private static bool IsToldWithEntry(Sentence sentence, FieldSet fields, int place) =>
        sentence.Post.IsNumber(place + 1) && fields.Blocks.Exists(block => block.Field == Field.Entry && block.Numbers.Count > 0 && block.Label >= sentence.From && block.Label < place);

    /// <summary>"Sold at 21 % profit": told of a trade that is over, which may be asked about and is not acted on.</summary>
    private static bool IsSold(Sentence sentence, int place)
    {
        var post = sentence.Post;
        return post.Has(place, Term.Sell) && post.Has(place, Term.Past) && (sentence.Near(Term.Profit, place, 5) >= 0 || sentence.Near(Term.Loss, place, 5) >= 0);
    }

    /// <summary>"The market could close lower": what may come. "You can close" is leave to do it now.</summary>
    private static bool IsForecast(Sentence sentence, int place)
    {
        var may = sentence.Find(Term.Expectation, place - 2, place);
        return may >= 0 && sentence.Find(Term.Optional) < 0 && sentence.Find(Term.Secure) < 0;
    }

    /// <summary>"Closed 41 trades": counted, not closed.</summary>
    private static bool IsCount(Post post, int place) =>
        post.IsNumber(place + 1) && post.NumberOf(place + 1) is { IsInteger: true, Unit: NumberUnit.None } && post.Has(place + 2, Term.Trade);

    /// <summary>"take profit 70% of your position": not the label of a target.</summary>
    private static bool IsShareOfPosition(Sentence sentence, int place)
    {
        for (var i = place + 1; i < sentence.To && i <= place + 2; i++)
        {
            if (sentence.Post.IsNumber(i) && sentence.Post.NumberOf(i).Unit == NumberUnit.Percent)
                return sentence.Find(Term.Trade, i + 1, i + 5) >= 0;
        }

        return false;
    }

    /// <summary>"The daily candle closed" closes no trade.</summary>
    private static bool IsCandle(Sentence sentence, int place) => sentence.Near(Term.Candle, place, 3) >= 0 || sentence.Near(Term.CandleClose, place, 2) >= 0 || sentence.Near(Term.Timeframe, place, 2) >= 0 || sentence.Near(Term.Day, place, 2) >= 0 || sentence.Near(Term.Week, place, 2) >= 0;

    private static bool Part(Sentence sentence, int place, out decimal? fraction, out bool isPart)
    {
        fraction = Shares.Around(sentence, place);
        isPart = fraction is not null || sentence.Post.Has(place, Term.Part) || sentence.Near(Term.Part, place, ReachOfPart) >= 0;
        // "Take profits here": profit is taken, nobody says how much.
        return isPart || (sentence.Post.Has(place, Term.Take) && (sentence.Post.Has(place, Term.Profit) || sentence.Near(Term.Profit, place, 3) >= 0));
    }

    /// <summary>Something to take: profit, a position, a share of it.</summary>
    private static bool IsAboutMoney(Sentence sentence, FieldSet fields, int place)
    {
        var post = sentence.Post;
        return post[place].Words > 1 || (sentence.Near(Term.Part, place, 3) >= 0 && HasAssetNear(sentence, fields, place)) || IsShareBehind(post, place) || post.Has(place, Term.Part) || post.Has(place, Term.Half) || sentence.Near(Term.Profit, place, 4) >= 0 || sentence.Near(Term.Trade, place, 4) >= 0
            || sentence.Near(Term.Half, place, 4) >= 0 || sentence.Words <= ShortSentence || CharacterKinds.Of(post.Text[post[place].Start]) == CharacterKind.UnspacedLetter;
    }

    /// <summary>"Book 50% here": a share right behind the word.</summary>
    private static bool IsShareBehind(Post post, int place) => post.IsNumber(place + 1) && post.NumberOf(place + 1).Unit == NumberUnit.Percent && post.NumberOf(place + 1).Sign == '\0' && !post.Has(place + 2, Term.Loss);

    private static bool IsAboutTrade(Sentence sentence, FieldSet fields, int place)
    {
        var post = sentence.Post;
        if (sentence.Words <= ShortSentence || post[place].Words > 1)
            return true;
        foreach (var term in (ReadOnlySpan<Term>)[Term.Trade, Term.Long, Term.Short, Term.Now, Term.All, Term.MarketOrder, Term.Profit, Term.Loss, Term.Buy, Term.Sell])
        {
            if (sentence.Near(term, place, 4) >= 0)
                return true;
        }

        return HasAssetNear(sentence, fields, place) || sentence.Post.IsNumber(place + 1) || sentence.Post.IsNumber(place + 2);
    }

    private static bool HasAssetNear(Sentence sentence, FieldSet fields, int place)
    {
        if (fields.HasMention(Math.Max(sentence.From, place - 4), Math.Min(sentence.To, place + 5)))
            return true;
        for (var i = Math.Max(sentence.From, place - 4); i < Math.Min(sentence.To, place + 5); i++)
        {
            if (sentence.Post[i].Asset != 0 || sentence.Post[i].TagSign != '\0')
                return true;
        }

        return false;
    }

    private static void Add(Sentence sentence, List<UpdateEvent> events, UpdateAction action, int place, decimal? fraction, double certainty)
    {
        var post = sentence.Post;
        var price = -1;
        for (var i = place + 1; i < sentence.To && i <= place + Sentence.Reach && price < 0; i++)
        {
            if (post.IsNumber(i) && post.NumberOf(i).Unit is NumberUnit.None or NumberUnit.Dollar or NumberUnit.Satoshi && post.NumberOf(i).Value > 0m && !post.Has(i - 1, Term.Target) && !post.IsSign(i + 1, '/') && !post.IsSign(i - 1, '/'))
                price = i;
        }

        var condition = sentence.ConditionBefore(sentence.To);
        events.Add(new UpdateEvent(action, place, place, certainty)
        {
            Fraction = fraction,
            PriceToken = price,
            IsAll = post.Has(place, Term.All) || sentence.Near(Term.All, place, 3) >= 0,
            Condition = condition >= 0 ? (condition, sentence.To - 1) : null,
        });
    }
}
