using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Tests.Signals.Parsing.Vocabulary;

public sealed class WordListTests
{
    /// <summary>What a language must be able to say before it is any use.</summary>
    private static readonly Term[] Needed = [Term.Target, Term.Buy, Term.Close];

    [Fact]
    public void BuiltIn_AllLanguages_CanSayTheMostNeeded()
    {
        Assert.True(Lexicon.BuiltIn.Lists.Count >= 16, $"only {Lexicon.BuiltIn.Lists.Count} languages");
        foreach (var list in Lexicon.BuiltIn.Lists)
        {
            foreach (var term in Needed)
                Assert.True(list.Phrases.Any(phrase => phrase.Term == term), $"{list.Name} has no word for {term}");
        }
    }

    [Fact]
    public void BuiltIn_AllPhrases_AreKnownByTheirMeaning()
    {
        foreach (var (term, phrase) in Lexicon.BuiltIn.Lists.SelectMany(list => list.Phrases).Where(entry => !entry.Phrase.Contains(' ', StringComparison.Ordinal) && entry.Phrase.All(char.IsAsciiLetterLower)))
            Assert.True(Lexicon.BuiltIn.MeaningOf(phrase).Terms.Has(term), $"'{phrase}' is not found as {term}");
    }

    [Fact]
    public void BuiltIn_TickersThatAreWords_AreMarkedSo()
    {
        // A known ticker that a word list also has would be lost as a symbol, unless the asset list says that it is a word.
        var clashes = Lexicon.BuiltIn.Assets.Skip(1)
            .Where(asset => !asset.IsWord && !asset.IsQuote && Lexicon.BuiltIn.MeaningOf(asset.Ticker.ToLowerInvariant()) is { Terms.IsEmpty: false } meaning && meaning.Terms != TermSet.Of(Term.FunctionWord))
            .Select(asset => asset.Ticker)
            .ToList();

        Assert.Empty(clashes);
    }

    [Theory]
    [InlineData("[entri]\nword", "no term")]
    [InlineData("word", "before the first")]
    public void Read_BrokenList_NamesTheLine(string content, string reason)
    {
        var error = Assert.Throws<FormatException>(() => WordList.Read("list", new StringReader(content)));

        Assert.Contains("list line", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stoploss", Term.Stop)]
    [InlineData("hedefine", Term.Target)]
    [InlineData("стоп-лосса", Term.Stop)]
    public void MeaningOf_InflectedWord_IsFoundByItsStem(string word, object term)
    {
        var meaning = Lexicon.BuiltIn.MeaningOf(word.Replace("-", " ", StringComparison.Ordinal));

        Assert.True(meaning.Terms.Has((Term)term));
    }
}
