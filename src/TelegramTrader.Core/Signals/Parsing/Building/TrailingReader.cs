using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>How the stop follows, from a trailing configuration at the end of the post or a sentence about the stop.</summary>
internal static class TrailingReader
{
    private const decimal Hundred = 100m;

    /// <summary>The stop goes to the entry once this many targets are hit; null when the post does not say so.</summary>
    public static int? BreakevenAfterTarget(SignalPart part)
    {
        var post = part.Post;
        for (var i = part.From; i < part.To; i++)
        {
            if (!post.Has(i, Term.Breakeven) || !IsAboutStop(post, i))
                continue;
            var end = Math.Min(part.To, i + Fields.NumberPlacer.Reach);
            for (var at = i + 1; at < end && !(post[at].Kind == TokenKind.LineEnd && !IsTriggerNext(post, at)); at++)
            {
                if (post.Has(at, Term.Target) && IndexAfter(post, at) is { } index)
                    return index;
            }
        }

        return null;
    }

    /// <summary>A stop that follows the best price by a percentage; null when the post gives none.</summary>
    public static TrailingHint? Hint(SignalPart part)
    {
        if (part.Fields.TrailingFrom < 0)
            return null;
        var post = part.Post;
        for (var i = part.Fields.TrailingFrom; i < part.To; i++)
        {
            if (!post.Has(i, Term.Stop) || post.Has(i, Term.Trailing) || post.LineEndAfter(i) <= i + 1)
                continue;
            decimal? distance = null;
            var end = Math.Min(part.To, i + Fields.NumberPlacer.Reach);
            for (var at = i + 1; at < end; at++)
            {
                if (post.Has(at, Term.Entry) || (post.Has(at, Term.Breakeven) && distance is null))
                    break;
                if (!post.IsNumber(at) || post.NumberOf(at).Unit != NumberUnit.Percent || post.NumberOf(at).Value is <= 0m or >= Hundred)
                    continue;
                if (distance is { } known)
                    return new TrailingHint(known, post.NumberOf(at).Value / Hundred);
                distance = post.NumberOf(at).Value / Hundred;
            }

            if (distance is { } only)
                return new TrailingHint(only, 0m);
        }

        return null;
    }

    private static bool IsAboutStop(Post post, int breakeven)
    {
        for (var i = breakeven; i >= 0 && i > breakeven - 6 && post[i].Kind != TokenKind.LineEnd; i--)
        {
            if (post.Has(i, Term.Stop))
                return true;
        }

        return false;
    }

    private static bool IsTriggerNext(Post post, int lineEnd)
    {
        var next = lineEnd + 1;
        while (next < post.Count && post[next].Kind == TokenKind.Punctuation)
            next++;
        return post.Has(next, Term.Trigger);
    }

    private static int? IndexAfter(Post post, int target)
    {
        for (var i = target + 1; i < post.Count && i <= target + 2; i++)
        {
            if (post.IsNumber(i) && post.NumberOf(i).IsInteger && post.NumberOf(i).Value is >= 1 and <= 20)
                return (int)post.NumberOf(i).Value;
        }

        return null;
    }
}
