using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>
/// Reasons why levels that look like a signal are not meant as one: they are asked about, warned of, hang on a condition, serve as an
/// example, tell of a trade that is over, or are part of a giveaway.
/// </summary>
internal sealed class Reservations(Post post, FieldSet fields, PostEvidence evidence, CardShape card)
{
    private readonly List<Sentence> _sentences = Sentence.Split(post, post.Count);
    private readonly bool _isRecalled = evidence.Of(Term.Recall) > 0 && Recollection.IsOfTrade(post, fields, card);

    private static readonly TermSet Sides = TermSet.Of(Term.Buy, Term.Sell, Term.Long, Term.Short);

    /// <summary>The category of a post that is no signal in spite of its levels; null when nothing speaks against it.</summary>
    public string? Category()
    {
        if (evidence.Of(Term.Giveaway) > 0 && !card.IsComplete)
            return "giveaway";
        if (evidence.Of(Term.Education) > (card.IsComplete && card.LooseShare < 0.5 ? 2 : 1))
            return "education";
        if (IsExample())
            return "education";
        if (_isRecalled && evidence.Of(Term.Result) + evidence.Of(Term.Congratulation) + evidence.Of(Term.Hit) > 0)
            return "brag";
        if (IsRecap())
            return "brag";
        // "We entered at 0.45 two weeks ago, hold for 0.60": told in prose, with nothing to protect a new trade.
        if (_isRecalled && !card.HasStop && evidence.Of(Term.We) > 0 && evidence.Of(Term.Past) > 0)
            return "commentary";
        foreach (var sentence in _sentences)
        {
            var side = FirstSide(sentence);
            if (side < 0)
                continue;
            if (IsQuestion(sentence) && !StandsAlone(sentence))
                return "chat";
            if (IsPlanned(sentence, side))
                return "commentary";
        }

        return IsDenied() ? "commentary" : null;
    }

    /// <summary>What makes the signal doubtful without making it something else; null for nothing.</summary>
    public RuleFailure? Doubt()
    {
        if (_isRecalled)
            return new RuleFailure("past-trade", "the post speaks of an earlier day and may show an old trade");
        if (evidence.Of(Term.Past) > 0 && evidence.Of(Term.Congratulation) > 0 && card.LooseShare >= 0.5)
            return new RuleFailure("past-trade", "the post congratulates and may tell of a trade that is over");
        if (IsQuoted())
            return new RuleFailure("quoted", "the prices stand in quotation marks: somebody else's words");
        if (evidence.Of(Term.Education) > 0 && card.LooseShare >= 0.5)
            return new RuleFailure("teaching", "the post may teach with an example");
        if (evidence.Of(Term.Membership) > 0 && evidence.Of(Term.Contact) + evidence.Of(Term.Advert) > 0 && evidence.Of(Term.Result) + evidence.Of(Term.Hit) + evidence.Of(Term.Congratulation) > 0)
            return new RuleFailure("old-trade-on-sale", "the post tells of results and advertises");
        foreach (var sentence in _sentences)
        {
            if (IsQuestion(sentence) && !HasLevel(sentence) && sentence.Find(Term.You) >= 0 && card.LooseShare > 0)
                return new RuleFailure("question", "the post asks what to think of the trade");
            if (sentence.Find(Term.Not) is var not and >= 0 && sentence.Find(Term.Filled, not, not + 3) >= 0 && !HasLevel(sentence))
                return new RuleFailure("not-active", "the post says that the trade is not active yet");
            var side = FirstSide(sentence);
            if (side < 0)
                continue;
            if (IsQuestion(sentence))
                return new RuleFailure("question", "the post asks");
            if (sentence.Find(Term.If, side + 1, sentence.To) is var condition and >= 0 && (IsLooseAt(side) || HasLevel(sentence)) && !IsNote(sentence, condition))
                return new RuleFailure("conditional", "the entry hangs on a condition");
        }

        return null;
    }

    /// <summary>"Example: you buy at …", "Backtest example: short …": the first words of the post say that it teaches.</summary>
    private bool IsExample()
    {
        const int firstWords = 3;
        const int reach = 2;
        var words = 0;
        for (var i = 0; i < post.Count && words < firstWords && post[i].Kind != TokenKind.LineEnd; i++)
        {
            if (post[i].Kind != TokenKind.Word)
                continue;
            words++;
            if (!post.Has(i, Term.Education))
                continue;
            for (var next = i + 1; next <= i + reach; next++)
            {
                if (post.IsSign(next, ':'))
                    return true;
            }

            if (words == 1 && card.LooseShare > 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether a quotation is open where the first price label stands.</summary>
    private bool IsQuoted()
    {
        var first = fields.Blocks.Find(block => LabelReader.IsPlace(block.Field) && block.Numbers.Count > 0);
        if (first is null)
            return false;
        var end = post.OriginalSpan(first.Numbers[0].Token, first.Numbers[0].Token).Start;
        var depth = 0;
        var isPlainOpen = false;
        foreach (var character in post.Text.Original.AsSpan(0, end))
        {
            isPlainOpen ^= character == '"';
            depth = character switch { '“' or '„' or '«' => depth + 1, '”' or '»' => Math.Max(0, depth - 1), _ => depth };
        }

        return isPlainOpen || depth > 0;
    }

    /// <summary>A trade told with how it ended: no stop, an exit or a profit, and a word for results.</summary>
    private bool IsRecap()
    {
        if (card.HasStop)
            return false;
        // "Entry 1.21, exit 1.58, profit 30 %": one way in, one way out, and what it brought.
        var exits = fields.Blocks.FindAll(block => block.Field == Field.Target && block.Numbers.Count > 0);
        if (exits is [{ Numbers.Count: 1 } exit] && post.Has(exit.Label, Term.Close) && evidence.Of(Term.Profit) > 0 && evidence.Percents > 0)
            return true;
        if (evidence.Of(Term.Result) == 0)
            return false;
        var claims = fields.Blocks.Exists(block => block.Field == Field.Profit) && evidence.Percents > 0;
        return claims && evidence.Of(Term.Expectation) == 0 && evidence.Of(Term.SignalWord) == 0;
    }

    private bool IsQuestion(Sentence sentence) => post.IsSign(sentence.To, '?') || post.IsSign(sentence.To - 1, '?');

    private int FirstSide(Sentence sentence)
    {
        if (!sentence.Terms.Overlaps(Sides))
            return -1;
        for (var i = sentence.From; i < sentence.To; i++)
        {
            if (post[i].Kind == TokenKind.Word && post[i].Terms.Overlaps(Sides) && !post[i].Has(Term.Horizon))
                return i;
        }

        return -1;
    }

    /// <summary>"If it breaks 65000, buy …": the condition comes first, and no label heads a line.</summary>
    private bool IsPlanned(Sentence sentence, int side)
    {
        var condition = sentence.Find(Term.If, sentence.From, side);
        return condition >= 0 && IsLooseAt(side) && !IsNote(sentence, condition) && HasLevel(sentence);
    }

    private bool IsLooseAt(int side) => card.LooseShare > 0 || fields.Blocks.Exists(block => block.Label == side && block.IsLoose);

    /// <summary>"when target 1 hits", "after entry": a remark on how to run the trade.</summary>
    private static bool IsNote(Sentence sentence, int condition) =>
        sentence.Near(Term.Target, condition, 4) >= 0 && sentence.Find(Term.Hit) >= 0 || sentence.Find(Term.Valid) >= 0 || sentence.Find(Term.Breakeven) >= 0;

    private bool HasLevel(Sentence sentence) =>
        fields.Blocks.Exists(block => block.Numbers.Count > 0 && LabelReader.IsPlace(block.Field) && block.Label >= sentence.From && block.Label < sentence.To);

    /// <summary>The card goes on below: "LONG or SHORT?" heads a poll, and "BTC/USDT long?" a card.</summary>
    private bool StandsAlone(Sentence sentence) => !HasLevel(sentence);

    /// <summary>"Do not buy": every word for a side is denied.</summary>
    private bool IsDenied()
    {
        var denied = false;
        for (var i = 0; i < post.Count; i++)
        {
            if (post[i].Kind != TokenKind.Word || !post[i].Terms.Overlaps(Sides) || post[i].Has(Term.Horizon))
                continue;
            if (!post.Has(i - 1, Term.Not))
                return false;
            denied = true;
        }

        return denied;
    }
}
