namespace TelegramTrader.Core.Signals.Parsing.Tokens;

/// <summary>Units that are written glued to a number and are too short to be words: 20x, 4h, 1st.</summary>
internal static class UnitWords
{
    public static NumberUnit Of(ReadOnlySpan<char> word) => word switch
    {
        "x" or "х" or "xlev" or "배" or "倍" => NumberUnit.Times,
        "h" or "hr" or "hrs" or "m" or "min" or "mins" or "d" or "w" or "s" or "sec" or "ч" or "м" or "д" or "мин" or "tf" or "mo" => NumberUnit.Duration,
        "st" or "nd" or "rd" or "th" or "o" or "er" or "e" or "eme" or "й" or "я" or "ая" or "ой" or "ый" or "차" or "번째" => NumberUnit.Ordinal,
        "p" or "pip" or "pips" or "pts" => NumberUnit.Points,
        _ => NumberUnit.None,
    };

    /// <summary>What a glued suffix multiplies the number by; 1 for none.</summary>
    public static decimal Multiplier(ReadOnlySpan<char> word) => word is "k" or "к" ? 1000m : 1m;
}
