using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>How much of a signal card a post has: which fields, how firmly labelled, and whether its heading says that it changes an older one.</summary>
internal sealed class CardShape
{
    private static readonly TermSet Changes = TermSet.Of(Term.Move, Term.Cancel, Term.Hit, Term.Close, Term.Running);

    /// <summary>A first line with more tokens than this is a sentence and no heading.</summary>
    private const int LongestHeading = 20;

    private readonly Post _post;
    private readonly FieldSet _fields;
    private readonly List<UpdateEvent> _events;

    public CardShape(Post post, FieldSet fields, List<UpdateEvent> events, PostEvidence evidence)
    {
        _post = post;
        _fields = fields;
        _events = events;
        var isAtMarket = IsAtMarket();
        Places = fields.CountPlaces(0, post.Count) + (isAtMarket && !fields.HasEntryPrice(0, post.Count) ? 1 : 0);
        HasStop = Has(Field.Stop);
        HasEntry = Has(Field.Entry) || Has(Field.Buy) || Has(Field.Sell) || Has(Field.Long) || Has(Field.Short) || Has(Field.Head) || Has(Field.Market) || isAtMarket;
        HasFirmEntry = Has(Field.Entry) || Has(Field.Buy) || Has(Field.Sell) || Has(Field.Long) || Has(Field.Short) || Has(Field.Head);
        HasLabelledEntry = Has(Field.Entry) || Has(Field.Buy) || Has(Field.Sell) || Has(Field.Long) || Has(Field.Short) || Has(Field.Market) || isAtMarket;
        HasSide = evidence.Of(Term.Long) + evidence.Of(Term.Short) + evidence.Of(Term.Buy) + evidence.Of(Term.Sell) > evidence.Of(Term.Horizon);
        HasStrongEvent = events.Exists(IsStrong);
        IsEdit = events.Count > 0 && HasChangeInHeading();
        IsOver = EndsOver();
        LooseShare = ShareOfLooseLabels();
    }

    /// <summary>How many of entry, targets and stop have a value.</summary>
    public int Places { get; }

    public bool HasEntry { get; }

    /// <summary>The entry stands under a label, a side or the symbol, and is not just "now".</summary>
    public bool HasFirmEntry { get; }

    public bool HasStop { get; }

    /// <summary>The entry stands under a label or a side, not just behind the symbol.</summary>
    public bool HasLabelledEntry { get; }

    public bool HasSide { get; }

    /// <summary>Something is reported or asked for in plain words, with no condition.</summary>
    public bool HasStrongEvent { get; }

    /// <summary>The first line says that a trade is changed, closed or reported on.</summary>
    public bool IsEdit { get; }

    /// <summary>Below the prices a short line says that the trade is closed, cancelled, stopped or done.</summary>
    public bool IsOver { get; }

    /// <summary>The share of price labels that stand in the middle of sentences, 0 to 1.</summary>
    public double LooseShare { get; }

    /// <summary>A stop with its price is all that the post has.</summary>
    public bool IsStopAlone => Places == 1 && HasStop;

    public bool IsComplete => Places == 3 && (HasFirmEntry || (HasEntry && !HasStrongEvent));

    private bool Has(Field field) => _fields.Blocks.Exists(block => block.Field == field && block.Numbers.Count > 0);

    /// <summary>"Now" or "market" in the line of a side word.</summary>
    private bool IsAtMarket()
    {
        foreach (var block in _fields.Blocks)
        {
            if (block.Field == Field.Market && _fields.Blocks.Exists(other => other.Line == block.Line && other.Field is Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Entry))
                return true;
            if (block.Field == Field.Entry && (block.Manner.Has(Term.MarketOrder) || block.Manner.Has(Term.Now)))
                return true;
        }

        return false;
    }

    private static bool IsStrong(UpdateEvent item) => item.Action switch
    {
        UpdateAction.MoveStop => item.Condition is null && item.PriceToken >= 0,
        UpdateAction.StopHit or UpdateAction.Cancel => item.Condition is null,
        UpdateAction.TargetHit => item.TargetIndex is not null || item.IsAll,
        UpdateAction.Close or UpdateAction.ClosePartial or UpdateAction.MoveStopToEntry => item.Condition is null,
        _ => false,
    };

    private bool HasChangeInHeading()
    {
        var from = 0;
        while (from < _post.Count && _post[from].Kind is not (TokenKind.Word or TokenKind.Number))
            from++;
        if (from >= _post.Count)
            return false;
        var end = _post.LineEndAfter(from);
        if (_fields.Blocks.Exists(block => block.Label < end && LabelReader.IsPlace(block.Field) && block.Numbers.Count > 0))
            return false;
        if (end - from > LongestHeading)
            return false;
        if (_events.Exists(item => item.First >= from && item.First < end && item.Condition is null))
            return true;
        if (!HasStrongEvent)
            return false;
        for (var i = from; i < end; i++)
        {
            if (_post[i].Kind == TokenKind.Word && _post[i].Terms.Overlaps(Changes) && !_post[i].Has(Term.Take) && LabelReader.Of(_post, i) is null)
                return true;
        }

        return false;
    }

    private bool EndsOver()
    {
        const int mostWords = 4;
        if (_events.Count == 0)
            return false;
        var last = -1;
        foreach (var block in _fields.Blocks)
        {
            if (LabelReader.IsPlace(block.Field) && block.Numbers.Count > 0)
                last = Math.Max(last, block.LastToken);
        }

        foreach (var item in _events)
        {
            if (item.First <= last || item.Condition is not null || item.Action is not (UpdateAction.Close or UpdateAction.Cancel or UpdateAction.StopHit or UpdateAction.TargetHit) || _post.LineOf(item.First) == _post.LineOf(Math.Max(last, 0)))
                continue;
            var words = 0;
            for (var i = item.First; i >= 0 && _post[i].Kind != TokenKind.LineEnd && words <= mostWords; i--)
                words += _post[i].Kind == TokenKind.Word ? 1 : 0;
            for (var i = item.First + 1; i < _post.LineEndAfter(item.First) && words <= mostWords; i++)
                words += _post[i].Kind == TokenKind.Word ? 1 : 0;
            if (words <= mostWords)
                return true;
        }

        return false;
    }

    private double ShareOfLooseLabels()
    {
        int all = 0, loose = 0;
        foreach (var block in _fields.Blocks)
        {
            if (!LabelReader.IsPlace(block.Field) || block.Numbers.Count == 0 || block.Field == Field.Head)
                continue;
            all++;
            loose += block.IsLoose ? 1 : 0;
        }

        return all == 0 ? 0 : (double)loose / all;
    }
}
