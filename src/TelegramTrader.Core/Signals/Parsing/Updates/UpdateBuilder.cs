using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>Puts the events of a post together into one update: the most drastic action first, the rest beside it.</summary>
internal static class UpdateBuilder
{
    public static ParsedUpdate Build(Post post, FieldSet fields, List<UpdateEvent> events, bool isReply)
    {
        // A trade that its stop closed was not closed by hand. An action that hangs on a condition is the main one only beside remarks.
        var isStopped = events.Exists(item => item.Action == UpdateAction.StopHit);
        var ordered = events.Where(item => !(isStopped && item.Action is UpdateAction.Close or UpdateAction.MoveStop))
            .OrderBy(item => item.Action == UpdateAction.Other ? 2 : item.Condition is null ? 0 : 1).ThenBy(item => item.Action).ToList();
        if (ordered.Exists(item => item.Action < UpdateAction.StopHit))
            ordered.RemoveAll(item => item.Action == UpdateAction.Other);
        var main = ordered[0];
        var symbol = SymbolChoice.Choose(fields.Mentions, 0, post.Count).Mention;
        var action = main.Condition is not null && main.Action is not (UpdateAction.Close or UpdateAction.Cancel or UpdateAction.ClosePartial or UpdateAction.MoveStop or UpdateAction.MoveStopToEntry) ? UpdateAction.Other : main.Action;
        var index = events.Max(item => item.TargetIndex);
        return new ParsedUpdate
        {
            Action = action,
            Also = [.. ordered.Select(item => item.Action).Where(other => other != action).Distinct()],
            Pair = symbol is { } mention ? new PairName(mention.Base, mention.Quote) : null,
            OnlySide = Side(post, main),
            EveryTrade = main.IsAll && symbol is null && !isReply && action is UpdateAction.Close or UpdateAction.Cancel,
            TargetIndex = index,
            Fraction = events.Find(item => item.Fraction is not null)?.Fraction,
            Price = PriceOf(post, main),
            ClaimedPercent = Claimed(post),
            ClaimedLeverage = Leverage(post),
            AllTargets = index is null && events.Exists(item => item.Action == UpdateAction.TargetHit && item.IsAll),
            Condition = main.Condition is { } condition ? Words(post, condition.First, condition.Last) : null,
            Fields = [.. events.Select(item => Note(post, item)), .. Symbol(post, symbol)],
        };
    }

    private static TradeSide? Side(Post post, UpdateEvent main)
    {
        var isActing = main.Action is UpdateAction.Close or UpdateAction.Cancel;
        var isLong = Near(post, main, Term.Long) || (isActing && Near(post, main, Term.Buy));
        var isShort = Near(post, main, Term.Short) || (isActing && Near(post, main, Term.Sell));
        return isLong == isShort ? null : isLong ? TradeSide.Long : TradeSide.Short;
    }

    private static bool Near(Post post, UpdateEvent main, Term term)
    {
        const int reach = 3;
        for (var i = Math.Max(0, main.First - reach); i <= Math.Min(post.Count - 1, main.Last + reach); i++)
        {
            if (post.Has(i, term))
                return true;
        }

        return false;
    }

    private static Price? PriceOf(Post post, UpdateEvent main) =>
        main.PriceToken >= 0 && post.NumberOf(main.PriceToken).Value is > 0m and var value ? new Price(value) : null;

    /// <summary>The first percentage near a word for profit, or the first with a sign.</summary>
    private static decimal? Claimed(Post post)
    {
        for (var i = 0; i < post.Count; i++)
        {
            if (!post.IsNumber(i) || post.NumberOf(i).Unit != NumberUnit.Percent)
                continue;
            if (post.NumberOf(i).Sign != '\0' || post.Has(i + 1, Term.Profit) || post.Has(i - 1, Term.Profit) || (post.IsSign(i - 1, ':') && post.Has(i - 2, Term.Profit)))
                return post.NumberOf(i).Sign == '-' ? -post.NumberOf(i).Value : post.NumberOf(i).Value;
        }

        return null;
    }

    private static decimal? Leverage(Post post)
    {
        for (var i = 0; i < post.Count; i++)
        {
            if (post.IsNumber(i) && post.NumberOf(i).Unit == NumberUnit.Times && post.NumberOf(i).Value >= 1m)
                return post.NumberOf(i).Value;
        }

        return null;
    }

    private static ReadField Note(Post post, UpdateEvent item)
    {
        var (start, length) = post.OriginalSpan(item.First, item.Last);
        return new ReadField("action", start, length, item.Action.ToString(), item.Certainty);
    }

    private static IEnumerable<ReadField> Symbol(Post post, SymbolMention? symbol)
    {
        if (symbol is not { } mention)
            yield break;
        var (start, length) = post.OriginalSpan(mention.First, mention.Last);
        yield return new ReadField("symbol", start, length, mention.Quote.Length > 0 ? $"{mention.Base}/{mention.Quote}" : mention.Base, 0.95);
    }

    private static string Words(Post post, int first, int last)
    {
        var (start, length) = post.OriginalSpan(first, last);
        return post.Text.Original.Substring(start, length).Trim().ToString(CultureInfo.InvariantCulture);
    }
}
