using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Text;

public sealed class TelegramHtmlTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("BTC/USDT", "BTC/USDT")]
    [InlineData("a<b", "a&lt;b")]
    [InlineData("a>b", "a&gt;b")]
    [InlineData("Tom & Jerry", "Tom &amp; Jerry")]
    [InlineData("say \"hi\"", "say &quot;hi&quot;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("<b>_*[`", "&lt;b&gt;_*[`")]
    [InlineData("🚀 <👍🏽>", "🚀 &lt;👍🏽&gt;")]
    public void Escape_Text_MakesItHarmless(string text, string expected) => Assert.Equal(expected, TelegramHtml.Escape(text));

    [Theory]
    [InlineData("plain")]
    [InlineData("5 < 6 & 7 > 3, \"quoted\" & </b> <script>")]
    [InlineData("&amp; &lt; &#60; &nbsp;")]
    [InlineData("🚀👍🏽👨‍👩‍👧 Ünïcödé 한국어 العربية")]
    public void Escape_AnyText_ComesBackFromTelegramAndFromToPlain(string text)
    {
        Assert.Equal(text, BotApiHtml.Parse(TelegramHtml.Escape(text)).Text);
        Assert.Equal(text, TelegramHtml.ToPlain(TelegramHtml.Escape(text)));
    }

    [Fact]
    public void Escape_AddressInAnAttribute_ArrivesWhole()
    {
        var link = Assert.Single(BotApiHtml.Parse($"<a href=\"{TelegramHtml.Escape("https://example.com/?a=1&b=2")}\">here</a>").Entities);

        Assert.Equal(new BotApiEntity("text_link", 0, 4, "https://example.com/?a=1&b=2"), link);
    }

    [Theory]
    [InlineData("<b>bold</b> rest", "bold rest")]
    [InlineData("<a href=\"https://x.test/a>b\">link</a>", "link")]
    [InlineData("<pre><code class=\"language-c\">x</code></pre>", "x")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2")]
    [InlineData("&#128640;&#x1F680;", "🚀🚀")]
    // What is no tag and no reference stays, so that the count is never too small.
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("a <b", "a <b")]
    [InlineData("<b", "<b")]
    [InlineData("a<", "a<")]
    [InlineData("&", "&")]
    [InlineData("&unknown;", "&unknown;")]
    [InlineData("&#xD800;", "&#xD800;")]
    [InlineData("&#0;", "&#0;")]
    [InlineData("<b<i>x</i>", "<bx")]
    public void ToPlain_Markup_LeavesWhatPeopleSee(string html, string expected) => Assert.Equal(expected, TelegramHtml.ToPlain(html));

    [Fact]
    public void Of_ValuesWithMarkupInThem_EscapesValuesAndKeepsMarkup()
    {
        var row = TelegramRow.Of($"<b>{"A&B <c>"}</b> at {1234.5m} and {0.25m:P0} {null}");

        Assert.Equal("<b>A&amp;B &lt;c&gt;</b> at 1234.5 and 25 % ", row.Html);
        Assert.Equal("A&B <c> at 1234.5 and 25 % ", row.Plain);
    }

    [Theory]
    // A form that shows nothing is made from the other.
    [InlineData("<b></b>", "alarm <1>", "alarm &lt;1&gt;", "alarm <1>")]
    [InlineData("<b>alarm</b>", " ", "<b>alarm</b>", "alarm")]
    [InlineData("<b>a</b>", "A", "<b>a</b>", "A")]
    public void Row_OneFormBlank_TakesItFromTheOther(string html, string plain, string expectedHtml, string expectedPlain)
    {
        var row = new TelegramRow(html, plain);

        Assert.Equal((expectedHtml, expectedPlain), (row.Html, row.Plain));
    }
}
