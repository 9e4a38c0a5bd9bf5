using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Backtests;

/// <summary>Channels to be judged, as a person orders it.</summary>
public sealed record ScorecardOrder
{
    /// <summary>All versions of the posts of all channels.</summary>
    public required IReadOnlyList<ChannelMessage> Messages { get; init; }

    public required IPriceSource Prices { get; init; }

    public EngineSettings Settings { get; init; } = new();

    public SimulationSettings Simulation { get; init; } = new();

    /// <summary>How long after a post the follower acts.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Those for which the cost of delay is told unless others are asked for.</summary>
    public static IReadOnlyList<TimeSpan> UsualDelays { get; } = [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(240)];

    /// <summary>Further delays, for the cost of delay; each takes as long as the first. The delay itself and repeated ones are left out.</summary>
    public IReadOnlyList<TimeSpan> OtherDelays { get; init; } = [];

    /// <summary>Each channel has one account with all limits. False: each signal is taken alone, so that no limit hides what a signal was worth.</summary>
    public bool WithLimits { get; init; }

    public ScorecardSettings Scorecards { get; init; } = new();
}

/// <param name="Outcomes">Of the follower with the delay that was ordered, all channels.</param>
/// <param name="Notes">What a person should know of the prices.</param>
public sealed record ScorecardResult(IReadOnlyList<RankedCard> Ranking, IReadOnlyList<SignalOutcome> Outcomes, IReadOnlyList<string> Notes);

/// <summary>
/// The scorecards of channels from their posts and the prices that followed: backtested through the engine, judged, ranked. For the command line and for jobs alike; nothing is written and nobody is told,
/// except of the progress.
/// </summary>
public sealed class ScorecardRun(ISignalParser parser)
{
    /// <summary>A week for the regime and for what moves are usual, and what is usual begins before the move itself.</summary>
    private static readonly TimeSpan PricesBefore = TimeSpan.FromDays(9);

    private static readonly Instant EndOfTime = new(long.MaxValue);

    /// <summary>The share of the progress that the backtests take; judging takes the rest.</summary>
    private const double Backtesting = 0.9;

    /// <exception cref="PriceSourceException">There are no prices that could be used.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ScorecardResult Run(ScorecardOrder order, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        order.Scorecards.Check();
        TimeSpan[] others = [.. order.OtherDelays.Where(delay => delay != order.Delay).Distinct()];
        var channels = order.Messages.GroupBy(message => message.Channel).OrderBy(group => group.Key.Value, StringComparer.Ordinal).ToArray();
        var source = new EarlierPrices(order.Prices);
        // A channel with limits has an account of its own. What channels claim is checked where signals run together, with limits or without: a signal is watched also when it is not traded.
        var together = order.WithLimits ? [.. channels.Select(channel => Backtest(order, source, [.. channel], withLimits: true, others))]
            : channels.Length == 0 ? Array.Empty<ChannelBacktestOrder>() : [Backtest(order, source, order.Messages, withLimits: true, [])];
        var steps = together.Length + (order.WithLimits ? 0 : 1);
        var ran = together.Select(Start).ToArray();
        var alone = order.WithLimits || channels.Length == 0 ? null : Start(Backtest(order, source, order.Messages, withLimits: false, others), steps - 1);
        ChannelBacktestResult[] judged = alone is null ? ran : [alone];

        var prices = new Dictionary<Symbol, SymbolPrices>();
        foreach (var history in judged.Select(result => result.Prices))
            foreach (var symbol in history.Candles.Symbols.Where(symbol => !prices.ContainsKey(symbol)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (PricesOf(history, symbol) is { } known)
                    prices.Add(symbol, known);
            }

        var cards = new Scorecard[channels.Length];
        for (var index = 0; index < cards.Length; index++)
        {
            cards[index] = Scorecard.Of(Record(channels[index].Key, alone ?? ran[index], alone is null ? ran[index] : ran[0], prices), order.Scorecards, cancellation);
            progress?.Report(Backtesting + (1 - Backtesting) * (index + 1) / cards.Length);
        }

        return new ScorecardResult(ChannelRanking.Of(cards), [.. judged.SelectMany(run => run.Result.Outcomes)], [.. judged.SelectMany(run => run.Prices.Notes).Distinct()]);

        ChannelBacktestResult Start(ChannelBacktestOrder run, int step)
        {
            cancellation.ThrowIfCancellationRequested();
            return new ChannelBacktest(parser).Run(run, progress is null ? null : new Part(progress, step, steps / Backtesting), cancellation);
        }
    }

    private static ChannelBacktestOrder Backtest(ScorecardOrder order, IPriceSource prices, IReadOnlyList<ChannelMessage> messages, bool withLimits, IReadOnlyList<TimeSpan> delays) => new()
    {
        Messages = messages,
        Prices = prices,
        Settings = order.Settings,
        Simulation = order.Simulation,
        Delay = order.Delay,
        DelaySweep = delays,
        WithLimits = withLimits,
    };

    private static ChannelRecord Record(ChannelId channel, ChannelBacktestResult run, ChannelBacktestResult claims, IReadOnlyDictionary<Symbol, SymbolPrices> prices) => new()
    {
        Channel = channel,
        Run = Of(run.Result, channel),
        OtherDelays = [.. run.Sweep.Select(sweep => Of(sweep, channel))],
        Prices = prices,
        Claims = ClaimTally.Of(claims.Result.Claims.Where(claim => claim.Channel == channel)),
    };

    private static DelayedRun Of(PostBacktestResult result, ChannelId channel) => new(result.Delay, [.. result.Outcomes.Where(outcome => outcome.Channel == channel)]);

    /// <summary>Of the finest candles there are; null where those are longer than an hour, or not as fine as they must be read.</summary>
    private static SymbolPrices? PricesOf(PriceHistory history, Symbol symbol)
    {
        var candles = history.Finer is { } finer && finer.Symbols.Contains(symbol) ? finer : history.Candles;
        if (candles.Timeframe.Length > TimeSpan.FromHours(1))
            return null;
        var series = candles.Between(symbol, Instant.Epoch, EndOfTime);
        var (times, opens, highs, lows, closes) = (new long[series.Length], new decimal[series.Length], new decimal[series.Length], new decimal[series.Length], new decimal[series.Length]);
        for (var bar = 0; bar < series.Length; bar++)
            (times[bar], opens[bar], highs[bar], lows[bar], closes[bar]) = (series[bar].OpenTime.UnixMilliseconds, series[bar].Open.Value, series[bar].High.Value, series[bar].Low.Value, series[bar].Close.Value);
        return new SymbolPrices(new PriceRanges(times, opens, highs, lows, closes));
    }

    /// <summary>The same prices from some days before the first post on.</summary>
    private sealed class EarlierPrices(IPriceSource source) : IPriceSource
    {
        public PriceHistory Load(IReadOnlyCollection<string> bases, string asset, Instant from) => source.Load(bases, asset, from.UnixMilliseconds == 0 ? from : from - PricesBefore);
    }

    private sealed class Part(IProgress<double> whole, int index, double count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}
