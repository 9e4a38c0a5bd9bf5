using System.Text;

namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>Rows of buttons under a message.</summary>
public sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard)
{
    /// <summary>A keyboard without buttons: an edit with it takes the buttons away.</summary>
    public static InlineKeyboardMarkup Empty { get; } = new([]);
}

/// <summary>A button with exactly one action.</summary>
public sealed record InlineKeyboardButton
{
    /// <summary>Most bytes (UTF-8) that a button can carry.</summary>
    public const int MaximumCallbackBytes = 64;

    private InlineKeyboardButton(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    public string Text { get; }

    public string? CallbackData { get; private init; }

    public string? Url { get; private init; }

    public WebAppInfo? WebApp { get; private init; }

    /// <summary>Sends <paramref name="data"/> (1 to 64 bytes of UTF-8, else <see cref="ArgumentException"/>) back to the bot.</summary>
    public static InlineKeyboardButton Callback(string text, string data)
    {
        var bytes = Encoding.UTF8.GetByteCount(data);
        if (bytes is 0 or > MaximumCallbackBytes)
            throw new ArgumentException($"The data of button '{text}' has {bytes} bytes; 1 to {MaximumCallbackBytes} are allowed.", nameof(data));
        return new InlineKeyboardButton(text) { CallbackData = data };
    }

    /// <summary>Opens an address.</summary>
    public static InlineKeyboardButton Link(string text, Uri address) => new(text) { Url = address.AbsoluteUri };

    /// <summary>Opens a page inside Telegram. Private chats only; https only, else <see cref="ArgumentException"/>.</summary>
    public static InlineKeyboardButton App(string text, Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
            ? new InlineKeyboardButton(text) { WebApp = new WebAppInfo(address.AbsoluteUri) }
            : throw new ArgumentException($"Button '{text}': a page inside Telegram must be https, not {address.Scheme}.", nameof(address));
}

public sealed record WebAppInfo(string Url);
