using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>
/// What a tap on a button means: a command to run (its answer is a new message), a command whose answer replaces the message (a refresh), a confirmed command
/// that is good until a moment, or nothing but to close the question. Written in at most 64 bytes, which is what Telegram carries.
/// </summary>
public abstract record ButtonData
{
    private const int LongestInBytes = 64;

    /// <summary>In bytes, of <see cref="Run"/> and <see cref="Refresh"/>.</summary>
    public const int LongestCommand = LongestInBytes - 2;

    private ButtonData()
    {
    }

    public sealed record Run(string Command) : ButtonData
    {
        public override string ToString() => Checked("r|" + Command);
    }

    public sealed record Refresh(string Command) : ButtonData
    {
        public override string ToString() => Checked("e|" + Command);
    }

    public sealed record Confirm(string Command, Instant Until) : ButtonData
    {
        public override string ToString() => Checked(string.Create(CultureInfo.InvariantCulture, $"c|{Until.UnixMilliseconds / 1000:x}|{Command}"));
    }

    public sealed record Dismiss : ButtonData
    {
        public override string ToString() => "d|";
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ButtonData? data)
    {
        data = null;
        if (text is null || text.Length < 2 || text[1] != '|')
            return false;
        var rest = text[2..];
        switch (text[0])
        {
            case 'r' when rest.Length > 0:
                data = new Run(rest);
                break;
            case 'e' when rest.Length > 0:
                data = new Refresh(rest);
                break;
            case 'c':
                var bar = rest.IndexOf('|', StringComparison.Ordinal);
                if (bar > 0 && bar < rest.Length - 1 && long.TryParse(rest.AsSpan(0, bar), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 253_402_300_800)
                    data = new Confirm(rest[(bar + 1)..], new Instant(seconds * 1000));
                break;
            case 'd' when rest.Length == 0:
                data = new Dismiss();
                break;
        }

        return data is not null;
    }

    /// <summary>Whether a command is short enough to be run by a button, or to replace the message above it.</summary>
    public static bool Fits(string command) => Encoding.UTF8.GetByteCount(command) + 2 <= LongestInBytes;

    private static string Checked(string text) =>
        Encoding.UTF8.GetByteCount(text) <= LongestInBytes ? text : throw new InvalidOperationException($"The button data '{text}' has more than {LongestInBytes} bytes.");
}
