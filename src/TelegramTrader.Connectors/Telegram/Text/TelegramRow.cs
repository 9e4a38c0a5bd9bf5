namespace TelegramTrader.Connectors.Telegram.Text;

/// <summary>
/// One row of a message in both its forms. Messages are split between rows and not inside, so a row's markup is complete in itself.
/// </summary>
public sealed record TelegramRow
{
    /// <summary>A form that shows nothing is made from the other, so that neither loses what the other says.</summary>
    /// <param name="plain">Sent when Telegram refuses the markup.</param>
    public TelegramRow(string html, string plain)
    {
        var visible = TelegramHtml.ToPlain(html);
        Html = string.IsNullOrWhiteSpace(visible) && !string.IsNullOrWhiteSpace(plain) ? TelegramHtml.Escape(plain) : html;
        Plain = string.IsNullOrWhiteSpace(plain) ? visible : plain;
    }

    public string Html { get; }

    public string Plain { get; }

    public static TelegramRow Blank { get; } = new("", "");

    /// <summary>A row without markup, shown exactly as it is.</summary>
    public static TelegramRow FromPlain(string text) => new(TelegramHtml.Escape(text), text);

    /// <summary>
    /// Markup with values: <c>TelegramRow.Of($"&lt;b&gt;{symbol}&lt;/b&gt; {price}")</c>. The markup is what the code says;
    /// the values are written the invariant way and escaped, so that no name or text can break it.
    /// </summary>
    public static TelegramRow Of(ref MarkupHandler markup) => new(markup.Html, "");

    public override string ToString() => "a row";
}
