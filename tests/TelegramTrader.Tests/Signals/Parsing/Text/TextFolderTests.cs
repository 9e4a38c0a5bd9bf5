using TelegramTrader.Core.Signals.Parsing.Text;

namespace TelegramTrader.Tests.Signals.Parsing.Text;

public sealed class TextFolderTests
{
    [Theory]
    [InlineData("Entry", "entry")]
    [InlineData("GİRİŞ ağıı", "giris agii")]
    [InlineData("Ñandú Ölpreis ß", "nandu olpreis s")]
    [InlineData("𝗟𝗢𝗡𝗚 𝓑𝓤𝓨 🅱🅤🅨", "long buy buy")]
    [InlineData("ＬＯＮＧ　６１２００", "long 61200")]
    [InlineData("٠٫٤٥٥ ۶٫۹۲ १२", "0.455 6.92 12")]
    [InlineData("a​b‏c﻿d", "abcd")]
    [InlineData("1–2—3−4", "1-2-3-4")]
    [InlineData("x²", "x2\uE001")]
    [InlineData("10²", "102")]
    [InlineData("tp¹⁰", "tp10\uE001")]
    [InlineData("ꜱᴛᴏᴘ", "stop")]
    public void Fold_Text_GivesPlainCharacters(string text, string folded)
    {
        var result = TextFolder.Fold(text);

        Assert.Equal(folded, result.Span(0, result.Length).ToString());
    }

    [Theory]
    [InlineData("✅", Mark.Tick)]
    [InlineData("🛑", Mark.StopSign)]
    [InlineData("🎯", Mark.Bullseye)]
    [InlineData("🚀", Mark.Rocket)]
    public void Fold_LabelEmoji_BecomesItsMark(string emoji, object mark) =>
        Assert.Equal((Mark)mark, Marks.From(TextFolder.Fold(emoji)[0]));

    [Fact]
    public void Fold_Decoration_BecomesSpace() => Assert.Equal(' ', TextFolder.Fold("🍀")[0]);

    [Theory]
    [InlineData("a𝗕c", 1, 1, 2)]
    [InlineData("a​b", 1, 2, 1)]
    [InlineData("1️⃣ 5", 1, 2, 1)]
    public void OriginalSpan_FoldedCharacter_PointsAtItsOrigin(string text, int folded, int start, int length) =>
        Assert.Equal((start, length), TextFolder.Fold(text).OriginalSpan(folded, folded + 1));

    [Theory]
    [InlineData("еntry", "entry")]
    [InlineData("cтоп", "стоп")]
    public void Unify_MixedAlphabets_TakesTheMoreFrequent(string word, string unified)
    {
        var text = TextFolder.Fold(word);

        LookAlikes.Unify(text, 0, text.Length);

        Assert.Equal(unified, text.Span(0, text.Length).ToString());
    }
}
