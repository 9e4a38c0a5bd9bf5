namespace TelegramTrader.Core.Signals.Parsing.Tokens;

internal enum NumberUnit : byte
{
    None,
    Percent,

    /// <summary>Leverage or a multiple: 20x.</summary>
    Times,

    /// <summary>Minutes, hours, days: never a price.</summary>
    Duration,
    Points,
    Satoshi,
    Dollar,

    /// <summary>1st, 2nd.</summary>
    Ordinal,

    /// <summary>The number of something in a list or a name: #0941, ①.</summary>
    Numbering,
}

/// <summary>A number as it is written, and what its separators leave open.</summary>
internal struct NumberReading
{
    /// <summary>Above or equal to zero.</summary>
    public decimal Value;

    /// <summary>The other reading of its separators ("12,345" as 12.345, "34.000" as 34000); 0 when there is none.</summary>
    public decimal Alternative;

    /// <summary>Digits behind the decimal separator, as written.</summary>
    public byte FractionDigits;

    public byte IntegerDigits;

    public NumberUnit Unit;

    /// <summary>What a suffix such as k multiplied the value by; 1 for none.</summary>
    public decimal Multiplier;

    /// <summary>+ or - right before it, where that is no range; else '\0'.</summary>
    public char Sign;

    /// <summary>"255,280" might be two numbers; "77 645.45" goes on in the next token.</summary>
    public bool MayBeList;

    /// <summary>The next token may be the rest of this number: a space parts its thousands.</summary>
    public bool MayGoOn;

    public readonly bool IsInteger => FractionDigits == 0;
}
