using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>
/// Decides what a post is from its structure first and its words second: a card of entry, targets and stop is a signal, the same card with
/// ticks is a report, an action on a trade is an update, and everything else is none of these.
/// </summary>
internal sealed class Classifier(Post post, FieldSet fields, List<UpdateEvent> events, PostEvidence evidence)
{
    private readonly CardShape _card = new(post, fields, events, evidence);
    private readonly UpdateGate _gate = new(fields, events, evidence);
    private readonly SymbolMention? _symbol = SymbolChoice.Choose(fields.Mentions, 0, post.Count).Mention;

    public PostKind Decide()
    {
        if (evidence.Of(Term.Pump) > 1 && !(_card.IsComplete && _symbol is not null))
            return NotASignal();
        if (evidence.TickedPrices > 0 && _gate.IsOldTradeOnSale())
            return new PostKind.NotASignal("brag", CategoryReader.Reason("brag", evidence));
        if (evidence.TickedPrices > 0 && evidence.Assets <= 3)
            return new PostKind.Update(true, null);
        if (_card.IsComplete && _card.IsOver)
            return new PostKind.Update(false, new RuleFailure("over", "below the prices a line says that the trade is over"));
        if (_card.IsComplete && !_card.IsEdit)
            return SignalOrDetails();
        if (_card.Places == 2 && _card.HasEntry && !_card.HasStrongEvent && !_card.IsEdit)
            return IsTalk() ? NotASignal() : SignalOrDetails();
        if (_card.Places < 2 && events.Count > 0 && AlertReader.BesideClosing(post, fields, events) is { } opening)
            return opening;
        if (_gate.Open(isEdit: _card.IsEdit) is { } update)
            return update;
        if (events.Count == 0 && LayoutReports.Read(post, fields, evidence, _card) is { } report)
            return new PostKind.Update(true, new RuleFailure("layout", "the post looks like a report and does not say so")) { Events = [report] };
        if (_card.IsStopAlone && evidence.Words <= 5)
            return new PostKind.Update(false, new RuleFailure("stop-alone", "the post gives a stop and nothing else"));
        if (_card.Places == 2 && !_card.HasStrongEvent && !IsTalk() && (_card.HasEntry || _card.HasSide || _card.LooseShare < 0.5))
            return SignalOrDetails();
        if (_symbol is { } symbol && AlertReader.IsAlert(post, symbol, evidence, _card.HasEntry))
            return new PostKind.Alert(0, post.Count);
        return NotASignal();
    }

    private PostKind SignalOrDetails()
    {
        if (_symbol is null)
            return evidence.Of(Term.Education) > 0 || (_card.LooseShare >= 0.5 && Talk() > 0) ? NotASignal() : new PostKind.DetailsOnly();
        var reservations = new Reservations(post, fields, evidence, _card);
        if (reservations.Category() is { } category)
            return new PostKind.NotASignal(category, CategoryReader.Reason(category, evidence));
        if (!_card.HasLabelledEntry && !_card.HasStop && !_card.HasSide)
            return NotASignal();
        var doubt = reservations.Doubt();
        if (doubt is { Code: "conditional" } && evidence.Of(Term.Expectation) > 0 && _card.LooseShare >= 0.5)
            return new PostKind.NotASignal("commentary", CategoryReader.Reason("commentary", evidence));
        return new PostKind.Signal(Talk() > 3 && _card.LooseShare >= 0.5 ? new RuleFailure("talk", "the prices stand in talk about what may happen") : doubt);
    }

    /// <summary>Talk about the market that happens to name prices, or a tale of a trade that is over.</summary>
    private bool IsTalk() => (_card.LooseShare >= 0.5 && evidence.Of(Term.Past) > (_card.HasStop ? 3 : 1)) || IsTalkOfMarket();

    private bool IsTalkOfMarket() => (_card.LooseShare >= 0.5 || evidence.IsProse) && Talk() > (_card.HasStop ? 6 : 2);

    private int Talk() => evidence.Of(Term.Expectation) + evidence.Of(Term.If) + evidence.Of(Term.ChartLevel) + evidence.Of(Term.Analysis) + evidence.Of(Term.Mood);

    private PostKind NotASignal()
    {
        var (category, reason) = CategoryReader.Read(evidence);
        return new PostKind.NotASignal(category, reason);
    }
}
