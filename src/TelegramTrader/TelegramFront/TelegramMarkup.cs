using TelegramTrader.Chat;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.TelegramFront;

/// <summary>An answer in Telegram's HTML, every value escaped, and in plain text for the case that Telegram refuses the markup.</summary>
public static class TelegramMarkup
{
    public static TelegramText Write(ChatAnswer answer) => new([.. answer.Rows.Select(Row)], Keyboard(answer));

    private static TelegramRow Row(TextRow row) =>
        row.Spans.Count == 0 ? TelegramRow.Blank : new TelegramRow(string.Concat(row.Spans.Select(Html)), row.PlainText);

    private static string Html(TextSpan span)
    {
        var text = TelegramHtml.Escape(span.Text);
        return span.Style switch
        {
            TextStyle.Bold => $"<b>{text}</b>",
            TextStyle.Italic => $"<i>{text}</i>",
            TextStyle.Code => $"<code>{text}</code>",
            _ => text,
        };
    }

    private static InlineKeyboardMarkup? Keyboard(ChatAnswer answer) => answer.Buttons.Count == 0
        ? null
        : new InlineKeyboardMarkup([.. answer.Buttons.Select(row => (IReadOnlyList<InlineKeyboardButton>)[.. row.Select(button => InlineKeyboardButton.Callback(button.Label, button.Data))])]);
}
