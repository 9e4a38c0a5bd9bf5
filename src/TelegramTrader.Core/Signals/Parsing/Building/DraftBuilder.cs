using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Ninth stage: puts the fields of one part of a post together into a draft, with the place and confidence of each.</summary>
internal static class DraftBuilder
{
    public static (SignalDraft Draft, Confidence Confidence) Build(SignalPart part, ParseContext context)
    {
        var confidence = new Confidence();
        var notes = new FieldNotes(part.Post);
        var words = SideReader.Read(part);
        var entry = EntryReader.Read(part, words.Side);
        var targets = TargetReader.Read(part, entry, words.Side);
        var stop = StopReader.Read(part);
        var side = words.Side ?? PriceOrder.SideOf(entry.Numbers, targets, stop.Number);
        var (leverage, leverageFirst, leverageLast) = LeverageReader.Read(part);
        var (margin, marginToken) = TermsReader.Margin(part);
        var (size, sizeToken) = TermsReader.Size(part);
        var isFutures = leverage is not null || margin is not null || part.Symbol.Mention is { IsPerpetual: true } || Has(part, Term.Futures);

        // Off a futures exchange, an entry without a side buys; it is never acted on without a question.
        var isAssumed = side is null && !isFutures && !words.IsContested && !PriceOrder.Contradicts(entry.Numbers, targets, stop.Number);
        if (isAssumed)
            side = TradeSide.Long;

        var prices = new List<FieldNumber>(entry.Numbers);
        prices.AddRange(targets.Where(target => !target.IsPercent));
        if (stop.Number is { IsPercent: false } stopPrice)
            prices.Add(stopPrice);

        PairName? pair = null;
        if (part.Symbol.Mention is { } mention)
        {
            pair = QuoteReader.Pair(part, mention, prices, context);
            SymbolConfidence(part, mention, pair, confidence);
            notes.Add("symbol", mention.First, mention.Last, pair.ToString(), confidence.Value);
        }

        var factor = pair is null ? 1m : QuoteReader.Factor(pair, prices);
        if (side is { } known)
            notes.Side(words, known);
        SideConfidence(words, side, confidence);
        if (isAssumed && confidence.Lower(0.5))
            confidence.Because("side-assumed", "nothing says long or short; an entry without a side mostly means to buy");
        PriceConfidence(part, entry, targets, stop, confidence);
        if (part.HasGuessedLabel && confidence.Lower(0.5))
            confidence.Because("label-unknown", "a price stands under a word that we don't know, and only the order of the prices says what it is");
        if (part.Symbol.Mention is { } dear && prices.Exists(price => price.IsSeparatorOpen) && part.Post.Lexicon.CostsThousands(dear.Base) && confidence.Lower(0.5))
            confidence.Because("separator-unsure", $"the points in the prices of {dear.Base} may part thousands or decimals");

        var draft = new SignalDraft
        {
            Pair = pair,
            Market = MarketOf(part, side, isFutures, context),
            Side = side,
            SideInferred = side is not null && words.Side is null,
            Entry = EntryPlanner.Plan(entry, side, factor, context.Profile, part.Post),
            Targets = TargetPlanner.Plan(part, targets, factor, leverage, context.Profile),
            Stop = StopPlanner.Plan(stop, factor),
            Leverage = leverage,
            Margin = margin,
            Size = size,
            Trailing = TrailingReader.Hint(part),
            BreakevenAfterTarget = TrailingReader.BreakevenAfterTarget(part),
            EntryValidFor = TermsReader.ValidFor(part),
            CloseAfter = TermsReader.CloseAfter(part),
        };
        notes.Prices(entry, targets, stop, factor);
        if (leverage is { } range)
            notes.Add("leverage", leverageFirst, leverageLast, range.Lowest == range.Highest ? Text(range.Lowest) : $"{Text(range.Lowest)}-{Text(range.Highest)}", 0.95);
        if (margin is { } mode)
            notes.Add("margin", marginToken, marginToken, mode == MarginMode.Cross ? "cross" : "isolated", 0.95);
        if (size is not null)
            notes.Add("size", sizeToken, sizeToken, size is SizeHint.AtRisk risk ? $"{Text(risk.Fraction)} at risk" : $"{Text(((SizeHint.OfBalance)size).Fraction)} of the balance", 0.9);
        return (draft with { Fields = notes.All }, confidence);
    }

    private static MarketKind MarketOf(SignalPart part, TradeSide? side, bool isFutures, ParseContext context)
    {
        if (part.Symbol.Mention is { } mention && SymbolChoice.IsForex(mention))
            return MarketKind.Forex;
        if (isFutures || side == TradeSide.Short)
            return MarketKind.Perpetual;
        return Has(part, Term.Spot) ? MarketKind.Spot : context.Profile.DefaultMarket;
    }

    private static bool Has(SignalPart part, Term term)
    {
        for (var i = part.From; i < part.To; i++)
        {
            if (part.Post.Has(i, term))
                return true;
        }

        return false;
    }

    private static void SymbolConfidence(SignalPart part, SymbolMention mention, PairName pair, Confidence confidence)
    {
        var (factor, how) = mention.Strength switch
        {
            MentionStrength.Pair => (0.99, ""),
            MentionStrength.Labelled => (0.97, ""),
            MentionStrength.Tagged => (0.95, ""),
            MentionStrength.Known => (0.93, "is named without a quote"),
            MentionStrength.Weak => (0.75, "is also a common word"),
            _ => (0.75, "is no asset that we know"),
        };
        if (confidence.Lower(factor))
            confidence.Because("symbol-unsure", $"{mention.Base} {how}");
        if (pair.QuoteInferred && confidence.Lower(0.97))
            confidence.Because("quote-inferred", $"the post names no quote for {pair.Base}; {pair.Quote} was taken");
        if (part.Symbol.IsContested && confidence.Lower(0.55))
            confidence.Because("several-symbols", $"the post names other assets as clearly as {pair}");
    }

    private static void SideConfidence(WordSide words, TradeSide? side, Confidence confidence)
    {
        if (side is null)
            return;
        if (words.Side is null && confidence.Lower(0.9))
            confidence.Because("side-inferred", $"no word says {(side == TradeSide.Long ? "long" : "short")}; the order of the prices does");
        if (words.IsContested && confidence.Lower(0.55))
            confidence.Because("side-contested", "words for both sides stand in the post");
    }

    private static void PriceConfidence(SignalPart part, EntryReading entry, List<FieldNumber> targets, StopReading stop, Confidence confidence)
    {
        if (entry.Field == Field.CurrentPrice && entry.Numbers.Count > 0 && confidence.Lower(0.9))
            confidence.Because("entry-unsure", "the only price to enter at is the current one");
        if (entry.Field == Field.Head && entry.Numbers.Count > 0 && confidence.Lower(0.92))
            confidence.Because("entry-unsure", "no word labels the entry price");
        if (entry is { IsMarket: false, Block: { } added } && added.Manner.Has(Term.Addition) && confidence.Lower(0.5))
            confidence.Because("entry-unsure", "the only entry is one to add at, and the first is missing");
        if (targets.Count == 0 && entry.Block is { } listed && entry.Numbers.Exists(number => number.Line != listed.Line) && entry.Numbers.Count > 1 && confidence.Lower(0.5))
            confidence.Because("list-unsure", "the prices below the entry may be targets");
        if (entry.Block is { Gap: > 2 } block && confidence.Lower(0.85))
            confidence.Because("entry-unsure", $"{block.Gap} words stand between the entry's label and its price");
        if (stop.IsContested && confidence.Lower(0.5))
            confidence.Because("several-stops", "the post gives more than one stop");
        if (stop.Number is null && confidence.Lower(0.92))
            confidence.Because("no-stop", "the post gives no stop");
        if (targets.Count == 0 && confidence.Lower(0.85))
            confidence.Because("no-targets", "the post gives no target");
        var isCompleted = entry.Numbers.Exists(number => number.IsCompleted) || targets.Exists(number => number.IsCompleted) || stop.Number is { IsCompleted: true };
        if (isCompleted && confidence.Lower(0.8))
            confidence.Because("figures-completed", "some figures give only a part of the price");
    }

    private static string Text(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
