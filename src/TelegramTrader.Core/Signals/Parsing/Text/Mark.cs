using System.Collections.Frozen;

namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// Emoji and symbols that mean something in a trading post. Each stands in the folded text as one private-use character,
/// so that everything after the folding deals with single characters.
/// </summary>
internal enum Mark : byte
{
    None = 0,

    /// <summary>Ends a digit that was drawn as a key or in a circle: a numbering, never a price.</summary>
    Keycap = 1,
    Tick,
    Cross,
    StopSign,
    Bullseye,
    Up,
    Down,
    Pointer,
    Rocket,
    Celebration,
    RedCircle,
    GreenCircle,
    BlueCircle,
    Bullet,

    /// <summary>Into a tray: where to get in.</summary>
    Inbox,

    /// <summary>Out of a tray: where to get out.</summary>
    Outbox,
}

internal static class Marks
{
    private const char First = '\uE000';
    private const char Last = '\uE0FF';

    public static char ToCharacter(this Mark mark) => (char)(First + (int)mark);

    public static bool IsMark(char character) => character is >= First and <= Last;

    public static Mark From(char character) => IsMark(character) ? (Mark)(character - First) : Mark.None;

    /// <summary>The mark for a code point outside the basic plane or in its symbol blocks; <see cref="Mark.None"/> for decoration.</summary>
    public static Mark OfCodePoint(int codePoint) => ByCodePoint.GetValueOrDefault(codePoint);

    private static readonly FrozenDictionary<int, Mark> ByCodePoint = Build();

    private static FrozenDictionary<int, Mark> Build()
    {
        (Mark Mark, string Signs)[] rows =
        [
            (Mark.Tick, "✅☑✔✓🗸🆗"),
            (Mark.Cross, "❌✖❎✗✘"),
            (Mark.StopSign, "🛑⛔🚫"),
            (Mark.Bullseye, "🎯🥇🥈🥉"),
            (Mark.Up, "📈🐂"),
            (Mark.Down, "📉🐻"),
            (Mark.Pointer, "👉➡⬇⬆👇👆▶►➜➔➤→⟶»›⇒🔜⏩"),
            (Mark.Rocket, "🚀🌕🌙🌝🌚"),
            (Mark.Celebration, "🔥💥🎉🎊💰🤑💵💸👏🥳🏆💪🥂😍😎🍾🎁👌💯🤩😘"),
            (Mark.RedCircle, "🔴🟥🔻❤"),
            (Mark.GreenCircle, "🟢🟩💚"),
            (Mark.BlueCircle, "🔵🔷🔹🟦💙"),
            (Mark.Inbox, "📥🛒"),
            (Mark.Outbox, "📤"),
            (Mark.Bullet, "•·∙●▪▫◾◽◼◻⚫⚪🔸🔶◆◇★☆⭐✳➖■□○・‣"),
        ];
        var map = new Dictionary<int, Mark>();
        foreach (var (mark, signs) in rows)
        {
            foreach (var rune in signs.EnumerateRunes())
                map[rune.Value] = mark;
        }

        return map.ToFrozenDictionary();
    }
}
