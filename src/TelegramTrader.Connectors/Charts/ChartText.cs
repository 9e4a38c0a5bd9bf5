using System.Globalization;
using System.Text;

namespace TelegramTrader.Connectors.Charts;

/// <summary>Texts and numbers as they stand on charts.</summary>
public static class ChartText
{
    /// <summary>
    /// A text that may come from anybody, as a chart can show it: one line, no more than <paramref name="longest"/> characters, without what ECharts would read as a placeholder and
    /// without characters that the font of the pictures does not have (emoji, Chinese, Korean, Arabic), which would be drawn as boxes.
    /// </summary>
    /// <param name="otherwise">For a text of which nothing is left.</param>
    public static string Clean(string text, int longest, string otherwise = "–")
    {
        var cleaned = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (rune.Value is '{' or '}')
                cleaned.Append(rune.Value == '{' ? '(' : ')');
            else if (IsDrawn(rune))
                cleaned.Append(rune);
            // What is left out leaves the words around it apart.
            else if (cleaned.Length > 0 && cleaned[^1] != ' ')
                cleaned.Append(' ');
        }

        var line = string.Join(' ', cleaned.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return !line.Any(character => char.IsLetterOrDigit(character) || character == '%') ? otherwise : line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 1).TrimEnd(), "…");
    }

    /// <summary>With thousands marks, and as many digits after the point as given.</summary>
    public static string Number(double value, int digits) => Signless(value, digits, value < 0 ? "−" : "");

    /// <summary>With its sign, and none where it rounds to nothing.</summary>
    public static string Change(double value, int digits) => Signless(value, digits, value < 0 ? "−" : "+");

    /// <summary>A price with every digit that it has.</summary>
    public static string Price(decimal price) => price.ToString("#,##0.############", CultureInfo.InvariantCulture);

    private static string Signless(double value, int digits, string sign)
    {
        var text = Math.Abs(value).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Any(character => character is >= '1' and <= '9') ? sign + text : text;
    }

    /// <summary>Latin, Vietnamese included, Greek, Cyrillic, and the signs that prices and sentences need: all of it is in the font of the pictures.</summary>
    private static bool IsDrawn(Rune rune) => rune.Value switch
    {
        0xad or 0x38b or 0x38d or 0x3a2 => false,
        >= 0x20 and <= 0x7e or >= 0xa0 and <= 0x17f or >= 0x218 and <= 0x21b or >= 0x1ea0 and <= 0x1ef9 => true,
        >= 0x388 and <= 0x3ce or >= 0x400 and <= 0x45f or >= 0x490 and <= 0x4c2 => true,
        0x2013 or 0x2014 or 0x2018 or 0x2019 or 0x201c or 0x201d or 0x201e or 0x2022 or 0x2026 => true,
        0x20a9 or 0x20ab or 0x20ac or 0x20b4 or 0x20b9 or 0x20ba or 0x20bd or 0x20bf => true,
        >= 0x2190 and <= 0x2193 or 0x2212 or 0x2248 or 0x2260 or 0x2264 or 0x2265 => true,
        _ => false,
    };
}
