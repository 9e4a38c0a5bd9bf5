using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Puts one number into the open field: as a price, a percentage, the number of a target, a share, a leverage – or not at all.</summary>
internal sealed class NumberPlacer(Post post, FieldSet fields)
{
    /// <summary>How many tokens ahead of a label its number is looked for: a bound, so that long lines cost no more than short ones.</summary>
    public const int Reach = 40;

    private const decimal MostMultiple = 1000m;

    private int _listIndex;
    private Field _listField = Field.Other;
    private int _pendingIndex;

    /// <summary>The sign last seen before the number to come.</summary>
    public char Joint { get; set; } = '\n';

    /// <summary>The target number seen before its label: "second target".</summary>
    public int PendingIndex
    {
        set => _pendingIndex = value;
    }

    /// <summary>The numbering seen in a list, waiting for its price; 0 for none.</summary>
    public int PendingIndexInList { get; private set; }

    public void StartLine()
    {
        Joint = '\n';
        _pendingIndex = 0;
        PendingIndexInList = 0;
    }

    /// <summary>Called when a label opens; a run of target labels goes on with its numbering.</summary>
    public int TakePendingIndex(Field field)
    {
        var index = _pendingIndex;
        _pendingIndex = 0;
        if (field != _listField)
            _listIndex = 0;
        _listField = field;
        PendingIndexInList = 0;
        return index;
    }

    /// <summary>False when the number belongs to no field.</summary>
    public bool Place(FieldBlock? open, int i, bool isLineOpen)
    {
        ref var number = ref post.NumberOf(i);
        if (number.Unit is NumberUnit.Duration or NumberUnit.Points)
            return true;
        if (number.Unit == NumberUnit.Times || IsMultiple(i))
            return Multiple(open, i, isLineOpen);
        var waits = open is { Numbers.Count: 0 } && isLineOpen && open.Field is not (Field.Head or Field.Other) && open.Index == 0;
        var isListed = open is { Numbers.Count: > 0 } && isLineOpen && open.Numbers[^1].Line == post.LineOf(i);
        if (!waits && !isListed && Numbering.BeforeLabel(post, i) is var before and > 0)
        {
            _pendingIndex = before;
            return true;
        }

        if (open is null || !isLineOpen)
            return false;
        if (LabelReader.IsPlace(open.Field) && IsIndex(open, i))
            return true;
        if (GoesOnFromBefore(open, i))
        {
            Append(open, i);
            return true;
        }

        if (number.Unit is NumberUnit.Ordinal or NumberUnit.Numbering || number.Value <= 0m)
            return true;
        if (number.Unit == NumberUnit.Percent)
            Percent(open, i);
        else if (open.Field != Field.Stop || open.Numbers.Count == 0 || (open.Numbers.Count == 1 && Joint is '-' or '/' or '~'))
            Add(open, i);
        return true;
    }

    public void Add(FieldBlock block, int i)
    {
        if (post.NumberOf(i).Value > 0m)
            Append(block, i);
    }

    /// <summary>"104 000": what stands right behind the first digits may be the rest of one price, a zero too; all prices together settle it.</summary>
    private bool GoesOnFromBefore(FieldBlock open, int i) =>
        open.Numbers.Count > 0 && LabelReader.IsPlace(open.Field) && open.Field != Field.CurrentPrice && open.Numbers[^1].Token == i - 1 && post.NumberOf(i - 1).MayGoOn && (open.Field == Field.Stop || post.NumberOf(i).Value == 0m) && post.NumberOf(i).Unit is NumberUnit.None or NumberUnit.Dollar;

    private void Append(FieldBlock block, int i)
    {
        ref var number = ref post.NumberOf(i);
        block.Numbers.Add(new FieldNumber
        {
            Token = i,
            Line = post.LineOf(i),
            Value = number.Value,
            IsPercent = number.Unit == NumberUnit.Percent,
            Joint = Joint,
            Index = PendingIndexInList,
            IsTicked = IsTicked(i),
        });
        PendingIndexInList = 0;
    }

    /// <summary>A percentage behind a price: the share of the position to close there, unless a sign says that it is a gain.</summary>
    public void Share(FieldBlock block, int i)
    {
        ref var number = ref post.NumberOf(i);
        if (number.Sign == '\0' && number.Value is > 0m and <= 100m)
            block.Numbers[^1].Share ??= number.Value / 100m;
    }

    private void Percent(FieldBlock open, int i)
    {
        var isBehindPrice = open.Numbers.Count > 0 && !open.Numbers[^1].IsPercent && open.Numbers[^1].Line == post.LineOf(i);
        switch (open.Field)
        {
            case Field.Stop or Field.Target or Field.Sell or Field.Buy or Field.Entry when isBehindPrice:
                if (Joint is '-' or '_' or ':')
                    Share(open, i);
                break;
            case Field.Stop or Field.Target or Field.Sell or Field.Buy or Field.Size or Field.Risk when !IsShareClosed(i):
                Add(open, i);
                break;
        }
    }

    /// <summary>"TP1, 70% closed": a share, and no target.</summary>
    private bool IsShareClosed(int i) => post.Has(i + 1, Term.Close) || post.Has(i + 1, Term.Take) || post.Has(i + 2, Term.Close);

    private bool IsIndex(FieldBlock open, int i)
    {
        // "TP1", "Target 1", "Target.1", "TP #1".
        var isAfterSign = open.Label == i - 2 && post[i - 1].Kind == TokenKind.Punctuation && post[i - 1].Sign is '.' or '#' && post[i - 1].IsGlued;
        var isAfterLabel = (open.Label == i - 1 || isAfterSign) && post[open.Label].Kind == TokenKind.Word;
        var index = Numbering.IndexAt(post, i, _listIndex + 1, isAfterLabel);
        if (index > 0)
        {
            if (isAfterLabel)
            {
                open.Index = index;
                open.IndexToken = i;
            }

            _listIndex = index;
            PendingIndexInList = index;
            return true;
        }

        ref var number = ref post.NumberOf(i);
        if (open.Field != Field.Target || !isAfterLabel || !number.IsInteger || number.Value is < 1 or > 20 || number.Unit != NumberUnit.None || NumberFollows(i))
            return false;
        open.Index = (int)number.Value;
        open.IndexToken = i;
        open.IndexMayBePrice = true;
        return true;
    }

    private bool NumberFollows(int i)
    {
        var end = Math.Min(post.LineEndAfter(i), i + Reach);
        for (var at = i + 1; at < end; at++)
        {
            if (post.IsNumber(at))
                return true;
            if (LabelReader.Of(post, at) is not null)
                return false;
        }

        return false;
    }

    /// <summary>The first of "5-10x": no x of its own, joined by a range to one that has it.</summary>
    private bool IsMultiple(int i)
    {
        const int longestChain = 4;
        ref var number = ref post.NumberOf(i);
        if (number.Unit != NumberUnit.None || !number.IsInteger || number.Value > MostMultiple)
            return false;
        var at = i;
        for (var links = 0; links < longestChain; links++)
        {
            var sign = at + 1;
            if (sign >= post.Count || !((post[sign].Kind == TokenKind.Punctuation && post[sign].Sign is '-' or '~' or '/') || post.Has(sign, Term.RangeTo)) || !post.IsNumber(sign + 1))
                return false;
            at = sign + 1;
            if (post.NumberOf(at).Unit == NumberUnit.Times)
                return true;
            if (post.NumberOf(at).Unit != NumberUnit.None)
                return false;
        }

        return false;
    }

    private bool Multiple(FieldBlock? open, int i, bool isLineOpen)
    {
        ref var number = ref post.NumberOf(i);
        if (number.Value is < 1m or > MostMultiple)
            return true;
        if (open is { Field: Field.Leverage } && isLineOpen)
            Add(open, i);
        else if (open is not { Field: Field.Target or Field.Profit } || !isLineOpen || open.Numbers.Count > 0)
            fields.Multiples.Add(new FieldNumber { Token = i, Line = post.LineOf(i), Value = number.Value, Joint = Joint });
        return true;
    }

    private bool IsTicked(int i)
    {
        var next = i + 1;
        while (next < post.Count && next < i + Reach && (post[next].Kind == TokenKind.Punctuation && post[next].Sign is ')' or '.' or '-' || post[next].Kind == TokenKind.Mark && post[next].Mark is Mark.Rocket or Mark.Celebration))
            next++;
        return next < post.Count && post[next].Kind == TokenKind.Mark && post[next].Mark == Mark.Tick;
    }
}
