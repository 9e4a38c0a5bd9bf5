using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The side as the words give it.</summary>
/// <param name="Side">Null when no word gives one, or the words disagree.</param>
/// <param name="Token">The word; -1 for none.</param>
/// <param name="IsContested">Words for both sides stand in the post.</param>
internal readonly record struct WordSide(TradeSide? Side, int Token, bool IsContested);

/// <summary>
/// Reads the side from words. "Long" and "short" outweigh "buy" and "sell", which also label the two ends of a spot trade:
/// with prices under both, the first one opens and the other one closes.
/// </summary>
internal static class SideReader
{
    public static WordSide Read(SignalPart part)
    {
        if (part.Symbol.Mention is { GluedSide: { } glued, First: var token })
            return new WordSide(glued, token, false);
        int firstLong = -1, firstShort = -1, firstBuy = -1, firstSell = -1;
        var post = part.Post;
        for (var i = part.From; i < part.To; i++)
        {
            if (post[i].Kind != TokenKind.Word || !part.Contains(i) || post[i].Has(Term.Horizon) || post.Has(i - 1, Term.Not) || IsOneOfBoth(post, i))
                continue;
            Note(post, i, Term.Long, ref firstLong);
            Note(post, i, Term.Short, ref firstShort);
            Note(post, i, Term.Buy, ref firstBuy);
            if (!post[i].Has(Term.Target))
                Note(post, i, Term.Sell, ref firstSell);
        }

        if (firstLong >= 0 || firstShort >= 0)
            return Decide(firstLong, firstShort);
        if (firstBuy >= 0 && firstSell >= 0)
        {
            var buys = part.FirstWithPrice(Field.Buy);
            var sells = part.FirstWithPrice(Field.Sell);
            if (buys is not null && sells is not null)
                return buys.Label < sells.Label ? new WordSide(TradeSide.Long, buys.Label, false) : new WordSide(TradeSide.Short, sells.Label, false);
            if (sells is not null)
                return new WordSide(TradeSide.Long, firstBuy, part.FirstWithPrice(Field.Target) is not null && !IsAboutTargets(post, sells.Label));
            if (buys is not null && buys.Label < firstSell && IsAboutTargets(post, firstSell))
                return new WordSide(TradeSide.Long, firstBuy, false);
            return Decide(firstBuy, firstSell);
        }

        if (firstSell >= 0 && part.FirstWithPrice(Field.Sell) is { } onlySells && IsExit(part, onlySells))
            return new WordSide(null, -1, false);
        return Decide(firstBuy, firstSell);
    }

    /// <summary>"Enter 100, sell 110 120": selling is how the trade ends, so the prices must say the side.</summary>
    private static bool IsExit(SignalPart part, FieldBlock sells) =>
        part.FirstWithPrice(Field.Entry) is { } entry && entry.Label < sells.Label && part.FirstWithPrice(Field.Target) is null;

    /// <summary>"Buy and sell at your own risk", "buy/sell": words for both sides, joined, say nothing of either.</summary>
    private static bool IsOneOfBoth(Post post, int i)
    {
        if (!post.Has(i, Term.Buy) && !post.Has(i, Term.Sell))
            return false;
        var other = post.Has(i, Term.Buy) ? Term.Sell : Term.Buy;
        return (post.Has(i + 1, Term.And) && post.Has(i + 2, other)) || (post.Has(i - 1, Term.And) && post.Has(i - 2, other));
    }

    /// <summary>
    /// "Sell: TP1 …", "Target sell: …", "Sell around 7 %, 15 %": the word says that the targets below or beside it are where a spot trade is sold.
    /// </summary>
    private static bool IsAboutTargets(Post post, int sell)
    {
        const int reach = 3;
        if (post.Has(sell - 1, Term.Target))
            return true;
        for (var i = sell + 1; i <= sell + reach && i < post.Count; i++)
        {
            if (post.Has(i, Term.Target))
                return true;
            if (post.IsNumber(i))
                return IsPercent(post, i) && IsPercent(post, i + 2); // One alone may be a share of the position.
            if (post[i].Kind == TokenKind.Word && !post.Has(i, Term.Around) && !post.Has(i, Term.At))
                return false;
        }

        return false;
    }

    private static bool IsPercent(Post post, int i) => post.IsNumber(i) && post.NumberOf(i).Unit == NumberUnit.Percent;

    private static void Note(Post post, int i, Term term, ref int first)
    {
        if (first < 0 && post[i].Has(term))
            first = i;
    }

    private static WordSide Decide(int longAt, int shortAt)
    {
        if (longAt < 0 && shortAt < 0)
            return new WordSide(null, -1, false);
        var isLong = shortAt < 0 || (longAt >= 0 && longAt < shortAt);
        return new WordSide(isLong ? TradeSide.Long : TradeSide.Short, isLong ? longAt : shortAt, longAt >= 0 && shortAt >= 0);
    }
}
