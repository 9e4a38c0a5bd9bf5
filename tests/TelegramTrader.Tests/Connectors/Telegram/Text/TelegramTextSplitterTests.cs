using System.Text;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Text;

public sealed class TelegramTextSplitterTests
{
    private static readonly InlineKeyboardMarkup Keyboard = new([[InlineKeyboardButton.Callback("Close", "close")]]);

    /// <summary>Name, rows (visible length each), expected visible lengths of the parts. A border between two rows of a part counts 1.</summary>
    public static TheoryData<string, int[], int[]> Packings => new()
    {
        { "nothing", [], [] },
        { "one short", [5], [5] },
        { "exactly full", [4096], [4096] },
        { "two that fit: 2000 + 1 + 2095 = 4096", [2000, 2095], [4096] },
        { "two, one unit too many: 2000 + 1 + 2096 = 4097", [2000, 2096], [2000, 2096] },
        { "three rows, border before the third: 2047 + 1 + 2048 = 4096", [2047, 2048, 1], [4096, 1] },
        { "one too long by one, cut hard", [4097], [4096, 1] },
        { "long between short ones; 5000 = 4096 + 904, and 904 + 1 + 3 = 908", [3, 5000, 3], [3, 4096, 908] },
    };

    [Theory]
    [MemberData(nameof(Packings))]
    public void Split_RowsOfGivenLengths_PacksAsWorkedByHand(string name, int[] rows, int[] expected)
    {
        var text = new TelegramText([.. rows.Select(length => TelegramRow.FromPlain(new string('x', length)))], Keyboard);

        var parts = TelegramTextSplitter.Split(text);

        Assert.True(expected.SequenceEqual(parts.Select(part => part.Plain.Length)), name);
    }

    [Theory]
    // 2048 rockets of 2 units are exactly 4096; a border inside one would be at an odd place.
    [InlineData("🚀", 2048, 1)]
    [InlineData("🚀", 2049, 2)]
    [InlineData("<", 4096, 1)]
    [InlineData("<", 4097, 2)]
    [InlineData("&", 5000, 2)]
    [InlineData("👨‍👩‍👧‍👦", 400, 2)]
    [InlineData("🇹🇷", 1024, 1)]
    [InlineData("🇹🇷", 1025, 2)]
    [InlineData("한", 4097, 2)]
    public void Split_OneRowOfOneCharacter_CutsBetweenCharacters(string character, int times, int expectedParts)
    {
        var whole = string.Concat(Enumerable.Repeat(character, times));

        var parts = TelegramTextSplitter.Split(new TelegramText([TelegramRow.FromPlain(whole)]));

        Assert.Equal(expectedParts, parts.Count);
        Assert.Equal(whole, string.Concat(parts.Select(part => part.Plain)));
        Assert.All(parts, part => Assert.Equal(0, part.Plain.Length % character.Length));
        Assert.All(parts, AssertTelegramTakesIt);
    }

    [Fact]
    public void Split_LongRowOfWords_CutsAtWordBorders()
    {
        var words = Enumerable.Range(0, 3000).Select(index => $"w{index}").ToList();

        var parts = TelegramTextSplitter.Split(new TelegramText([TelegramRow.FromPlain(string.Join(' ', words))]));

        Assert.Equal(words, parts.SelectMany(part => part.Plain.Split(' ')));
        Assert.All(parts, part => Assert.InRange(part.Plain.Length, 1, 4096));
    }

    [Fact]
    public void Split_LongRowWithLines_CutsAtLines()
    {
        var lines = Enumerable.Range(0, 500).Select(index => $"line {index} has several words").ToList();

        var parts = TelegramTextSplitter.Split(new TelegramText([TelegramRow.FromPlain(string.Join('\n', lines))]));

        Assert.Equal(lines, parts.SelectMany(part => part.Plain.Split('\n')));
    }

    [Fact]
    public void Split_ManyFormattedRows_NeverCutsInsideARow()
    {
        var rows = Enumerable.Range(0, 400).Select(index => TelegramRow.Of($"<b>{index}</b> <i>{"a & b < c"}</i>")).ToList();

        var parts = TelegramTextSplitter.Split(new TelegramText(rows));

        Assert.Equal(rows.Select(row => row.Html), parts.SelectMany(part => part.Html.Split('\n')));
        Assert.All(parts, AssertTelegramTakesIt);
    }

    [Fact]
    public void Split_TooLongFormattedRow_GoesAsPlainTextWithoutTornTags()
    {
        var row = TelegramRow.Of($"<b>{new string('<', 3000)}</b><i>{new string('&', 3000)}</i>");

        var parts = TelegramTextSplitter.Split(new TelegramText([row]));

        Assert.Equal(row.Plain, string.Concat(parts.Select(part => part.Plain)));
        Assert.All(parts, AssertTelegramTakesIt);
        Assert.All(parts, part => Assert.Empty(BotApiHtml.Parse(part.Html).Entities));
    }

    [Fact]
    public void Split_ManySpans_KeepsAtMostHundredInAPart()
    {
        // Telegram shows no formatting beyond the hundredth span of a message.
        var rows = Enumerable.Range(0, 250).Select(index => TelegramRow.Of($"<b>{index}</b>")).ToList();

        var parts = TelegramTextSplitter.Split(new TelegramText(rows));

        Assert.Equal([100, 100, 50], parts.Select(part => BotApiHtml.Parse(part.Html).Entities.Count));
    }

    [Fact]
    public void Split_LongAddressesBehindShortLinks_StaysUnderTheLimitOfBytes()
    {
        var address = "https://example.com/" + new string('a', 900);
        var rows = Enumerable.Range(0, 60).Select(index => TelegramRow.Of($"<a href=\"{address}\">{index}</a>")).ToList();

        var parts = TelegramTextSplitter.Split(new TelegramText(rows));

        Assert.Equal(2, parts.Count);
        Assert.All(parts, part => Assert.InRange(Encoding.UTF8.GetByteCount(part.Html), 1, 32_768));
    }

    [Fact]
    public void Split_PlainFormLongerThanMarkup_CountsTheLonger()
    {
        var rows = Enumerable.Range(0, 2).Select(_ => new TelegramRow("<b>x</b>", new string('x', 3000))).ToList();

        Assert.Equal([3000, 3000], TelegramTextSplitter.Split(new TelegramText(rows)).Select(part => part.Plain.Length));
    }

    [Fact]
    public void Split_SeveralParts_PutsTheKeyboardUnderTheLast()
    {
        var parts = TelegramTextSplitter.Split(new TelegramText([TelegramRow.FromPlain(new string('x', 9000))], Keyboard));

        Assert.Equal([null, null, Keyboard], parts.Select(part => part.Keyboard));
    }

    [Fact]
    public void Split_BlankRowsAtTheEndsOfParts_LeavesThemOut()
    {
        var blank = TelegramRow.Blank;
        var text = new TelegramText([blank, TelegramRow.FromPlain("a"), blank, TelegramRow.FromPlain("b"), blank, blank]);

        var part = Assert.Single(TelegramTextSplitter.Split(text));

        Assert.Equal("a\n\nb", part.Plain);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n ")]
    public void Split_BlankText_GivesNoPart(string text) => Assert.Empty(TelegramTextSplitter.Split(TelegramText.FromPlain(text, Keyboard)));

    [Fact]
    public void Split_RandomMixtures_LosesNothingAndTelegramTakesAll()
    {
        // A fixed sequence: the same mixtures in every run.
        var random = new Random(20260101);
        string[] pieces = ["word", " ", "\n", "<", "&", "\"", "🚀", "👨‍👩‍👧", "é", "한국", new string('x', 700)];
        for (var round = 0; round < 60; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 30))
                .Select(_ => TelegramRow.FromPlain(string.Concat(Enumerable.Range(0, random.Next(0, 120)).Select(_ => pieces[random.Next(pieces.Length)]))))
                .ToList();

            var parts = TelegramTextSplitter.Split(new TelegramText(rows));

            Assert.Equal(Letters(string.Concat(rows.Select(row => row.Plain))), Letters(string.Concat(parts.Select(part => part.Plain))));
            Assert.All(parts, AssertTelegramTakesIt);
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static void AssertTelegramTakesIt(TelegramPart part)
    {
        var seen = BotApiHtml.Parse(part.Html).Text;
        Assert.InRange(seen.Length, 1, 4096);
        Assert.InRange(part.Plain.Length, 1, 4096);
        Assert.InRange(Encoding.UTF8.GetByteCount(part.Html), 1, 32_768);
        Assert.Equal(part.Plain, seen);
        for (var index = 0; index < seen.Length; index++)
            Assert.True(char.IsHighSurrogate(seen[index]) ? char.IsLowSurrogate(seen[++index]) : !char.IsLowSurrogate(seen[index]), "half of a surrogate pair");
    }
}
