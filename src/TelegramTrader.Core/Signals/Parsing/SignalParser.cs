using TelegramTrader.Core.Signals.Parsing.Building;
using TelegramTrader.Core.Signals.Parsing.Checks;
using TelegramTrader.Core.Signals.Parsing.Classification;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Prices;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Updates;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing;

/// <summary>
/// Reads channel posts. The stages, each in its own folder: fold the text, cut it into tokens, give the words their meanings and the
/// numbers their units, find the symbols, give the numbers to their labels, complete short figures, find actions, decide what the post is,
/// put it together, check it. Holds nothing but the word lists; safe to use from several threads.
/// </summary>
public sealed class SignalParser : ISignalParser
{
    /// <summary>The reason of a result for a post on which the parser itself failed. Tests take it for a defect.</summary>
    public const string ErrorCode = "parser-error";

    private readonly Post.Reader _reader = new(Lexicon.BuiltIn);

    /// <summary>Reads one post. What no stage foresaw gives a doubtful result with the code "parser-error": one odd post never stops the others.</summary>
    public ParseResult Parse(ChannelMessage message, ParseContext context)
    {
        try
        {
            var post = _reader.Read(message.Text, context.Profile);
            return Read(post, message.ReplyTo is not null, context);
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            return new ParseResult.Doubtful(Doubt.Uncertain, new RuleFailure(ErrorCode, $"the parser failed on this post: {defect.GetType().Name}, {defect.Message}")) { Confidence = 0 };
        }
    }

    public ParseResult Complete(SignalDraft draft, ParseContext context) =>
        Judge(draft, 0.9, new RuleFailure("assembled", "the signal was put together from several posts"), context);

    /// <summary>How many elementary steps the reading of a text takes: grows in proportion to its length, whatever the text.</summary>
    internal long StepsFor(string text)
    {
        var post = _reader.Read(text);
        Read(post, false, ParseContext.TextOnly);
        return post.Tokens.Steps;
    }

    private static ParseResult Read(Post post, bool isReply, ParseContext context)
    {
        var mentions = SymbolReader.Run(post);
        if (CommandReader.Read(post, mentions) is { } command)
            return new ParseResult.Update(command) { Confidence = 0.99 };
        var fields = FieldReader.Run(post, mentions);
        ProfileFields.Apply(post, fields, context.Profile);
        var parts = PartSplitter.Split(post, fields);
        foreach (var part in parts)
            PriceCompletion.Run(post, fields, part, LastPrice(part, context));
        var events = UpdateReader.Run(post, fields);
        var evidence = new PostEvidence(post, fields);
        return new Classifier(post, fields, events, evidence).Decide() switch
        {
            PostKind.NotASignal other => new ParseResult.NotASignal(other.Category, other.Reason) { Confidence = 0.8 },
            PostKind.Update update => UpdateJudge.Judge(post, fields, events.Count > 0 || update.IsReport ? [.. events, .. update.Events] : StopMoveRule.FromStopAlone(fields), update, isReply),
            PostKind.DetailsOnly => DetailsOnly(parts[0], context),
            PostKind.Alert alert => Alert(post, fields, alert, context),
            PostKind.Signal signal => Signals(parts, signal, context),
            _ => throw new InvalidOperationException("The classifier gave a kind that is not in its closed set."),
        };
    }

    private static decimal? LastPrice(SignalPart part, ParseContext context) =>
        part.Symbol.Mention is { } mention ? context.Market.LastPrice(new PairName(mention.Base, mention.Quote.Length > 0 ? mention.Quote : context.Profile.DefaultQuote))?.Value : null;

    private static ParseResult.Doubtful DetailsOnly(SignalPart part, ParseContext context)
    {
        var (draft, confidence) = DraftBuilder.Build(part, context);
        return new ParseResult.Doubtful(Doubt.OnlyDetails, new RuleFailure("no-symbol", "the post gives levels and no symbol"), draft) { Confidence = 0.5 * confidence.Value };
    }

    private static ParseResult.Doubtful Alert(Post post, FieldSet fields, PostKind.Alert alert, ParseContext context)
    {
        var part = new SignalPart(post, fields, alert.From, alert.To, SymbolChoice.Choose(fields.Mentions, alert.From, alert.To));
        var (draft, confidence) = DraftBuilder.Build(part, context);
        return new ParseResult.Doubtful(Doubt.WaitsForDetails, new RuleFailure(ExitCheck.Code, $"the post gives neither stop nor target for {draft.Pair}"), draft) { Confidence = 0.5 * confidence.Value };
    }

    /// <summary>All ideas of the post; the first that is not a clean signal decides for the post.</summary>
    private static ParseResult Signals(List<SignalPart> parts, PostKind.Signal kind, ParseContext context)
    {
        var ideas = new List<ParsedSignal>();
        var least = 1.0;
        foreach (var part in parts)
        {
            var (draft, confidence) = DraftBuilder.Build(part, context);
            if (kind.Doubt is { } doubt && confidence.Lower(0.5))
                confidence.Because(doubt.Code, doubt.Text);
            var result = Judge(draft, confidence.Value, confidence.Reason, context);
            if (result is not ParseResult.Signal signal)
                return result;
            ideas.AddRange(signal.Ideas);
            least = Math.Min(least, signal.Confidence);
        }

        return new ParseResult.Signal(ideas) { Confidence = least };
    }

    private static ParseResult Judge(SignalDraft draft, double confidence, RuleFailure? doubt, ParseContext context)
    {
        if (draft.Pair is not { } pair)
            return new ParseResult.Doubtful(Doubt.OnlyDetails, new RuleFailure("no-symbol", "the post gives levels and no symbol"), draft) { Confidence = 0.5 * confidence };
        if (draft.Side is not { } side)
            return new ParseResult.Malformed(new RuleFailure("no-side", $"neither a word nor the order of the prices says whether {pair} is a long or a short"), draft) { Confidence = confidence };
        if ((draft.Entry ?? (context.IsConfirmed ? new EntryPlan.AtMarket(null) : null)) is not { } entry)
            return new ParseResult.Doubtful(Doubt.Uncertain, new RuleFailure("no-entry", $"the post does not say where to enter {pair}"), draft) { Confidence = 0.6 * confidence };
        return SignalChecks.Judge(new SignalFigures(draft, pair, side, entry), confidence, doubt, context);
    }
}
