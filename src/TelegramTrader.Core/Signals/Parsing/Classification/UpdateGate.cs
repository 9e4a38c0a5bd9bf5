using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>
/// Lets events through as an update only when the post is about an open trade: not when it boasts of results, sells something,
/// announces a pump, tells news, teaches, or only says what may come.
/// </summary>
internal sealed class UpdateGate(FieldSet fields, List<UpdateEvent> events, PostEvidence evidence)
{
    private const int MostAssets = 3;

    /// <summary>Null when the post is no update.</summary>
    public PostKind.Update? Open(bool isEdit)
    {
        if (events.Count == 0)
            return null;
        var hasAsset = fields.Mentions.Count > 0;
        var isFirm = isEdit || events.Exists(item => item.Certainty >= 0.9 && item.Action != UpdateAction.Other);
        const int shortPost = 16;
        if (evidence.Assets > MostAssets || (events.TrueForAll(item => item.Action == UpdateAction.Other) && !hasAsset && (evidence.Words > shortPost || evidence.Of(Term.Target) + evidence.Of(Term.Trade) == 0)))
            return null;
        if (evidence.Of(Term.Pump) > 1 || evidence.Of(Term.Giveaway) > 1 || (evidence.Of(Term.Pump) > 0 && !hasAsset))
            return null;
        var isInstruction = evidence.Of(Term.Now) > 0 && events.Exists(item => item.Action < UpdateAction.StopHit && item.Certainty >= 0.85);
        if (evidence.Of(Term.News) > (isFirm && hasAsset ? 2 : isInstruction ? 1 : 0) || (evidence.Of(Term.Education) > 1 && !(isFirm && hasAsset)))
            return null;
        var isReport = events.TrueForAll(item => item.Action is UpdateAction.TargetHit or UpdateAction.StopHit or UpdateAction.EntryFilled or UpdateAction.Other);
        if (!hasAsset && !isReport && evidence.Of(Term.Education) > 0)
            return null;
        if (IsBoast(hasAsset, isReport) || (evidence.Of(Term.Recall) > 0 && evidence.Of(Term.Now) == 0 && !isReport))
            return null;
        var talk = evidence.Of(Term.Expectation) + evidence.Of(Term.Analysis) + evidence.Of(Term.ChartLevel) + evidence.Of(Term.Question);
        if (talk > 0 && events.TrueForAll(item => item.Action == UpdateAction.Other))
            return null;
        var isNamedReport = isEdit || events.Exists(item => item.Action == UpdateAction.TargetHit && item.TargetIndex is not null);
        if ((!isFirm && talk > 2) || (!isNamedReport && talk + evidence.Of(Term.If) > 4))
            return null;
        var selling = evidence.Of(Term.Membership) + evidence.Of(Term.Advert) + evidence.Of(Term.Contact);
        return new PostKind.Update(false, evidence.Of(Term.Recall) > 0 ? new RuleFailure("past-trade", "the post speaks of an earlier day") : talk > 1 ? new RuleFailure("talk", "the action stands in talk about the market")
            : selling > 0 ? new RuleFailure("selling", "the post also advertises") : null);
    }

    /// <summary>A trade of the past, shown to win members.</summary>
    public bool IsOldTradeOnSale() =>
        evidence.Of(Term.Membership) > 0 && evidence.Of(Term.Contact) + evidence.Of(Term.Advert) > 0 && evidence.Of(Term.Past) + evidence.Of(Term.Result) > 0;

    /// <summary>Results told to sell something, or told long after.</summary>
    private bool IsBoast(bool hasAsset, bool isReport)
    {
        var isSelling = evidence.Of(Term.Membership) > 0 && evidence.Of(Term.Contact) + evidence.Of(Term.Advert) > 0;
        const int severalTrades = 3;
        if (isSelling && evidence.Percents > 0 && evidence.Of(Term.Now) == 0)
            return true;
        if (isReport && (isSelling || (evidence.Assets >= severalTrades && evidence.Of(Term.Past) > 0)))
            return true;
        if (evidence.Of(Term.Past) > 0 && evidence.Of(Term.Result) + evidence.Of(Term.Congratulation) > 0 && evidence.Of(Term.Now) == 0)
            return true;
        // "We opened 3 trades yesterday, 2 won, one stop was hit": a day's account.
        if (isReport && evidence.Of(Term.Past) > 0 && evidence.Of(Term.We) > 0 && (evidence.HasCountedTrades || !hasAsset))
            return true;
        if (isReport && !hasAsset && (evidence.Of(Term.Past) > 2 || evidence.Of(Term.Result) > 1))
            return true;
        return isReport && !hasAsset && evidence.Of(Term.We) > 0 && evidence.Of(Term.Profit) > 0 && evidence.Percents > 0;
    }
}
