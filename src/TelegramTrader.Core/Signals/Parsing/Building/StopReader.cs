using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The stop as read.</summary>
/// <param name="Number">Null when the post gives none.</param>
/// <param name="IsDenied">The post says that there is no stop.</param>
/// <param name="IsContested">Different stops are given.</param>
internal readonly record struct StopReading(FieldNumber? Number, bool OnCandleClose, bool IsDenied, bool IsContested);

internal static class StopReader
{
    private static readonly TermSet Close = TermSet.Of(Term.CandleClose, Term.Candle);

    public static StopReading Read(SignalPart part)
    {
        FieldNumber? stop = null;
        FieldBlock? of = null;
        var isDenied = false;
        var isContested = false;
        foreach (var block in part.Blocks(Field.Stop))
        {
            isDenied |= block.IsDenied;
            if (block.Numbers.Count == 0)
                continue;
            // A range ("5-7 %") is as far as its far end.
            var number = block.Numbers.Count > 1 && block.Numbers[1].IsPercent ? block.Numbers[1] : block.Numbers[0];
            isContested |= block.Numbers.Count > 1 && !number.IsPercent;
            if (stop is null)
            {
                stop = number;
                of = block;
            }
            else if (stop.Value != number.Value && stop.IsPercent == number.IsPercent)
            {
                isContested = true;
            }
            else if (stop.IsPercent && !number.IsPercent)
            {
                stop = number;
                of = block;
            }
        }

        if (stop is null && !isDenied && PriceUnderRisk(part) is { } risk)
            return new StopReading(risk, false, false, true);
        return new StopReading(stop, of is not null && IsOnCandleClose(part.Post, of), isDenied && stop is null, isContested);
    }

    /// <summary>"Entry 158, risk 162.9": a price near the entry under a word for risk may be the stop, and is asked about.</summary>
    private static FieldNumber? PriceUnderRisk(SignalPart part)
    {
        const decimal near = 0.3m;
        var entry = (part.FirstWithPrice(Field.Entry) ?? part.FirstWithPrice(Field.Buy) ?? part.FirstWithPrice(Field.Long) ?? part.FirstWithPrice(Field.Short) ?? part.FirstWithPrice(Field.Head))?.Numbers[0];
        if (entry is null || entry.IsPercent)
            return null;
        foreach (var block in part.Blocks(Field.Risk))
        {
            if (block.Numbers is [{ IsPercent: false } number] && part.Post.NumberOf(number.Token).FractionDigits > 0 && Math.Abs(number.Value - entry.Value) < entry.Value * near)
                return number;
        }

        return null;
    }

    /// <summary>"Daily close below 695", also in brackets behind the price.</summary>
    private static bool IsOnCandleClose(Post post, FieldBlock block)
    {
        if (block.Manner.Overlaps(Close))
            return true;
        var end = Math.Min(post.LineEndAfter(block.LastToken), block.LastToken + NumberPlacer.Reach);
        for (var i = block.LastToken + 1; i < end; i++)
        {
            if (post.Has(i, Term.CandleClose))
                return true;
            if (LabelReader.Of(post, i) is Field.Target or Field.Entry)
                return false;
        }

        return false;
    }
}
