using System.Text;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>Whatever the text: no exception, spans inside it, the same result twice, and work in proportion to its length.</summary>
public sealed class SignalParserFuzzTests
{
    private const int Seed = 20240611;
    private const int Inputs = 20_000;

    /// <summary>Elementary steps for one character of text, and for any post at all. Typical posts take about three for a character.</summary>
    private const long StepsOfACharacter = 60;
    private const long StepsOfAPost = 2_000;

    /// <summary>Longer posts are not read a second time to compare: it would only take longer.</summary>
    private const int LongPost = 10_000;

    private static readonly SignalParser Parser = new();
    private static readonly string[] Posts = [.. CaseFiles.All().Select(item => item.Post)];

    [Fact]
    public void Parse_RandomAndMutatedPosts_NeverThrowsAndStaysInTheText()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Inputs; i++)
        {
            var text = (i % 4) switch
            {
                0 => RandomText(random),
                1 => Mutated(random),
                2 => Spliced(random),
                _ => Mutated(random, strong: true),
            };
            CheckOne(text, isReply: i % 2 == 0);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("1)")]
    [InlineData("1,")]
    [InlineData("1.")]
    [InlineData("1-2 ")]
    [InlineData("a1")]
    [InlineData("a.")]
    [InlineData("(")]
    [InlineData("((1)")]
    [InlineData("#")]
    [InlineData("#BTC ")]
    [InlineData("$")]
    [InlineData("BTC/")]
    [InlineData("BTC/USDT ETH/USDT ")]
    [InlineData("BTC/USDT buy 1 tp 2 sl 0.5\n")]
    [InlineData("tp ")]
    [InlineData("tp1 2 ")]
    [InlineData("tp 1 sl 2\n")]
    [InlineData("target hit ")]
    [InlineData("entry 1 ")]
    [InlineData("stop no ")]
    [InlineData("if close half sl to entry ")]
    [InlineData("move sl ")]
    [InlineData("long short ")]
    [InlineData("✅")]
    [InlineData("1 ✅ ")]
    [InlineData("1️⃣")]
    [InlineData("🔥")]
    [InlineData("多")]
    [InlineData("목표가")]
    [InlineData("الهدف ")]
    [InlineData("​")]
    [InlineData("\n")]
    [InlineData("\ud83d")]
    [InlineData("http://")]
    [InlineData("<a")]
    [InlineData("@a ")]
    [InlineData("take take profit ")]
    [InlineData("5-10x ")]
    [InlineData("104 000, ")]
    [InlineData("tp¹ ")]
    [InlineData("1차 ")]
    [InlineData("in 1\nout 2\ncut 3\n")]
    [InlineData("entry 1\ncut 3\n")]
    [InlineData("sell @ 5\n")]
    [InlineData("long 1 → 2 / 3 ")]
    [InlineData("12,345 ")]
    [InlineData("77 645 ")]
    public void Parse_LongRepetition_TakesWorkInProportion(string unit)
    {
        const int length = 100_000;
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));

        CheckOne(text, isReply: false);

        var steps = Parser.StepsFor(text);
        Assert.True(steps <= StepsOfAPost + StepsOfACharacter * text.Length, $"{steps} steps for {text.Length} characters of '{unit}'");
    }

    [Fact]
    public void StepsFor_TypicalPosts_AreFewForEachCharacter()
    {
        foreach (var post in Posts)
        {
            var steps = Parser.StepsFor(post);
            Assert.True(steps <= StepsOfAPost + StepsOfACharacter * post.Length, $"{steps} steps for {post.Length} characters");
        }
    }

    private static void CheckOne(string text, bool isReply)
    {
        var message = Some.Post(text, isReply);
        var result = Parser.Parse(message, ParseContext.TextOnly);

        Assert.False(result is ParseResult.Doubtful { Reason.Code: SignalParser.ErrorCode }, text);
        Assert.InRange(result.Confidence, 0.0, 1.0);
        foreach (var field in Fields(result))
        {
            Assert.InRange(field.Start, 0, text.Length);
            Assert.InRange(field.Length, 0, text.Length - field.Start);
        }

        if (text.Length < LongPost)
            Assert.Equal(ResultSummary.Of(result), ResultSummary.Of(Parser.Parse(message, ParseContext.TextOnly)));
    }

    private static IEnumerable<ReadField> Fields(ParseResult result) => result switch
    {
        ParseResult.Signal signal => signal.Ideas.SelectMany(idea => idea.Fields),
        ParseResult.Update update => update.Content.Fields,
        ParseResult.Doubtful { Content: { } content } => content.Fields,
        ParseResult.Doubtful { Draft: { } draft } => draft.Fields,
        ParseResult.Malformed malformed => malformed.Draft.Fields,
        _ => [],
    };

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        var length = random.Next(0, 120);
        for (var i = 0; i < length; i++)
        {
            text.Append(random.Next(6) switch
            {
                0 => (char)random.Next(0x20, 0x7F),
                1 => "0123456789.,-/%x:()\n "[random.Next(21)],
                2 => (char)random.Next(0x0400, 0x0780),
                3 => (char)random.Next(0, 0xFFFF),
                4 => (char)random.Next(0x3000, 0xD7A0),
                _ => (char)random.Next(0xD800, 0xE000),
            });
        }

        return text.ToString();
    }

    private static string Mutated(Random random, bool strong = false)
    {
        var text = new StringBuilder(Posts[random.Next(Posts.Length)]);
        var changes = random.Next(1, strong ? 40 : 6);
        for (var i = 0; i < changes && text.Length > 0; i++)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, text[random.Next(text.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(1, 0x3000);
                    break;
                case 3:
                    text.Insert(at, "0123456789.,-/%x"[random.Next(16)].ToString(), random.Next(1, 30));
                    break;
                default:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 10)));
                    break;
            }
        }

        return text.ToString();
    }

    private static string Spliced(Random random)
    {
        var first = Posts[random.Next(Posts.Length)];
        var second = Posts[random.Next(Posts.Length)];
        return string.Concat(first.AsSpan(0, random.Next(first.Length + 1)), second.AsSpan(random.Next(second.Length + 1)));
    }
}
