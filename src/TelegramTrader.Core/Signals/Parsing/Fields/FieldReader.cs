using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>
/// Sixth stage: gives every number to the label that it belongs to. One walk over the tokens: a label opens a field, numbers go to the
/// open field, and lines that hold only a list go on with it. What stands under no label, or under one we don't know, belongs to nothing.
/// </summary>
internal sealed class FieldReader
{
    private const int MostWordsBeforeNumber = 6;
    private const int MostWordsAfterNumber = 1;
    private const int MostPendingLines = 3;

    private readonly Post _post;
    private readonly FieldSet _fields;
    private readonly NumberPlacer _placer;
    private readonly PlacesSeen _seen;
    private FieldBlock? _open;
    private bool _isLineOpen;
    private int _pendingLines;
    private int _wordsAfterNumber;
    private readonly List<int> _looseNumbers = [];
    private bool _isTrailing;

    private FieldReader(Post post, IReadOnlyList<SymbolMention> mentions)
    {
        _post = post;
        _fields = new FieldSet { Mentions = mentions };
        _placer = new NumberPlacer(post, _fields);
        _seen = new PlacesSeen(_fields);
    }

    public static FieldSet Run(Post post, IReadOnlyList<SymbolMention> mentions)
    {
        var reader = new FieldReader(post, mentions);
        reader.Walk();
        UnknownLabels.Settle(post, reader._fields);
        return reader._fields;
    }

    private void Walk()
    {
        var mention = 0;
        for (var i = 0; i < _post.Count; i++)
        {
            _post.Tokens.Steps++;
            if (_post.IsLineStart(i))
                StartLine(i);
            while (mention < _fields.Mentions.Count && _fields.Mentions[mention].First < i)
                mention++;
            if (mention < _fields.Mentions.Count && _fields.Mentions[mention].First == i)
            {
                Symbol(i);
                i = _fields.Mentions[mention].Last;
                continue;
            }

            switch (_post[i].Kind)
            {
                case TokenKind.Word:
                    Word(i);
                    break;
                case TokenKind.Mark:
                    SignMark(i);
                    break;
                case TokenKind.Punctuation:
                    i = Sign(i);
                    break;
                case TokenKind.Number:
                    Number(i);
                    break;
                case TokenKind.Link or TokenKind.Handle when _open is { Numbers.Count: > 0 }:
                    _isLineOpen = false;
                    break;
            }
        }
    }

    private void StartLine(int i)
    {
        _looseNumbers.Clear();
        _wordsAfterNumber = 0;
        _placer.StartLine();
        if (_open is null || _post[i].Kind == TokenKind.LineEnd)
            return;
        _isLineOpen = ListLines.IsListLine(_post, i) && (_open.Numbers.Count == 0 || AcceptsMoreLines(_open));
        if (_isLineOpen)
            return;
        var mostPending = _open.Field is Field.Target or Field.Entry or Field.Stop or Field.Leverage ? MostPendingLines : 0;
        if (_open.Numbers.Count > 0 || ++_pendingLines > mostPending)
            _open = null;
    }

    private static bool AcceptsMoreLines(FieldBlock block) => block.Field switch
    {
        Field.Target => true,
        Field.Entry or Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Head => !(block.Numbers.Count == 2 && block.Numbers[0].Line == block.Numbers[1].Line && block.Numbers[1].Joint is '-' or '~'),
        _ => false,
    };

    private void Symbol(int i)
    {
        // "Buy #ABC between 1 - 2": the label before the symbol keeps its numbers.
        if (_open is { Numbers.Count: 0 } && _isLineOpen && LabelReader.IsPlace(_open.Field) && _open.Field != Field.Head)
            return;
        if (_open is { Numbers.Count: > 0 } && _isLineOpen && _post.IsNumber(i - 1))
            return;
        Open(Field.Head, i);
    }

    private void Word(int i)
    {
        ref var token = ref _post[i];
        if (_isTrailing)
            return;
        if (LabelReader.Of(_post, i) is { } field)
        {
            Label(i, field);
            return;
        }

        if (LabelPlace.IsStopOfCard(_post, _seen, i))
        {
            Open(Field.Stop, i);
            _fields.StopInWords = i;
            return;
        }

        if (token.Has(Term.Horizon))
        {
            // A group of targets under its own heading goes on with the list, or begins one.
            if (_open is { Field: Field.Target })
                _isLineOpen = true;
            else if (_post.IsLineStart(i) && _post.IsSign(i + 1, ':') && _post.IsNumber(i + 2) && _post.NumberOf(i + 2).Unit is NumberUnit.None or NumberUnit.Dollar)
                Open(Field.Target, i);
            else if (_post.IsNumber(i + 1) && _post.NumberOf(i + 1).Unit is NumberUnit.None or NumberUnit.Dollar && _seen.HasEntry())
                Open(Field.Target, i);
            return;
        }

        if (_open is { Field: Field.Stop, Numbers.Count: 0 } && _isLineOpen && (token.Has(Term.NoNumber) || (token.Has(Term.Not) && !LabelPlace.NumberFollows(_post, i))))
            _open.IsDenied = true;
        if (Numbering.OrdinalOf(token) is var ordinal and > 0)
        {
            // "third target" or, in other languages, "target third".
            if (_open is { Field: Field.Target, Numbers.Count: 0, Index: 0 } && _isLineOpen)
                _open.Index = ordinal;
            else
            {
                _placer.PendingIndex = ordinal;
                // "stop 135 / 1st 146 / 2nd 152": numbered prices behind the stop are the targets.
                if (_open is { Field: Field.Stop, Numbers.Count: > 0 } && _isLineOpen && _seen.HasEntry() && _post.IsNumber(i + 1))
                    Open(Field.Target, i).Index = ordinal;
            }

            return;
        }

        if (_open is { Field: Field.Target } && _isLineOpen && token.Has(Term.Runner) && _open.RunnerToken < 0)
        {
            _open.RunnerToken = i;
            // "TP4 open (4594 / 4592)": what follows is no target of its own.
            _isLineOpen &= _open.Index == 0 || _open.Numbers.Count > 0 || !_post.IsSign(i + 1, '(');
        }

        if (_open is { Numbers.Count: 0 })
            _open.Manner |= token.Terms;
        if (token.Terms.Overlaps(ListLines.Companions) || token.Asset != 0)
            return;
        if (IsUnknownLabel(i))
        {
            Open(Field.Other, i);
            return;
        }

        if (_open is null)
            return;
        if (_open.Numbers.Count > 0)
            _isLineOpen &= ++_wordsAfterNumber <= MostWordsAfterNumber && !LabelPlace.IsLabelOfNext(_post, i);
        else if (++_open.Gap > MostWordsBeforeNumber)
            _isLineOpen = false;
    }

    /// <summary>A word before a colon that is no label we know, and not part of one on its line that still waits for its number.</summary>
    private bool IsUnknownLabel(int i) =>
        (_post.IsSign(i + 1, ':') || _post.IsSign(i + 1, '=')) && !(_open is { Numbers.Count: 0 } && _isLineOpen && _open.Field != Field.Head && _post.LineOf(_open.Label) == _post.LineOf(i));

    private void Label(int i, Field field)
    {
        ref var token = ref _post[i];
        if (field == Field.Trailing && _post.IsSign(i + 1, ':') && _fields.TrailingFrom < 0)
        {
            _fields.TrailingFrom = i;
            _isTrailing = true;
            _open = null;
            return;
        }

        var isSameLine = _open is not null && _post.LineOf(_open.Label) == _post.LineOf(i);
        if (_open is { Numbers.Count: 0 } && isSameLine && _isLineOpen && LabelReader.KeepsOver(_open.Field, field, token))
        {
            _open.Manner |= token.Terms;
            return;
        }

        if (_isLineOpen && Remarks.IsOnNumberBefore(_post, i, field, _open))
            return;
        var earlier = _open;
        var block = Open(field, i);
        block.IsDenied = _post.Has(i - 1, Term.Not) && field is Field.Stop or Field.Target;
        block.Index = _placer.TakePendingIndex(field);
        if (NumbersBefore.Take(_post, _placer, block, earlier, _looseNumbers, MostWordsBeforeNumber))
            _isLineOpen = false;
    }

    private FieldBlock Open(Field field, int label)
    {
        var block = new FieldBlock(field, label, _post.LineOf(label)) { Manner = _post[label].Terms, IsLoose = LabelPlace.IsLoose(_post, label) };
        _fields.Blocks.Add(block);
        _open = block;
        _isLineOpen = true;
        _pendingLines = 0;
        _wordsAfterNumber = 0;
        return block;
    }

    private void SignMark(int i)
    {
        if (_isTrailing)
            return;
        if (_post[i].Mark == Mark.Pointer && PointsAtTargets(i))
            Open(Field.Target, i);
        else if (LabelReader.Of(_post, i) is { } field && !(_open is { Numbers.Count: 0 } && _isLineOpen))
            Open(field, i);
        else if (_post[i].Mark == Mark.Rocket && _open is { Field: Field.Target, RunnerToken: < 0 } && _isLineOpen && _placer.PendingIndexInList > 0)
            _open.RunnerToken = i;
    }

    /// <summary>"SHORT 28.9 → 28.2 / 27.5 / 26.3": from one price to several.</summary>
    private bool PointsAtTargets(int i)
    {
        const int several = 2;
        if (_open is not { Numbers.Count: 1, Field: Field.Head or Field.Entry or Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Market } || !_isLineOpen || IsOtherEnd(_open.Field) || !_post.IsNumber(i - 1) || !_post.IsNumber(i + 1))
            return false;
        var numbers = 0;
        for (var at = i + 1; at < Math.Min(_post.LineEndAfter(i), i + NumberPlacer.Reach) && LabelReader.Of(_post, at) is null; at++)
            numbers += _post.IsNumber(at) && _post.NumberOf(at).Unit is NumberUnit.None or NumberUnit.Dollar ? 1 : 0;
        return numbers >= several;
    }

    private int Sign(int i)
    {
        if (_isTrailing)
            return i;
        switch (_post[i].Sign)
        {
            case '(' or '[':
                return _isLineOpen ? Remarks.EndOfBracket(_post, i, _open, _placer) : i;
            case '.' or '!' or '?' or ';':
                if (_open is not null && Remarks.IsSentenceEnd(_post, i, _open))
                    _isLineOpen = false;
                break;
            case '|' when _open is { Numbers.Count: > 0 } && !_post.IsNumber(i + 1):
                _isLineOpen = false;
                break;
            case '@' when _post.IsNumber(i + 1) && (_open is null || !_isLineOpen || (_open.Numbers.Count == 0 && _open.Field is Field.Head or Field.Buy or Field.Sell or Field.Long or Field.Short && !IsOtherEnd(_open.Field))):
                Open(Field.Entry, i);
                break;
            case '-' or '/' or ',' or '~' or '_' or '&' or '•' or '+' or ':' or '|':
                _placer.Joint = _post[i].Sign;
                break;
        }

        return i;
    }

    /// <summary>"Buy 100, sell @ 110": behind the one side's price, the other side is how the trade ends.</summary>
    private bool IsOtherEnd(Field field)
    {
        var other = field switch { Field.Buy => Field.Sell, Field.Sell => Field.Buy, _ => Field.Head };
        return other != Field.Head && _seen.Has(other);
    }

    private void Number(int i)
    {
        if (_isTrailing)
            return;
        // "stop 135 / 1차 146 / 2차 152": counted prices behind the stop are the targets.
        if (_open is { Field: Field.Stop, Numbers.Count: > 0 } && _isLineOpen && _seen.HasEntry() && Numbering.CountBefore(_post, i) is var count and > 0)
        {
            Open(Field.Target, i).Index = count;
            return;
        }

        if (!_placer.Place(_open, i, _isLineOpen))
            _looseNumbers.Add(i);
        _placer.Joint = ' ';
    }
}
