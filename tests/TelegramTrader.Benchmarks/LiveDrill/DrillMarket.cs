using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>
/// The exchange, which outlives every bot: prices on a random walk, faults in its connections, and an eye on each position that has no working stop for its whole quantity.
/// </summary>
internal sealed class DrillMarket : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);

    /// <summary>What is traded, with the price it begins at.</summary>
    private static readonly (string Coin, decimal Price, decimal Tick)[] Listed =
    [
        ("BTC", 60_000m, 0.1m), ("ETH", 3_000m, 0.01m), ("SOL", 150m, 0.01m), ("LTC", 80m, 0.01m), ("LINK", 14m, 0.001m), ("AVAX", 28m, 0.001m), ("XRP", 0.6m, 0.0001m), ("ADA", 0.45m, 0.0001m),
    ];

    private readonly BinanceServer _server;
    private readonly SeededNumbers _numbers;
    private readonly ulong _seed;
    private readonly Dictionary<Symbol, (decimal Start, decimal Now, decimal Tick)> _prices;
    private readonly Dictionary<Symbol, Instant> _bareSince = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private bool _isStill;
    private Task _walking = Task.CompletedTask;
    private Instant? _watchedFrom;

    private DrillMarket(BinanceServer server, ulong seed)
    {
        _server = server;
        _seed = seed;
        _numbers = new SeededNumbers(seed);
        _prices = Listed.ToDictionary(listed => SymbolOf(listed.Coin), listed => (listed.Price, listed.Price, listed.Tick));
    }

    public static IReadOnlyList<string> Coins { get; } = [.. Listed.Select(listed => listed.Coin)];

    public static Symbol SymbolOf(string coin) => Symbol.Parse($"{coin}/USDT:USDT");

    public Uri Address => _server.BaseUrl;

    public TradingVenue Venue => _server.Futures;

    public int Faults => _server.Faults.RequestFaults;

    public int Requests => _server.Calls.Count;

    public IReadOnlyList<string> LastRequests => [.. _server.Calls.TakeLast(60).Select(call => $"{call.Endpoint} {call["clientAlgoId"] ?? call["newClientOrderId"] ?? call["origClientOrderId"]}")];

    /// <summary>The longest that a position was without a stop while somebody was there to place one, and what was wrong then.</summary>
    public (TimeSpan Time, string What) LongestBare { get; private set; } = (TimeSpan.Zero, "never");

    public IReadOnlyList<string> TooLong => _tooLong;

    private readonly List<string> _tooLong = [];

    public static async Task<DrillMarket> StartAsync(ulong seed)
    {
        var futures = BinanceServer.DefaultFutures with
        {
            StartingBalance = 1_000_000m,
            Instruments = [.. Listed.Select(listed => Some.Instrument(SymbolOf(listed.Coin).ToString(), tick: listed.Tick))],
        };
        var market = new DrillMarket(await BinanceServer.StartAsync(TimeProvider.System, futures), seed);
        // What is looked for here are broken connections and kills; a ban would only make the drill wait.
        market._server.FuturesLimits.WeightPerMinute = 100_000;
        market._server.FuturesLimits.OrdersPerTenSeconds = 10_000;
        market.MovePrices(0);
        market._walking = Task.Run(market.WalkAsync);
        return market;
    }

    public decimal PriceOf(Symbol symbol)
    {
        lock (_gate)
            return _prices[symbol].Now;
    }

    /// <summary>From now on, somebody is there to place stops; null while nobody is.</summary>
    public void WatchFrom(DateTimeOffset? since)
    {
        lock (_gate)
            _watchedFrom = since is { } from ? Instant.From(from) : null;
    }

    public void StandStill()
    {
        lock (_gate)
            _isStill = true;
    }

    public void LetGoWrong()
    {
        var faults = _server.Faults;
        faults.Randomly(_seed + 1, 4, [new ExchangeFault.CutBefore(), new ExchangeFault.CutAfter(), new ExchangeFault.HalfAnswer(), new ExchangeFault.AnswerAfter(503, "Service Unavailable"), new ExchangeFault.AnswerAfter(500, "{\"code\":-1000,\"msg\":\"An unknown error occurred while processing the request.\"}")]);
        faults.RandomPushes(_seed + 2, 10, [new PushFault.Dropped(), new PushFault.Doubled(), new PushFault.Behind(1)]);
        faults.RandomPushes(_seed + 3, 1, [new PushFault.Closed()], "ORDER_TRADE_UPDATE");
    }

    public void LetGoRight() => _server.Faults.Clear();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _walking;
        _ending.Dispose();
        await _server.DisposeAsync();
    }

    private async Task WalkAsync()
    {
        using var timer = new PeriodicTimer(Step);
        try
        {
            for (var step = 1; await timer.WaitForNextTickAsync(_ending.Token); step++)
            {
                MovePrices(step);
                LookForBarePositions();
                if (step % 40 == 0 && !_isStill)
                    Disturb();
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }

    /// <summary>What needs a moment of its own: a request that is held until it has timed out, and a refusal for too many requests.</summary>
    private void Disturb()
    {
        if (_numbers.Chance(20))
            _server.Faults.Next(1, new ExchangeFault.HeldAfter(Task.Delay(Held)), "POST /fapi/v1/order");
        else if (_numbers.Chance(20))
            _server.Faults.Next(1, new ExchangeFault.HeldAfter(Task.Delay(Held)), "POST /fapi/v1/algoOrder");
        else if (_numbers.Chance(10))
            // It is answered by a pause of ten seconds for all that does not protect: not too often, else there would be nothing but pauses.
            _server.Faults.Next(1, new ExchangeFault.AnswerBefore(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}", 1));
    }

    private void MovePrices(int step)
    {
        foreach (var symbol in _prices.Keys.ToArray())
        {
            (decimal Start, decimal Now, decimal Tick) price;
            lock (_gate)
            {
                price = _prices[symbol];
                if (!_isStill && step > 0)
                {
                    // A walk that is drawn back a little, so that it does not leave for ever.
                    var move = _numbers.Next(-40, 41) / 100_000m + (price.Start - price.Now) / price.Start / 500m;
                    price.Now = Math.Round(price.Now * (1m + move) / price.Tick) * price.Tick;
                    _prices[symbol] = price;
                }
            }

            Venue.MovePrice(symbol, price.Now, price.Now + price.Tick);
        }
    }

    private void LookForBarePositions()
    {
        lock (Venue.Gate)
            lock (_gate)
            {
                var positions = Venue.Positions;
                foreach (var gone in _bareSince.Keys.Except(positions.Select(position => position.Symbol)).ToArray())
                    _bareSince.Remove(gone);
                foreach (var position in positions)
                {
                    var stopped = Venue.Orders.Where(order => order.Status == VenueOrderStatus.Waiting && order.Request.Symbol == position.Symbol
                            && order.Request.Type == VenueOrderType.StopMarket && order.Request.Side == position.Side.Closing() && (order.Request.ReduceOnly || order.Request.ClosesPosition))
                        .Sum(order => order.Request.ClosesPosition ? position.Quantity.Value : order.Quantity.Value);
                    if (stopped >= position.Quantity.Value)
                    {
                        _bareSince.Remove(position.Symbol);
                        continue;
                    }

                    var since = _bareSince.TryGetValue(position.Symbol, out var known) ? known : _bareSince[position.Symbol] = Venue.Now;
                    if (_watchedFrom is { } from)
                        Bare(position.Symbol, Venue.Now - Instant.Later(since, from), string.Create(CultureInfo.InvariantCulture, $"{position.Side} {position.Quantity} {position.Symbol}, stops for {stopped}, since {since}"));
                }
            }
    }

    private void Bare(Symbol symbol, TimeSpan time, string what)
    {
        if (time > LongestBare.Time)
            LongestBare = (time, what);
        // Once for each time that it happens.
        if (time > LiveDrillRun.LongestWithoutStop && !_tooLong.Exists(told => told.EndsWith(what, StringComparison.Ordinal)))
            _tooLong.Add($"a position was without a stop for more than {LiveDrillRun.LongestWithoutStop.TotalSeconds:0} s: {what}");
    }
}
