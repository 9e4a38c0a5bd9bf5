namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>What the numbers after a label are.</summary>
internal enum Field : byte
{
    /// <summary>No label: the numbers right behind the symbol.</summary>
    Head,
    Entry,
    Buy,
    Sell,
    Long,
    Short,
    Market,
    CurrentPrice,
    Target,
    Stop,
    Leverage,
    Size,
    Risk,
    Trailing,

    /// <summary>Support, resistance and the like.</summary>
    ChartLevel,
    Profit,

    /// <summary>A label that is no part of a trade, or one that we don't know.</summary>
    Other,
}

/// <summary>A label with the numbers that belong to it.</summary>
internal sealed class FieldBlock(Field field, int label, int line)
{
    public Field Field { get; } = field;

    /// <summary>The token of the label.</summary>
    public int Label { get; } = label;

    public int Line { get; } = line;

    public List<FieldNumber> Numbers { get; } = [];

    /// <summary>The target number written with the label ("TP2", "third target"); 0 for none.</summary>
    public int Index { get; set; }

    /// <summary>The number is the only one so far and may be a target's number as well as its price ("target 2").</summary>
    public bool IndexMayBePrice { get; set; }

    /// <summary>The token with the index; -1 for none.</summary>
    public int IndexToken { get; set; } = -1;

    /// <summary>"No stop": the post says that there is none.</summary>
    public bool IsDenied { get; set; }

    /// <summary>open, hold, moon in the place of a price; the token, -1 for none.</summary>
    public int RunnerToken { get; set; } = -1;

    /// <summary>Words between the label and its first number that say how the price is meant.</summary>
    public Vocabulary.TermSet Manner { get; set; }

    /// <summary>Unknown words between the label and its first number.</summary>
    public int Gap { get; set; }

    /// <summary>The label is in a sentence of prose rather than at the head of a line or before a colon.</summary>
    public bool IsLoose { get; set; }

    /// <summary>The label is a word that we don't know; what it means was concluded from the order of the prices.</summary>
    public bool IsGuessed { get; init; }

    public int LastToken => Numbers.Count > 0 ? Numbers[^1].Token : Label;
}

/// <summary>A number that belongs to a label.</summary>
internal sealed class FieldNumber
{
    public required int Token { get; init; }

    public required int Line { get; init; }

    public required decimal Value { get; set; }

    public bool IsPercent { get; set; }

    /// <summary>The sign that joins it to the number before: - / , ~ or a space; '\n' when it starts a line.</summary>
    public char Joint { get; set; } = '\n';

    /// <summary>The number of the target, where a numbering gives one; 0 for none.</summary>
    public int Index { get; set; }

    /// <summary>The share of the position written behind a target, as a fraction; null for none.</summary>
    public decimal? Share { get; set; }

    /// <summary>A tick stands right behind it.</summary>
    public bool IsTicked { get; set; }

    /// <summary>Its point may part thousands as well as decimals, and no other price settles it.</summary>
    public bool IsSeparatorOpen { get; set; }

    /// <summary>The figure was completed from its neighbours ("0.00000608 - 614").</summary>
    public bool IsCompleted { get; set; }
}
