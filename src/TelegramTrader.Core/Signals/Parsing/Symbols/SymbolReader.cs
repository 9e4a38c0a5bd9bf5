using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Symbols;

/// <summary>
/// Fifth stage: finds every place that names an asset or pair, in the order of the text: BTC/USDT, #BTC, $ARB, BTCUSDT.P, XBTUSD,
/// BTC_USDT, "Coin: gdm", gold, 비트코인. Which one the post is about is decided by <see cref="SymbolChoice"/>.
/// </summary>
internal static class SymbolReader
{
    private const int LongestTicker = 12;
    private const int ShortestPair = 5;
    private static readonly TermSet Sides = TermSet.Of(Term.Long, Term.Short, Term.Buy, Term.Sell);
    private static readonly (string Ending, TradeSide Side)[] GluedSides =
        [("sell", TradeSide.Short), ("short", TradeSide.Short), ("buy", TradeSide.Long), ("long", TradeSide.Long)];

    public static List<SymbolMention> Run(Post post)
    {
        var mentions = new List<SymbolMention>();
        for (var i = 0; i < post.Count;)
        {
            post.Tokens.Steps++;
            var next = i + 1;
            if (mentions.Count > 0 && IsQuoteInWords(post, i, mentions[^1]))
            {
                mentions[^1] = mentions[^1] with { Quote = QuoteOf(post, i).Ticker };
            }
            else if (post[i].Kind == TokenKind.Word && ReadAt(post, i) is { } mention)
            {
                // "Render Network (RNDR)": the ticker says which asset the name means.
                if (mentions.Count > 0 && IsInBrackets(post, i) && mention.First - mentions[^1].Last <= 4 && mentions[^1].Quote.Length == 0)
                    mentions[^1] = mentions[^1] with { Base = mention.Base };
                mentions.Add(mention);
                next = mention.Last + 1;
            }

            i = next;
        }

        return mentions;
    }

    /// <summary>"#ABC … BTC pair": says what an asset named before, without its quote, is priced in.</summary>
    private static bool IsQuoteInWords(Post post, int i, SymbolMention earlier) =>
        earlier is { Quote.Length: 0, Kind: AssetKind.Crypto } && IsQuote(post, i) && QuoteOf(post, i) is { Kind: AssetKind.Crypto } quote && quote.Ticker != earlier.Base
        && post.Has(i + 1, Term.Instrument) && post.Tokens.Span(i + 1) is "pair" or "pairs" && !post.IsSign(i + 2, ':');

    private static SymbolMention? ReadAt(Post post, int i) => SlashedPair(post, i) ?? GluedPair(post, i) ?? Single(post, i);

    /// <summary>Two words with a sign between them, the second (or, with _, the first) a quote.</summary>
    private static SymbolMention? SlashedPair(Post post, int i)
    {
        if (!CanBeBase(post, i))
            return null;
        var sign = i + 1;
        var second = i + 2;
        if (sign < post.Count && post[sign].Kind == TokenKind.Word)
        {
            // "BTC USDT": two capitals beside each other.
            return IsQuote(post, sign) && QuoteOf(post, sign).QuoteRank <= 3 && QuoteOf(post, sign).Kind == AssetKind.Crypto && post.IsCapitals(i) && post.IsCapitals(sign) && !IsQuote(post, i)
                ? MakePair(post, i, sign, i, sign)
                : null;
        }

        if (second >= post.Count || post[sign].Kind != TokenKind.Punctuation || post[second].Kind != TokenKind.Word)
            return null;
        var isSpaced = !post[sign].IsGlued && !post[second].IsGlued;
        switch (post[sign].Sign)
        {
            case '/' or '|' or ':':
                break;
            case '-' or '_' or '.' when !isSpaced || (post.IsCapitals(i) && post.IsCapitals(second)):
                break;
            default:
                return null;
        }

        if (IsQuote(post, second) && !SameAsset(post, i, second))
            return MakePair(post, i, second, i, second);
        return post[sign].Sign == '_' && IsQuote(post, i) && QuoteOf(post, i).Kind == AssetKind.Crypto && CanBeBase(post, second) ? MakePair(post, i, second, second, i) : null;
    }

    private static SymbolMention? GluedPair(Post post, int i)
    {
        if (post[i].Words > 1 || post[i].End - post[i].Start < ShortestPair || (!post[i].Terms.IsEmpty && post[i].TagSign == '\0') || !IsPlainWord(post, i) || (post[i].Asset != 0 && AssetOf(post, i).Kind != AssetKind.Fiat && AssetOf(post, i).Names.Count == 0))
            return null;
        var word = post.Tokens.Span(i);
        TradeSide? side = null;
        var length = PairEndings.BaseLength(word, post.Lexicon);
        if (length == 0 && post[i].Terms.IsEmpty)
        {
            foreach (var (ending, glued) in GluedSides)
            {
                if (word.Length > ending.Length + ShortestPair && word.EndsWith(ending, StringComparison.Ordinal) && PairEndings.BaseLength(word[..^ending.Length], post.Lexicon) is var shorter and > 0)
                {
                    length = shorter;
                    side = glued;
                    word = word[..^ending.Length];
                    break;
                }
            }
        }

        if (length == 0)
            return null;
        var pair = PairEndings.WithoutContract(word);
        var isPerpetual = pair.Length < word.Length;
        var last = i;
        if (post.IsSign(i + 1, '.') && i + 2 < post.Count && post[i + 2].IsGlued && post[i + 2].Kind == TokenKind.Word && post.Tokens.Span(i + 2) is "p" or "perp")
        {
            isPerpetual = true;
            last = i + 2;
        }

        return Make(post, i, last, Ticker(post, pair[..length]), Ticker(post, pair[length..]), isPerpetual, side);
    }

    private static SymbolMention? Single(Post post, int i)
    {
        var asset = AssetOf(post, i);
        var isKnown = asset != Asset.None && asset.Kind != AssetKind.Fiat && (!asset.IsQuote || asset.QuoteRank > 5);
        if (post[i].TagSign != '\0')
        {
            if (isKnown)
                return new SymbolMention(i, i, asset.Ticker, asset.Kind == AssetKind.Crypto ? "" : asset.Quote, asset.Kind, MentionStrength.Tagged);
            return IsFreeWord(post[i].Terms) && asset == Asset.None && (CanBeTicker(post, i) || (post[i].End - post[i].Start == 1 && post.IsCapitals(i))) && !GoesOn(post, i)
                ? new SymbolMention(i, i, Upper(post.Tokens.Span(i)), "", AssetKind.Crypto, MentionStrength.Tagged)
                : null;
        }

        var isLabelled = IsAfterLabel(post, i);
        if (isKnown && (post[i].Terms.IsEmpty || isLabelled || (post.IsCapitals(i) && !post[i].Has(Term.NotAnAsset) && (asset.IsWord != post[i].Has(Term.FunctionWord)))))
        {
            if (IsUnitOfNumber(post, i, asset))
                return null;
            var strength = isLabelled ? MentionStrength.Labelled : asset.IsWord && IsTicker(post, i, asset) ? MentionStrength.Weak : MentionStrength.Known;
            if (strength == MentionStrength.Weak && !post.IsCapitals(i) && !IsRightBeforeDirection(post, i))
                return null;
            return new SymbolMention(i, i, asset.Ticker, asset.Kind == AssetKind.Crypto ? "" : asset.Quote, asset.Kind, strength);
        }

        if (!post[i].Terms.IsEmpty || asset != Asset.None || !CanBeTicker(post, i))
            return null;
        if (isLabelled)
            return new SymbolMention(i, i, Upper(post.Tokens.Span(i)), "", AssetKind.Crypto, MentionStrength.Labelled);
        var isNamed = post.IsCapitals(i) && (IsBesideSide(post, i) || IsInBrackets(post, i) || IsTitle(post, i));
        return isNamed || IsBetweenSideAndPrice(post, i) ? new SymbolMention(i, i, Upper(post.Tokens.Span(i)), "", AssetKind.Crypto, MentionStrength.Guess) : null;
    }

    /// <summary>Unknown, or a small word of a language that a tag turns into a name: #FOR.</summary>
    private static bool IsFreeWord(TermSet terms) => terms.IsEmpty || terms == TermSet.Of(Term.FunctionWord);

    private static bool CanBeBase(Post post, int i)
    {
        if (i >= post.Count || post[i].Kind != TokenKind.Word || post[i].Words > 1 || !IsPlainWord(post, i) || post[i].End - post[i].Start > LongestTicker)
            return false;
        return post[i].Asset != 0 || post[i].Terms.IsEmpty || post[i].TagSign != '\0';
    }

    private static bool CanBeTicker(Post post, int i) =>
        post[i].Words == 1 && IsPlainWord(post, i) && post[i].End - post[i].Start is >= 2 and <= 10;

    private static bool IsPlainWord(Post post, int i)
    {
        var letters = 0;
        foreach (var character in post.Tokens.Span(i))
        {
            if (character is >= 'a' and <= 'z')
                letters++;
            else if (character is not (>= '0' and <= '9'))
                return false;
        }

        return letters > 0;
    }

    /// <summary>A tag that runs on (#Pin_our_channel) names no asset.</summary>
    private static bool GoesOn(Post post, int i) => post.IsSign(i + 1, '_') && post[i + 1].IsGlued || (post.IsSign(i + 1, '&') && post[i + 1].IsGlued);

    private static bool IsQuote(Post post, int i) => i < post.Count && post[i].Kind == TokenKind.Word && post[i].Words == 1 && QuoteOf(post, i).IsQuote && IsTicker(post, i, QuoteOf(post, i));

    private static Asset QuoteOf(Post post, int i) => post.Lexicon.Assets[post[i].Asset != 0 ? post[i].Asset : post.Lexicon.MeaningOf(post.Tokens.Span(i)).Asset];

    private static bool SameAsset(Post post, int first, int second) => post[first].Asset != 0 && post[first].Asset == post[second].Asset;

    private static Asset AssetOf(Post post, int i) => post.Lexicon.Assets[post[i].Asset];

    /// <summary>Written as its ticker, not by a name such as "gold".</summary>
    private static bool IsTicker(Post post, int i, Asset asset) => post.Tokens.Span(i).Equals(asset.Ticker, StringComparison.OrdinalIgnoreCase);

    /// <summary>"0.5 BTC": the asset is what the number counts.</summary>
    private static bool IsUnitOfNumber(Post post, int i, Asset asset) => asset.IsQuote && post.IsNumber(i - 1);

    private static bool IsAfterLabel(Post post, int i)
    {
        var before = i - 1;
        while (before >= 0 && i - before <= 3 && (post[before].Kind == TokenKind.Mark || (post[before].Kind == TokenKind.Punctuation && post[before].Sign is ':' or '-' or '=' or '#' or '$')))
            before--;
        if (!post.Has(before, Term.Instrument))
            return false;
        var isMarked = false;
        for (var at = before + 1; at < i; at++)
            isMarked |= post[at].Kind == TokenKind.Punctuation && post[at].Sign is ':' or '=' or '-';
        // Without a colon only "Coin NAS" at the head of a line counts, not "most coins dropping".
        return isMarked || (IsHeadOfLine(post, before) && (post.IsCapitals(i) || post[i].Asset != 0 || !char.IsAscii(post.Text[post[before].Start])));
    }

    /// <summary>"Buy Gdm at 0.005": a name with a capital, right behind the side and right before the price.</summary>
    private static bool IsBetweenSideAndPrice(Post post, int i) =>
        post.Text.IsUpper(post[i].Start) && i > 0 && post[i - 1].Kind == TokenKind.Word && post[i - 1].Terms.Overlaps(Sides)
        && (post.IsNumber(i + 1) || (post.IsNumber(i + 2) && (post.IsSign(i + 1, '@') || post.Has(i + 1, Term.At) || post.Has(i + 1, Term.Around) || post.Has(i + 1, Term.Below))));

    /// <summary>"Odyssey (OCN)": a name with its ticker.</summary>
    private static bool IsInBrackets(Post post, int i) => post.IsSign(i - 1, '(') && post.IsSign(i + 1, ')') && i >= 2 && post[i - 2].Kind == TokenKind.Word;

    /// <summary>The only word of the first line.</summary>
    private static bool IsTitle(Post post, int i)
    {
        if (post.LineOf(i) != 0 || post.LineCount < 3)
            return false;
        for (var at = 0; at < post.EndOfLine(0); at++)
        {
            if (at != i && post[at].Kind is TokenKind.Word or TokenKind.Number)
                return false;
        }

        return true;
    }

    private static bool IsHeadOfLine(Post post, int i)
    {
        while (i > 0 && post[i - 1].Kind is TokenKind.Mark or TokenKind.Punctuation)
            i--;
        return post.IsLineStart(i);
    }

    /// <summary>"a link long": a small word that names an asset too, right before long or short.</summary>
    private static bool IsRightBeforeDirection(Post post, int i) => post.Has(i + 1, Term.Long) || post.Has(i + 1, Term.Short);

    private static bool IsBesideSide(Post post, int i) =>
        (i > 0 && post[i - 1].Kind == TokenKind.Word && post[i - 1].Terms.Overlaps(Sides)) || (i + 1 < post.Count && post[i + 1].Kind == TokenKind.Word && post[i + 1].Terms.Overlaps(Sides));

    private static SymbolMention MakePair(Post post, int first, int last, int baseToken, int quoteToken)
    {
        var isPerpetual = false;
        if (post.IsSign(last + 1, '.') && last + 2 < post.Count && post[last + 2].IsGlued && post[last + 2].Kind == TokenKind.Word && post.Tokens.Span(last + 2) is "p" or "perp")
        {
            isPerpetual = true;
            return Make(post, first, last + 2, Ticker(post, post.Tokens.Span(baseToken)), Ticker(post, post.Tokens.Span(quoteToken)), isPerpetual, null);
        }

        return Make(post, first, last, Ticker(post, post.Tokens.Span(baseToken)), Ticker(post, post.Tokens.Span(quoteToken)), isPerpetual, null);
    }

    private static SymbolMention Make(Post post, int first, int last, string baseTicker, string quoteTicker, bool isPerpetual, TradeSide? side)
    {
        var baseAsset = post.Lexicon.Assets[post.Lexicon.MeaningOf(baseTicker.ToLowerInvariant()).Asset];
        var isKnown = baseAsset.Ticker == baseTicker;
        return new SymbolMention(first, last, baseTicker, quoteTicker, isKnown ? baseAsset.Kind : AssetKind.Crypto, MentionStrength.Pair, isPerpetual, side);
    }

    /// <summary>The ticker for a written base or quote: XBT is BTC.</summary>
    private static string Ticker(Post post, ReadOnlySpan<char> written)
    {
        var asset = post.Lexicon.Assets[post.Lexicon.MeaningOf(written).Asset];
        return asset == Asset.None ? Upper(written) : asset.Ticker;
    }

    private static string Upper(ReadOnlySpan<char> word) => word.ToString().ToUpperInvariant();
}
