using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>
/// What the parser is to make of a post, in one line: <c>signal long BTC limit 990 stop 970 targets 1010 1030*0.5 leverage 10</c>,
/// <c>update close BTC</c>, <c>alert long BTC</c>, <c>details stop 970 targets 1010</c>, <c>malformed stop-wrong-side long BTC</c>, <c>nothing chat</c>.
/// Several ideas in one post are divided by <c>&amp;</c>. Percentages as +3% and -4%.
/// </summary>
internal static class SignalLine
{
    public static ParseResult Read(string line)
    {
        var words = new Queue<string>(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        switch (words.Dequeue())
        {
            case "signal":
                return new ParseResult.Signal([.. string.Join(' ', words).Split('&').Select(part => Idea(part.Trim()))]) { Confidence = 0.9 };
            case "update":
                return new ParseResult.Update(Update(words)) { Confidence = 0.9 };
            case "alert":
                return new ParseResult.Doubtful(Doubt.WaitsForDetails, new RuleFailure("no-levels", "the post has no levels"), Draft(words)) { Confidence = 0.6 };
            case "details":
                return new ParseResult.Doubtful(Doubt.OnlyDetails, new RuleFailure("no-symbol", "the post names no symbol"), Draft(words)) { Confidence = 0.6 };
            case "doubtful":
                return new ParseResult.Doubtful(Doubt.Uncertain, new RuleFailure("several-readings", "several readings are possible"), Draft(words)) { Confidence = 0.5 };
            case "malformed":
                var code = words.Dequeue();
                return new ParseResult.Malformed(new RuleFailure(code, "the figures can't be true together"), Draft(words)) { Confidence = 0.9 };
            case "nothing":
                return new ParseResult.NotASignal(words.Dequeue(), new RuleFailure("not-a-signal", "no trade idea")) { Confidence = 0.9 };
            default:
                throw new FormatException($"'{line}' does not begin with signal, update, alert, details, doubtful, malformed or nothing.");
        }
    }

    private static ParsedSignal Idea(string part)
    {
        var draft = Draft(new Queue<string>(part.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return new ParsedSignal
        {
            Pair = draft.Pair ?? throw new FormatException($"'{part}' names no pair."),
            Market = draft.Market,
            Side = draft.Side ?? throw new FormatException($"'{part}' names no side."),
            Entry = draft.Entry ?? new EntryPlan.AtMarket(null),
            Stop = draft.Stop ?? new StopPlan.Missing(),
            Targets = draft.Targets,
            Leverage = draft.Leverage,
            Size = draft.Size,
            Trailing = draft.Trailing,
            BreakevenAfterTarget = draft.BreakevenAfterTarget,
            EntryValidFor = draft.EntryValidFor,
            CloseAfter = draft.CloseAfter,
        };
    }

    private static SignalDraft Draft(Queue<string> words)
    {
        var draft = new SignalDraft();
        while (words.TryDequeue(out var word))
            draft = word switch
            {
                "long" => draft with { Side = TradeSide.Long },
                "short" => draft with { Side = TradeSide.Short },
                "spot" => draft with { Market = MarketKind.Spot },
                "forex" => draft with { Market = MarketKind.Forex },
                "market" => draft with { Entry = new EntryPlan.AtMarket(words.TryPeek(out var next) && next[0] == '@' ? Price(words.Dequeue()[1..]) : null) },
                "limit" => draft with { Entry = new EntryPlan.AtLimit(Price(words.Dequeue())) },
                "range" => draft with { Entry = new EntryPlan.InRange(Price(words.Dequeue()), Price(words.Dequeue())) },
                "breakout" => draft with { Entry = new EntryPlan.OnBreakout(Price(words.Dequeue())) },
                "ladder" => draft with { Entry = new EntryPlan.AsLadder([.. Numbers(words).Select(number => number.Split('*')).Select(rung => new LadderRung(Price(rung[0]), Number(rung[1])))]) },
                "stop" => draft with { Stop = Stop(words) },
                "targets" => draft with { Targets = [.. Numbers(words).Select(Target)] },
                "leverage" => draft with { Leverage = new LeverageRange(Number(words.Peek()), Number(words.Dequeue())) },
                "risk" => draft with { Size = new SizeHint.AtRisk(Number(words.Dequeue())) },
                "trailing" => draft with { Trailing = new TrailingHint(Percent(words.Dequeue()), Percent(words.Dequeue())) },
                "breakeven" => draft with { BreakevenAfterTarget = (int)Number(words.Dequeue()) },
                "valid" => draft with { EntryValidFor = Span(words.Dequeue()) },
                "close-after" => draft with { CloseAfter = Span(words.Dequeue()) },
                _ => draft with { Pair = Pair(word) },
            };
        return draft;
    }

    private static ParsedUpdate Update(Queue<string> words)
    {
        var actions = new List<UpdateAction>();
        var update = new ParsedUpdate { Action = UpdateAction.Other };
        while (words.TryDequeue(out var word))
        {
            UpdateAction? action = word switch
            {
                "close" => UpdateAction.Close,
                "close-part" => UpdateAction.ClosePartial,
                "cancel" => UpdateAction.Cancel,
                "move-stop" => UpdateAction.MoveStop,
                "stop-to-entry" => UpdateAction.MoveStopToEntry,
                "stop-hit" => UpdateAction.StopHit,
                "target-hit" => UpdateAction.TargetHit,
                "entry-filled" => UpdateAction.EntryFilled,
                _ => null,
            };
            if (action is { } known)
            {
                actions.Add(known);
                continue;
            }

            update = word switch
            {
                "all" => update with { EveryTrade = true },
                "long" => update with { OnlySide = TradeSide.Long },
                "short" => update with { OnlySide = TradeSide.Short },
                "if" => update with { Condition = string.Join(' ', Rest(words)) },
                "to" => update with { Price = Price(words.Dequeue()) },
                "target" => update with { TargetIndex = (int)Number(words.Dequeue()) },
                "targets-all" => update with { AllTargets = true },
                "with" => update with { ClaimedLeverage = Number(words.Dequeue()) },
                "claims" => update with { ClaimedPercent = Number(words.Dequeue()) },
                _ when word[^1] == '%' => update with { Fraction = Percent(word) },
                _ => update with { Pair = Pair(word) },
            };
        }

        return actions.Count == 0 ? update : update with { Action = actions[0], Also = [.. actions.Skip(1)] };
    }

    private static StopPlan Stop(Queue<string> words)
    {
        var word = words.Dequeue();
        if (word == "none")
            return new StopPlan.Missing();
        if (word[^1] == '%')
            return new StopPlan.AtLoss(Percent(word.TrimStart('-')));
        var onClose = words.TryPeek(out var next) && next == "on-close";
        if (onClose)
            words.Dequeue();
        return new StopPlan.AtPrice(Price(word), onClose);
    }

    private static TargetPlan Target(string word)
    {
        var parts = word.Split('*');
        var share = parts.Length > 1 ? Number(parts[1]) : (decimal?)null;
        return parts[0] == "runner" ? new TargetPlan.Runner(share)
            : parts[0][^1] == '%' ? new TargetPlan.AtGain(Percent(parts[0].TrimStart('+')), share)
            : new TargetPlan.AtPrice(Price(parts[0]), share);
    }

    /// <summary>The words that follow and are numbers, percentages or a runner.</summary>
    private static List<string> Numbers(Queue<string> words)
    {
        var numbers = new List<string>();
        while (words.TryPeek(out var next) && (char.IsAsciiDigit(next[0]) || next[0] == '+' || next.StartsWith("runner", StringComparison.Ordinal)))
            numbers.Add(words.Dequeue());
        return numbers;
    }

    private static IEnumerable<string> Rest(Queue<string> words)
    {
        while (words.TryDequeue(out var word))
            yield return word;
    }

    private static PairName Pair(string word) =>
        word.Split('/') is { Length: 2 } names ? new PairName(names[0], names[1]) : new PairName(word, "USDT", QuoteInferred: true);

    public static TimeSpan Span(string word) => word[^1] switch
    {
        's' => TimeSpan.FromSeconds((double)Number(word[..^1])),
        'm' => TimeSpan.FromMinutes((double)Number(word[..^1])),
        'h' => TimeSpan.FromHours((double)Number(word[..^1])),
        'd' => TimeSpan.FromDays((double)Number(word[..^1])),
        _ => throw new FormatException($"'{word}' is not a time such as 10s, 5m, 2h or 1d."),
    };

    public static decimal Number(string word) => decimal.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static decimal Percent(string word) => Number(word.TrimEnd('%')) / 100m;

    private static Price Price(string word) => new(Number(word));
}
