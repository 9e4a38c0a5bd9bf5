using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Core.Judgement;

/// <summary>
/// Posts through the one engine over prices of the past: what somebody who followed them would have made. Each version of a post is handed over when it was received, and the
/// delay after that; the engine denies, trades, moves stops and books as it does live, over the simulated exchange.
/// </summary>
public sealed class PostBacktest(ISignalParser parser)
{
    private const string Alert = "alert";

    /// <param name="order">What is asked.</param>
    /// <param name="progress">From 0 to 1; null where nobody listens.</param>
    /// <param name="cancellation">Looked at after every candle.</param>
    /// <exception cref="ArgumentException">The order can't be carried out: a negative delay, an instrument in another asset than the account.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PostBacktestResult Run(PostBacktestOrder order, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (order.Delay < TimeSpan.Zero)
            throw new ArgumentException($"The delay is {order.Delay}; nobody can act before a post is there.", nameof(order));
        cancellation.ThrowIfCancellationRequested();
        var received = order.Messages.Select(message => message with { ReceivedAt = message.ReceivedAt + order.Delay }).ToArray();
        var versions = received.GroupBy(message => (message.Channel, message.MessageId)).ToDictionary(group => group.Key, group => group.OrderBy(message => message.Revision).ToArray());
        var (first, end) = order.Candles.OpenTimes.Count == 0
            ? (Instant.Epoch, Instant.Epoch)
            : (order.Candles.OpenTimes[0], order.Candles.OpenTimes[^1] + order.Candles.Timeframe.Length);
        var judged = received.Where(message => message.ReceivedAt >= first && message.ReceivedAt < end).ToArray();
        var run = new Preparation(Prepared(order), judged, versions, new OutcomeReader(order, versions), progress, cancellation);
        return order.WithLimits ? Together(run) : EachAlone(run);
    }

    private PostBacktestResult Together(Preparation run)
    {
        var curve = new EquityCurve(run.Order.Simulation.StartingBalance.Amount);
        var (record, desk) = Replay(run, run.Judged, desk =>
        {
            if (desk.Engine.State.Equity is { } equity)
                curve.Add(desk.Replay.Now, equity.Amount);
            run.Progress?.Report(desk.Replay.Progress);
            return true;
        });
        var kinds = record.Messages.GroupBy(outcome => (outcome.Message.Channel, outcome.Message.MessageId)).ToDictionary(group => group.Key, group => group.First().Kind);
        run.Progress?.Report(1);
        return Result(run, [.. run.Reader.Read(record, LastQuote(desk))], kinds) with
        {
            Claims = record.Claims,
            Equity = curve.Points(),
            FinalEquity = desk.Engine.State.Equity ?? desk.Exchange.Wallet,
            DeepestDrawdown = curve.DeepestDrawdown,
            SameCandleConflicts = desk.Exchange.SameCandleConflicts,
            ResolvedOnFinerCandles = desk.Exchange.ResolvedOnFinerCandles,
        };
    }

    /// <summary>Each signal on an account of its own, with all follow-ups of its channel and none of the channel's other signals: so that none can take another's place.</summary>
    private PostBacktestResult EachAlone(Preparation run)
    {
        var kinds = run.Judged.GroupBy(message => (message.Channel, message.MessageId)).ToDictionary(group => group.Key, group => group.Select(message => KindOf(run.Order, message)).ToArray());
        var signals = kinds.Where(post => post.Value.Any(IsIdea)).Select(post => post.Key).OrderBy(key => run.Versions[key][0].ReceivedAt).ThenBy(key => key.MessageId).ToArray();
        var outcomes = new List<SignalOutcome>();
        var (conflicts, resolved) = (0, 0);
        for (var index = 0; index < signals.Length; index++)
        {
            var own = run.Judged.Where(message => (message.Channel, message.MessageId) == signals[index]).ToArray();
            var since = own.Min(message => message.ReceivedAt);
            var followUps = run.Judged.Where(message => message.Channel == signals[index].Channel && message.ReceivedAt >= since && !kinds[(message.Channel, message.MessageId)].Any(IsIdea));
            var lastOwn = own.Max(message => message.ReceivedAt) + run.Order.Settings.DetailsWithin;
            var (record, desk) = Replay(run, [.. own.Concat(followUps)], desk =>
                desk.Replay.Now <= lastOwn || desk.Engine.State.ActiveTrades.Any() || desk.Exchange.IsBusy);
            outcomes.AddRange(run.Reader.Read(record, LastQuote(desk)));
            conflicts += desk.Exchange.SameCandleConflicts;
            resolved += desk.Exchange.ResolvedOnFinerCandles;
            run.Progress?.Report((index + 1.0) / signals.Length);
        }

        var start = run.Order.Simulation.StartingBalance;
        var curve = new EquityCurve(start.Amount);
        var sum = start.Amount;
        if (run.Order.Candles.OpenTimes.Count > 0)
            curve.Add(run.Order.Candles.OpenTimes[0], sum);
        var end = run.Order.Candles.OpenTimes.Count == 0 ? Instant.Epoch : run.Order.Candles.OpenTimes[^1] + run.Order.Candles.Timeframe.Length;
        foreach (var outcome in outcomes.Where(outcome => outcome.OpenedAt is not null).OrderBy(outcome => outcome.ClosedAt ?? end))
            curve.Add(outcome.ClosedAt ?? end, sum += outcome.Net);
        return Result(run, outcomes, kinds.ToDictionary(post => post.Key, post => Counted(run.Versions[post.Key][0], post.Value[0]))) with
        {
            Equity = curve.Points(),
            FinalEquity = start with { Amount = sum },
            DeepestDrawdown = curve.DeepestDrawdown,
            SameCandleConflicts = conflicts,
            ResolvedOnFinerCandles = resolved,
        };
    }

    /// <param name="goesOn">Asked after each candle.</param>
    private (RunRecord Record, ReplayDesk Desk) Replay(Preparation run, IReadOnlyList<ChannelMessage> messages, Func<ReplayDesk, bool> goesOn)
    {
        var order = run.Order;
        var ideas = new RememberedIdeas(parser);
        var record = new RunRecord(ideas);
        var market = new RecordedMarket(order.Instruments, order.Candles, order.FinerCandles, order.Funding, messages);
        var desk = ReplayDesk.Of(order.Settings, order.Simulation, market, ideas, record, order.PassesQuietTimes);
        desk.Replay.Start(desk.Engine.State);
        while (desk.Replay.Next())
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (!goesOn(desk))
                break;
        }

        return (record, desk);
    }

    private static Func<Symbol, Quote?> LastQuote(ReplayDesk desk) => symbol => desk.Engine.State.Markets.TryGetValue(symbol, out var market) ? market.Quote : null;

    private PostBacktestResult Result(Preparation run, IReadOnlyList<SignalOutcome> outcomes, IReadOnlyDictionary<(ChannelId, long), string> kinds) => new()
    {
        Outcomes = outcomes,
        Posts = new PostCounts(
            run.Versions.Count,
            kinds.Values.Count(kind => kind == "signal"), kinds.Values.Count(kind => kind == "update"), kinds.Values.Count(kind => kind == "doubtful"),
            kinds.Values.Count(kind => kind == "malformed"), kinds.Values.Count(kind => kind == "not_signal"),
            run.Versions.Values.Count(post => post[0].Change == MessageChange.Edited), run.Versions.Count - kinds.Count),
        Equity = [],
        StartingBalance = run.Order.Simulation.StartingBalance,
        FinalEquity = run.Order.Simulation.StartingBalance,
        DeepestDrawdown = 0m,
        SameCandleConflicts = 0,
        ResolvedOnFinerCandles = 0,
        Delay = run.Order.Delay,
        WithLimits = run.Order.WithLimits,
    };

    /// <summary>What a version of a post is, as far as its text alone says.</summary>
    private string KindOf(PostBacktestOrder order, ChannelMessage message)
    {
        if (message.Change == MessageChange.Deleted)
            return "deletion";
        var channel = order.Settings.ChannelOf(message.Channel);
        return channel.IgnoredPhraseIn(message.Text) is not null ? "not_signal" : parser.Parse(message, ParseContext.TextOnly with { Profile = channel.Profile }) switch
        {
            ParseResult.Signal => "signal",
            ParseResult.Malformed => "malformed",
            ParseResult.Doubtful { Doubt: Doubt.WaitsForDetails } => Alert,
            ParseResult.Doubtful => "doubtful",
            ParseResult.Update => "update",
            _ => "not_signal",
        };
    }

    /// <summary>An edit whose first text was never seen is no signal, whatever it says.</summary>
    private static string Counted(ChannelMessage first, string kind) => first.Change == MessageChange.Edited ? "edit" : kind == Alert ? "doubtful" : kind;

    private static bool IsIdea(string kind) => kind is "signal" or "malformed" or Alert;

    /// <summary>A decision on candles rests on the close before, which may be as old as a candle lasts. Without limits nothing stands between a signal and its trade but what the signal says itself.</summary>
    private static PostBacktestOrder Prepared(PostBacktestOrder order)
    {
        var risk = order.Settings.Risk;
        var oldest = order.Candles.Timeframe.Length + TimeSpan.FromMinutes(1);
        risk = risk with { OldestQuote = oldest > risk.OldestQuote ? oldest : risk.OldestQuote };
        if (!order.WithLimits)
            risk = risk with
            {
                PositionsAtOnce = int.MaxValue, PositionsPerChannel = int.MaxValue, PositionsPerSymbol = int.MaxValue,
                TotalExposure = 1_000_000m, TotalOpenRisk = 1_000_000m, DailyLoss = 1m, WeeklyLoss = 1m, DuplicateWindow = TimeSpan.Zero,
            };
        return order with { Settings = order.Settings with { Risk = risk } };
    }

    private sealed record Preparation(
        PostBacktestOrder Order, IReadOnlyList<ChannelMessage> Judged, IReadOnlyDictionary<(ChannelId Channel, long MessageId), ChannelMessage[]> Versions, OutcomeReader Reader,
        IProgress<double>? Progress, CancellationToken Cancellation);
}
