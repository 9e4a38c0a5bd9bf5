using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>What else a post may say of a trade: size, margin mode, how long it holds, when the stop goes to the entry, trailing.</summary>
internal static class TermsReader
{
    private const decimal Hundred = 100m;

    public static (SizeHint? Size, int Token) Size(SignalPart part)
    {
        foreach (var field in (ReadOnlySpan<Field>)[Field.Risk, Field.Size])
        {
            foreach (var block in part.Fields.Blocks)
            {
                if (block.Field != field || !part.Contains(block.Label) || block.Numbers.Count == 0)
                    continue;
                var number = block.Numbers[0];
                if (!number.IsPercent || number.Value is <= 0m or > Hundred)
                    continue;
                var isRisk = field == Field.Risk || part.Post.Has(number.Token + 1, Term.Risk);
                return (isRisk ? new SizeHint.AtRisk(number.Value / Hundred) : new SizeHint.OfBalance(number.Value / Hundred), number.Token);
            }
        }

        return (null, -1);
    }

    public static (MarginMode? Mode, int Token) Margin(SignalPart part)
    {
        for (var i = part.From; i < part.To; i++)
        {
            if (part.Post.Has(i, Term.Cross))
                return (MarginMode.Cross, i);
            if (part.Post.Has(i, Term.Isolated))
                return (MarginMode.Isolated, i);
        }

        return (null, -1);
    }

    /// <summary>"valid for 8 hours": how long the entry may wait.</summary>
    public static TimeSpan? ValidFor(SignalPart part) => DurationAfter(part, Term.Valid);

    /// <summary>"close after 4 hours": how long the position may last.</summary>
    public static TimeSpan? CloseAfter(SignalPart part)
    {
        for (var i = part.From; i < part.To; i++)
        {
            if (part.Post.Has(i, Term.Close) && part.Post.Has(i + 1, Term.If) && DurationAt(part.Post, i + 2) is { } duration)
                return duration;
        }

        return null;
    }

    private static TimeSpan? DurationAfter(SignalPart part, Term term)
    {
        const int reach = 6;
        for (var i = part.From; i < part.To; i++)
        {
            if (!part.Post.Has(i, term))
                continue;
            for (var at = i + 1; at <= i + reach && at < part.To && part.Post[at].Kind != TokenKind.LineEnd; at++)
            {
                if (DurationAt(part.Post, at) is { } duration)
                    return duration;
            }
        }

        return null;
    }

    private static TimeSpan? DurationAt(Post post, int i)
    {
        const decimal longest = 1000m;
        if (!post.IsNumber(i) || post.NumberOf(i).Unit != NumberUnit.Duration || post.NumberOf(i).Value is <= 0m or > longest)
            return null;
        var value = (double)post.NumberOf(i).Value;
        if (post.Has(i + 1, Term.Minute))
            return TimeSpan.FromMinutes(value);
        if (post.Has(i + 1, Term.Hour))
            return TimeSpan.FromHours(value);
        if (post.Has(i + 1, Term.Day))
            return TimeSpan.FromDays(value);
        if (post.Has(i + 1, Term.Week))
            return TimeSpan.FromDays(7 * value);
        return post.Text[post[i].End - 1] switch
        {
            'h' or 'ч' => TimeSpan.FromHours(value),
            'd' or 'д' => TimeSpan.FromDays(value),
            'm' => TimeSpan.FromMinutes(value),
            'w' => TimeSpan.FromDays(7 * value),
            _ => null,
        };
    }
}
