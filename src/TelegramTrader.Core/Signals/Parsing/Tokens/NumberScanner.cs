using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>
/// Reads one number from the digits at a place: 64,800.50 | 0,0234 | 1.234,50 | 77 645.45 (with a no-break space) | .405.
/// What can't be told from the number alone is left open in <see cref="NumberReading.Alternative"/>.
/// </summary>
internal static class NumberScanner
{
    /// <summary>More digits than any price has; a longer run is no number.</summary>
    private const int MostDigits = 26;

    /// <summary>Leaves room to multiply without ever leaving the range of a decimal.</summary>
    private const int MostWholeDigits = 15;

    private const int MostGroups = 6;
    private const int ThousandsGroup = 3;

    /// <summary>The end of the number that starts at <paramref name="start"/>; <paramref name="isNumber"/> is false for a run of digits too long to be one.</summary>
    public static int Scan(FoldedText text, int start, out NumberReading number, out bool isNumber)
    {
        Span<int> groupStarts = stackalloc int[MostGroups];
        Span<int> groupEnds = stackalloc int[MostGroups];
        Span<char> separators = stackalloc char[MostGroups];
        var groups = ReadGroups(text, start, groupStarts, groupEnds, separators);
        var used = UsedGroups(text, groupStarts, groupEnds, separators, groups);
        var end = groupEnds[used - 1];
        var digits = 0;
        for (var i = 0; i < used; i++)
            digits += groupEnds[i] - groupStarts[i];
        number = new NumberReading { Multiplier = 1m };
        var last = used - 1;
        var decimalGroup = used > 1 && IsDecimalGroup(groupStarts, groupEnds, separators, used, text) ? last : used;
        var fraction = decimalGroup == last ? groupEnds[last] - groupStarts[last] : 0;
        isNumber = digits <= MostDigits && digits - fraction <= MostWholeDigits;
        if (!isNumber)
            return end;

        var value = Whole(text, groupStarts, groupEnds, used);
        number.FractionDigits = (byte)fraction;
        number.IntegerDigits = (byte)Math.Max(0, digits - fraction);
        number.Value = Shifted(value, fraction);
        if (used == 2 && separators[1] is '.' or ',' && IsThousandsForm(text, groupStarts, groupEnds))
        {
            number.Alternative = fraction > 0 ? value : Shifted(value, ThousandsGroup);
            number.MayBeList = separators[1] == ',';
        }

        number.MayGoOn = used == 1 && digits <= ThousandsGroup && IsThousandsAfterSpace(text, end);
        return end;
    }

    private static int ReadGroups(FoldedText text, int start, Span<int> starts, Span<int> ends, Span<char> separators)
    {
        var groups = 0;
        var at = start;
        if (text[at] == '.')
        {
            // ".405": an empty whole part.
            starts[0] = at;
            ends[0] = at;
            groups = 1;
        }

        while (groups < MostGroups)
        {
            if (groups > 0)
            {
                if (at + 1 >= text.Length || !IsDigit(text[at + 1]) || !IsSeparator(text, at, starts[0], groups))
                    break;
                separators[groups] = text[at];
                at++;
            }

            starts[groups] = at;
            while (at < text.Length && IsDigit(text[at]))
                at++;
            ends[groups++] = at;
        }

        return groups;
    }

    private static bool IsSeparator(FoldedText text, int at, int start, int groups) =>
        text[at] is '.' or ',' || (text[at] is ' ' or '\'' && groups < MostGroups && IsHardSpace(text, at) && at - start <= ThousandsGroup * (groups + 1) && IsThreeDigits(text, at + 1));

    /// <summary>A space that keeps a number together: no-break, narrow or thin, or the apostrophe of Swiss prices.</summary>
    private static bool IsHardSpace(FoldedText text, int at) => text[at] == '\'' || text.Original[text.OriginOf(at)] is '\u00A0' or '\u202F' or '\u2009' or '\u2007';

    private static bool IsThreeDigits(FoldedText text, int at) =>
        at + ThousandsGroup <= text.Length && IsDigit(text[at]) && IsDigit(text[at + 1]) && IsDigit(text[at + 2])
        && (at + ThousandsGroup == text.Length || !IsDigit(text[at + ThousandsGroup]));

    private static bool IsThousandsAfterSpace(FoldedText text, int end) => end < text.Length && text[end] == ' ' && IsThreeDigits(text, end + 1);

    /// <summary>How many of the groups are one number; "0.5,0.6" and "255,280,310" are lists.</summary>
    private static int UsedGroups(FoldedText text, Span<int> starts, Span<int> ends, Span<char> separators, int groups)
    {
        // The scan before stopped at this comma because it parts a list.
        if (groups > 1 && separators[1] == ',' && starts[0] >= 2 && text[starts[0] - 1] == ',' && IsDigit(text[starts[0] - 2]))
            return 1;
        if (groups <= 2)
            return groups;
        var thousands = separators[1];
        var run = 1;
        while (run < groups && separators[run] == thousands && ends[run] - starts[run] == ThousandsGroup)
            run++;
        var firstDigits = ends[0] - starts[0];
        var firstIsThousands = firstDigits is >= 1 and <= ThousandsGroup && text[starts[0]] != '0';
        if (firstIsThousands && run == groups && (thousands != ',' || firstDigits < ThousandsGroup))
            return groups;
        if (firstIsThousands && run == groups - 1 && separators[run] != thousands)
            return groups;
        return thousands == ',' ? 1 : 2;
    }

    private static bool IsDecimalGroup(Span<int> starts, Span<int> ends, Span<char> separators, int used, FoldedText text)
    {
        var separator = separators[used - 1];
        if (separator is ' ' or '\'')
            return false;
        if (used > 2)
            return separator != separators[1];
        return separator == '.' || !IsThousandsForm(text, starts, ends);
    }

    /// <summary>12,345 or 34.000: three digits behind the one separator, and no zero in front.</summary>
    private static bool IsThousandsForm(FoldedText text, Span<int> starts, Span<int> ends) =>
        ends[1] - starts[1] == ThousandsGroup && ends[0] - starts[0] is >= 1 and <= ThousandsGroup && text[starts[0]] != '0';

    /// <summary>All digits as one whole number. At most <see cref="MostDigits"/> of them, so that it fits.</summary>
    private static decimal Whole(FoldedText text, Span<int> starts, Span<int> ends, int used)
    {
        const int digitsThatFitALong = 18;
        decimal high = 0m;
        var low = 0L;
        var scale = 1L;
        var count = 0;
        for (var group = 0; group < used; group++)
        {
            for (var i = starts[group]; i < ends[group]; i++)
            {
                if (count++ == digitsThatFitALong)
                {
                    high = low;
                    low = 0;
                    scale = 1;
                }

                low = low * 10 + (text[i] - '0');
                scale *= 10;
            }
        }

        return high == 0m ? low : high * scale + low;
    }

    /// <summary>The whole number with its last digits behind the point.</summary>
    public static decimal Shifted(decimal value, int places)
    {
        if (places == 0)
            return value;
        var parts = decimal.GetBits(value);
        return new decimal(parts[0], parts[1], parts[2], false, (byte)Math.Min(places, 28));
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
