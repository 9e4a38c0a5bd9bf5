using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Backtests;

/// <summary>A backtest of channels as a person orders it.</summary>
public sealed record ChannelBacktestOrder
{
    /// <summary>All versions of the posts.</summary>
    public required IReadOnlyList<ChannelMessage> Messages { get; init; }

    public required IPriceSource Prices { get; init; }

    public EngineSettings Settings { get; init; } = new();

    public SimulationSettings Simulation { get; init; } = new();

    public TimeSpan Delay { get; init; }

    /// <summary>Further delays under which the same is run; each takes as long as the first.</summary>
    public IReadOnlyList<TimeSpan> DelaySweep { get; init; } = [];

    public bool WithLimits { get; init; } = true;

    /// <summary>A channel that is followed without being traded is judged all the same.</summary>
    public bool JudgesAll { get; init; } = true;
}

/// <param name="Result">With the delay that was ordered.</param>
/// <param name="Sweep">With the further delays, in their order.</param>
/// <param name="Prices">What it ran over.</param>
public sealed record ChannelBacktestResult(PostBacktestResult Result, IReadOnlyList<PostBacktestResult> Sweep, PriceHistory Prices);

/// <summary>
/// What following channels would have brought: the prices that their posts need are loaded, and the posts go through the engine. For the command line and for jobs alike; nothing is
/// written and nobody is told, except of the progress.
/// </summary>
public sealed class ChannelBacktest(ISignalParser parser)
{
    /// <exception cref="PriceSourceException">There are no prices that could be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ChannelBacktestResult Run(ChannelBacktestOrder order, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var prices = Prices(order);
        cancellation.ThrowIfCancellationRequested();
        TimeSpan[] delays = [order.Delay, .. order.DelaySweep];
        var results = new Dictionary<TimeSpan, PostBacktestResult>();
        var distinct = delays.Distinct().ToArray();
        for (var index = 0; index < distinct.Length; index++)
            results.Add(distinct[index], new PostBacktest(parser).Run(Of(order, prices, distinct[index]), progress is null ? null : new Part(progress, index, distinct.Length), cancellation));
        return new ChannelBacktestResult(results[order.Delay], [.. order.DelaySweep.Select(delay => results[delay])], prices);
    }

    private PriceHistory Prices(ChannelBacktestOrder order)
    {
        var bases = Bases(order);
        try
        {
            return order.Prices.Load(bases, order.Simulation.StartingBalance.Asset, order.Messages.Count == 0 ? Instant.Epoch : order.Messages.Min(message => message.ReceivedAt));
        }
        catch (PriceSourceException exception) when (bases.Count == 0)
        {
            throw new PriceSourceException("None of the posts is a signal: there is nothing to judge.", exception);
        }
    }

    /// <summary>The base assets that posts may trade; what only a follow-up names needs no prices.</summary>
    private HashSet<string> Bases(ChannelBacktestOrder order)
    {
        var bases = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in order.Messages.Where(message => message.Change != MessageChange.Deleted))
        {
            var result = parser.Parse(message, ParseContext.TextOnly with { Profile = order.Settings.ChannelOf(message.Channel).Profile });
            bases.UnionWith(result switch
            {
                ParseResult.Signal signal => signal.Ideas.Select(idea => idea.Pair.Base),
                ParseResult.Doubtful { Draft.Pair: { } pair } => [pair.Base],
                ParseResult.Malformed { Draft.Pair: { } pair } => [pair.Base],
                _ => [],
            });
        }

        return bases;
    }

    private static PostBacktestOrder Of(ChannelBacktestOrder order, PriceHistory prices, TimeSpan delay) => new()
    {
        Messages = order.Messages,
        Instruments = prices.Instruments,
        Candles = prices.Candles,
        FinerCandles = prices.Finer,
        Funding = prices.Funding,
        Settings = order.JudgesAll ? order.Settings with { Channels = order.Settings.Channels.ToDictionary(entry => entry.Key, entry => entry.Value with { IsTraded = true }) } : order.Settings,
        Simulation = order.Simulation,
        Delay = delay,
        WithLimits = order.WithLimits,
    };

    private sealed class Part(IProgress<double> whole, int index, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}
