using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>Finds dates, times of day and ratios, whose numbers are never prices: 26.02.2026, 2026-02-27T08:00:01Z, 17:30, 1:3.</summary>
internal static class MomentScanner
{
    private const int HighestDay = 31;
    private const int HighestMonth = 12;

    /// <summary>The end of the date, time or ratio that starts at <paramref name="start"/>; <paramref name="start"/> itself when there is none.</summary>
    public static int Scan(FoldedText text, int start)
    {
        var first = ReadDigits(text, start, out var firstValue);
        if (first == start || first >= text.Length)
            return start;
        var sign = text[first];
        if (sign is ':')
            return ScanTime(text, start, first, firstValue);
        if (sign is not ('/' or '.' or '-'))
            return start;
        var second = ReadDigits(text, first + 1, out var secondValue);
        if (second == first + 1 || second >= text.Length || text[second] != sign)
            return start;
        var third = ReadDigits(text, second + 1, out var thirdValue);
        if (third == second + 1 || (third < text.Length && text[third] == sign && third + 1 < text.Length && IsDigit(text[third + 1])))
            return start;
        if (sign == '.' && first - start <= 2 && second - first <= 3 && third - second <= 3 && !IsThousandsForm(first - start, second - first - 1, third - second - 1))
            return third;
        if (!IsDate(first - start, firstValue, second - first - 1, secondValue, third - second - 1, thirdValue, sign))
            return start;
        return AfterTimeOfDay(text, third);
    }

    private static int ScanTime(FoldedText text, int start, int colon, int firstValue)
    {
        var end = ReadDigits(text, colon + 1, out var secondValue);
        var digits = end - colon - 1;
        if (digits == 0 || (end < text.Length && text[end] is '.' or ',' && end + 1 < text.Length && IsDigit(text[end + 1])))
            return start;
        var isTime = digits == 2 && colon - start <= 2 && firstValue < 24 && secondValue < 60;
        var isRatio = colon - start == 1 && (digits == 1 || (digits == 2 && firstValue <= 1));
        if (!isTime && !isRatio)
            return start;
        if (end < text.Length && text[end] == ':')
            end = ReadDigits(text, end + 1, out _);
        return end;
    }

    private static bool IsDate(int firstDigits, int first, int secondDigits, int second, int thirdDigits, int third, char sign)
    {
        if (secondDigits > 2)
            return false;
        if (firstDigits == 4)
            return first is >= 2000 and < 2100 && second <= HighestMonth && thirdDigits <= 2 && third <= HighestDay;
        var isDayAndMonth = firstDigits <= 2 && (first <= HighestDay && second <= HighestMonth || first <= HighestMonth && second <= HighestDay);
        return isDayAndMonth && (thirdDigits == 4 ? third is >= 2000 and < 2100 : thirdDigits == 2 && sign == '.' && firstDigits == 2 && secondDigits == 2);
    }

    /// <summary>1.234.567 is a number, 1.1.1 a version and 02.06.18 a date.</summary>
    private static bool IsThousandsForm(int firstDigits, int secondDigits, int thirdDigits) => firstDigits <= 3 && secondDigits == 3 && thirdDigits == 3;

    private static int AfterTimeOfDay(FoldedText text, int end)
    {
        if (end >= text.Length || text[end] != 't')
            return end;
        var at = end + 1;
        while (at < text.Length && (IsDigit(text[at]) || text[at] is ':' or '.' && at + 1 < text.Length && IsDigit(text[at + 1])))
            at++;
        if (at < text.Length && text[at] == 'z')
            at++;
        return at > end + 1 ? at : end;
    }

    private static int ReadDigits(FoldedText text, int start, out int value)
    {
        const int mostDigitsOfAYear = 4;
        value = 0;
        var at = start;
        for (; at < text.Length && IsDigit(text[at]); at++)
        {
            if (at - start >= mostDigitsOfAYear)
                return start;
            value = value * 10 + (text[at] - '0');
        }

        return at;
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
