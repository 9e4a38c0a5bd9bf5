namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// Letters that look alike in the Latin and the Cyrillic alphabet. A word that mixes both is read in the alphabet that most of its letters have:
/// people mix them by mistake, and some channels on purpose, to be found less easily.
/// </summary>
internal static class LookAlikes
{
    private const string Cyrillic = "аеосрхукмтнвіѕј";
    private const string Latin = "aeocpxykmthbisj";

    public static void Unify(FoldedText text, int start, int end)
    {
        int latin = 0, cyrillic = 0;
        for (var i = start; i < end; i++)
        {
            if (text[i] is >= 'a' and <= 'z')
                latin++;
            else if (text[i] is >= '\u0400' and <= '\u04FF')
                cyrillic++;
        }

        if (latin == 0 || cyrillic == 0)
            return;
        var (from, to) = latin >= cyrillic ? (Cyrillic, Latin) : (Latin, Cyrillic);
        for (var i = start; i < end; i++)
        {
            var place = from.IndexOf(text[i], StringComparison.Ordinal);
            if (place >= 0)
                text.Replace(i, to[place]);
        }
    }
}
