using System.Globalization;
using System.Text;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;

namespace TelegramTrader.TelegramFront;

/// <summary>
/// Where one login in a chat stands. The code and nothing else of it is kept, in memory, until it is handed over; it shows how many digits there are and never which.
/// </summary>
internal sealed class LoginTalk(long userId, long chatId, Instant until)
{
    // Longer than any code that Telegram sends.
    private const int MostDigits = 10;

    private readonly StringBuilder _digits = new();

    public long UserId { get; } = userId;

    public long ChatId { get; } = chatId;

    public Instant Until { get; } = until;

    /// <summary>Tells the buttons of this login from those of an earlier one.</summary>
    public string Id { get; } = until.UnixMilliseconds.ToString("x", CultureInfo.InvariantCulture);

    public NextLoginStep Next { get; set; } = NextLoginStep.Phone;

    /// <summary>Telegram is being asked: what comes meanwhile is not taken.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Of the code; null when Telegram did not say.</summary>
    public int? CodeLength { get; set; }

    public int Digits => _digits.Length;

    public bool IsCodeComplete => CodeLength is { } length && _digits.Length >= length;

    public void Press(char digit)
    {
        if (_digits.Length < MostDigits)
            _digits.Append(digit);
    }

    public void Erase() => _digits.Length = Math.Max(0, _digits.Length - 1);

    public string TakeCode()
    {
        var code = _digits.ToString();
        _digits.Clear();
        return code;
    }

    public ChatAnswer Keypad(string head)
    {
        var text = new AnswerBuilder().Line(head)
            .Line("Tap the code on these buttons. Do not write or forward it in any chat: Telegram would end it at once.")
            .Line(_digits.Length == 0 ? "Code: –" : "Code: " + string.Join(' ', Enumerable.Repeat("•", _digits.Length)));
        foreach (var row in new[] { "123", "456", "789" })
            text.Buttons([.. row.Select(digit => Key(digit.ToString(), digit))]);
        return text.Buttons(Key("⌫", LoginKeys.Erase), Key("0", '0'), Key("✓", LoginKeys.Done)).Buttons(Key("Cancel", LoginKeys.Cancel)).Build();
    }

    private ChatButton Key(string label, char key) => new(label, LoginKeys.Data(Id, key));
}

/// <summary>What the keys of the keypad carry.</summary>
internal static class LoginKeys
{
    public const char Erase = 'b';

    public const char Done = 'd';

    public const char Cancel = 'c';

    private const string Prefix = "k|";

    public static string Data(string login, char key) => $"{Prefix}{login}|{key}";

    /// <summary>Whether it is a key of any keypad, and of which.</summary>
    public static bool TryRead(string? data, out string login, out char key)
    {
        (login, key) = ("", '\0');
        if (data is null || !data.StartsWith(Prefix, StringComparison.Ordinal) || data.Split('|') is not [_, var id, { Length: 1 } pressed])
            return false;
        (login, key) = (id, pressed[0]);
        return true;
    }
}
