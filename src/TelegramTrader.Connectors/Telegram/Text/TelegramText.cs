using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Text;

/// <summary>The content of a message, of any length: rows, and buttons under the last of them.</summary>
public sealed record TelegramText(IReadOnlyList<TelegramRow> Rows, InlineKeyboardMarkup? Keyboard = null)
{
    /// <summary>Text without markup, a row for each of its lines.</summary>
    public static TelegramText FromPlain(string text, InlineKeyboardMarkup? keyboard = null) =>
        new([.. text.ReplaceLineEndings("\n").Split('\n').Select(TelegramRow.FromPlain)], keyboard);

    /// <summary>Without what it says: it may be about money and it may be logged.</summary>
    public override string ToString() => FormattableString.Invariant($"{Rows.Count} rows");
}

/// <summary>What fits into one message.</summary>
/// <param name="Keyboard">On the last part only.</param>
public sealed record TelegramPart(string Html, string Plain, InlineKeyboardMarkup? Keyboard = null)
{
    public override string ToString() => FormattableString.Invariant($"{Plain.Length} characters");
}
