using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement;

/// <summary>Posts and minutes of BTC, without fee, spread, slippage or latency: what is left can be worked by hand. 10,000 USDT; a trade loses 100 from entry to stop.</summary>
internal sealed class PostStory
{
    private readonly List<(Symbol, Candle)> _candles = [];
    private readonly List<(Symbol, Candle)> _finer = [];
    private readonly List<ChannelMessage> _messages = [];
    private readonly ScriptedParser _parser = new();

    public Timeframe Timeframe { get; init; } = Timeframe.OneMinute;

    public IReadOnlyList<ChannelMessage> Messages => _messages;

    public Instant At(double minute) => new(Some.Time.UnixMilliseconds + (long)(minute * 60_000));

    /// <summary>The next candle.</summary>
    public PostStory Bar(decimal open, decimal high, decimal low, decimal close, decimal volume = 1_000_000m)
    {
        _candles.Add((Some.Btc, new Candle(At(_candles.Count * Timeframe.Minutes), Timeframe, new Price(open), new Price(high), new Price(low), new Price(close), volume)));
        return this;
    }

    /// <summary>The next so many candles, all at one price.</summary>
    public PostStory Still(decimal price, int count = 1)
    {
        for (; count > 0; count--)
            Bar(price, price, price, price);
        return this;
    }

    public PostStory FinerBar(int minute, decimal open, decimal high, decimal low, decimal close)
    {
        _finer.Add((Some.Btc, Some.Candle(open, high, low, close, 1_000_000m, At(minute))));
        return this;
    }

    public PostStory Post(double minute, long id, ParseResult result, int revision = 1, MessageChange change = MessageChange.Posted)
    {
        var text = $"post {id} version {revision}";
        _parser.Teach(text, result);
        _messages.Add(Some.Message(text, id, "@alpha", At(minute), null, revision, change));
        return this;
    }

    public PostStory Long(double minute, long id, decimal stop, params decimal[] targets) => Post(minute, id, Signal(TradeSide.Long, new EntryPlan.AtMarket(null), stop, targets));

    public PostStory Short(double minute, long id, decimal stop, params decimal[] targets) => Post(minute, id, Signal(TradeSide.Short, new EntryPlan.AtMarket(null), stop, targets));

    public static ParseResult Signal(TradeSide side, EntryPlan entry, decimal stop, params decimal[] targets) =>
        ScriptedParser.Signal(side, entry, new StopPlan.AtPrice(new Price(stop)), [.. targets.Select(target => new TargetPlan.AtPrice(new Price(target)))]);

    public PostBacktestOrder Order => new()
    {
        Messages = _messages,
        Instruments = [Some.Instrument()],
        Candles = new RecordedCandles(_candles),
        FinerCandles = _finer.Count == 0 ? null : new RecordedCandles(_finer),
        Settings = new EngineSettings { Risk = new RiskSettings { LeastRewardToRisk = 0m } },
        Simulation = PaperDesk.Frictionless,
    };

    public PostBacktestResult Run(Func<PostBacktestOrder, PostBacktestOrder>? change = null) => new PostBacktest(_parser).Run(change is null ? Order : change(Order));

    public SignalOutcome Only(Func<PostBacktestOrder, PostBacktestOrder>? change = null) => Assert.Single(Run(change).Outcomes);
}
