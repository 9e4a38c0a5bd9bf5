using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Tests.Signals.Parsing.Tokens;

public sealed class PostReaderTests
{
    [Theory]
    [InlineData("20x", NumberUnit.Times, 20)]
    [InlineData("x20", NumberUnit.Times, 20)]
    [InlineData("×20", NumberUnit.Times, 20)]
    [InlineData("5 %", NumberUnit.Percent, 5)]
    [InlineData("%5", NumberUnit.Percent, 5)]
    [InlineData("6h", NumberUnit.Duration, 6)]
    [InlineData("3 days", NumberUnit.Duration, 3)]
    [InlineData("64 sats", NumberUnit.Satoshi, 64)]
    [InlineData("$64", NumberUnit.Dollar, 64)]
    [InlineData("#0941", NumberUnit.Numbering, 941)]
    [InlineData("①", NumberUnit.Numbering, 1)]
    [InlineData("9th", NumberUnit.Ordinal, 9)]
    [InlineData("65k", NumberUnit.None, 65000)]
    [InlineData("6.4万", NumberUnit.None, 64000)]
    [InlineData("50 pips", NumberUnit.Points, 50)]
    public void Read_NumberWithUnit_KnowsIt(string text, object unit, int value)
    {
        var post = Read(text);
        var at = Enumerable.Range(0, post.Count).Single(post.IsNumber);

        Assert.Equal((NumberUnit)unit, post.NumberOf(at).Unit);
        Assert.Equal(value, post.NumberOf(at).Value);
    }

    [Theory]
    [InlineData("take profit")]
    [InlineData("Take-Profit")]
    [InlineData("TakeProfit")]
    [InlineData("take_profit")]
    [InlineData("TP")]
    [InlineData("T/P")]
    public void Read_SpellingsOfTakeProfit_AreOneTarget(string text)
    {
        var post = Read(text);

        Assert.Equal(1, post.Count);
        Assert.True(post.Has(0, Term.Target));
    }

    [Theory]
    [InlineData("LONGLeverage : 5xEntry", new[] { Term.Long, Term.Leverage, Term.Entry })]
    [InlineData("58.57Targets", new[] { Term.Target })]
    [InlineData("市价64200做空", new[] { Term.MarketOrder, Term.Short })]
    [InlineData("진입가21.4손절가20.6", new[] { Term.Entry, Term.Stop })]
    public void Read_GluedWords_ArePartedAtKnownOnes(string text, object terms)
    {
        var post = Read(text);

        foreach (var term in (Term[])terms)
            Assert.Contains(Enumerable.Range(0, post.Count), index => post.Has(index, term));
    }

    [Theory]
    [InlineData("see https://example.com/a/b?c=1 now", TokenKind.Link)]
    [InlineData("www.example.com", TokenKind.Link)]
    [InlineData("t.me/somechannel", TokenKind.Link)]
    [InlineData("ask @somebody", TokenKind.Handle)]
    [InlineData("17:30", TokenKind.Moment)]
    [InlineData("26.02.2026", TokenKind.Moment)]
    [InlineData("2026-02-27T08:00:01Z", TokenKind.Moment)]
    [InlineData("rr 1:3", TokenKind.Moment)]
    public void Read_LinksNamesAndMoments_AreTheirOwnTokens(string text, object kind)
    {
        var post = Read(text);

        Assert.Contains(Enumerable.Range(0, post.Count), index => post[index].Kind == (TokenKind)kind);
    }

    [Fact]
    public void Read_WordOfTwoLanguages_IsSettledByItsNeighbours()
    {
        // "hier" is here in German and yesterday in French.
        var german = Read("Ziel erreicht, Gewinn gesichert, hier geht es weiter");
        var french = Read("objectif atteint hier, levier réduit");

        Assert.DoesNotContain(Enumerable.Range(0, german.Count), index => german.Has(index, Term.Past));
        Assert.Contains(Enumerable.Range(0, french.Count), index => french.Has(index, Term.Past));
    }

    private static Post Read(string text) => new Post.Reader(Lexicon.BuiltIn).Read(text);
}
