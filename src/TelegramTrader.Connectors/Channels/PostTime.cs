using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Channels;

/// <summary>The times that posts bring along: Unix seconds or milliseconds, as number or text, or ISO 8601 with a zone. A time without a zone is none.</summary>
public static partial class PostTime
{
    // The year 2000 in seconds; the same number of milliseconds is in January 1970, when nobody posted.
    private const decimal FirstSecond = 946_684_800m;
    private const decimal LastSecond = 32_503_680_000m;

    public static bool TryRead(JsonElement value, out Instant at)
    {
        at = default;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var number) && TryUnix(number, out at),
            JsonValueKind.String => TryText(value.GetRawText().Trim('"'), out at),
            _ => false,
        };
    }

    private static bool TryText(string text, out Instant at)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return TryUnix(number, out at);
        at = default;
        if (!WithZone().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        at = Instant.From(time);
        return true;
    }

    private static bool TryUnix(decimal number, out Instant at)
    {
        var seconds = number < LastSecond ? number : number / 1000m;
        at = seconds is >= FirstSecond and < LastSecond ? new Instant((long)(seconds * 1000m)) : default;
        return seconds is >= FirstSecond and < LastSecond;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$", RegexOptions.NonBacktracking)]
    private static partial Regex WithZone();
}
