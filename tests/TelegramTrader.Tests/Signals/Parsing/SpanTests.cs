using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>Every field says which words of the original text it was read from.</summary>
public sealed class SpanTests
{
    [Theory]
    [InlineData("symbol", "#𝗔𝗥𝗕/𝗨𝗦𝗗𝗧")]
    [InlineData("side", "𝗟𝗢𝗡𝗚")]
    [InlineData("entry", "𝟬.𝟴𝟭𝟱")]
    [InlineData("target 2", "0.89$")]
    [InlineData("stop", "0.7​8")]
    [InlineData("leverage", "5x")]
    public void Parse_StyledText_SpansPointIntoTheOriginal(string field, string words)
    {
        const string text = "🚀 𝗟𝗢𝗡𝗚 #𝗔𝗥𝗕/𝗨𝗦𝗗𝗧 5x\n𝗘𝗻𝘁𝗿𝘆: 𝟬.𝟴𝟭𝟱\nTargets 0.85 / 0.89$\nSL 0.7​8";

        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(new SignalParser().Parse(Some.Post(text), ParseContext.TextOnly)).Ideas);

        var read = Assert.Single(idea.Fields, item => item.Name == field);
        Assert.Equal(words.TrimStart('#'), text.Substring(read.Start, read.Length).TrimStart('#'));
        Assert.InRange(read.Confidence, 0.5, 1.0);
    }

    [Fact]
    public void Parse_InferredSide_HasNoSpan()
    {
        var idea = Assert.Single(Assert.IsType<ParseResult.Signal>(new SignalParser().Parse(Some.Post("#ADA/USDT entry 0.455 tp 0.472 sl 0.441"), ParseContext.TextOnly)).Ideas);

        Assert.True(idea.SideInferred);
        Assert.Equal(0, Assert.Single(idea.Fields, item => item.Name == "side").Length);
    }

    [Fact]
    public void Parse_Update_NamesTheWordsOfTheAction()
    {
        const string text = "OK friends, close half of #SOL now";

        var update = Assert.IsType<ParseResult.Update>(new SignalParser().Parse(Some.Post(text), ParseContext.TextOnly)).Content;

        var read = Assert.Single(update.Fields, item => item.Name == "action");
        Assert.StartsWith("close", text[read.Start..], StringComparison.Ordinal);
    }
}
