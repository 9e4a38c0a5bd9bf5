using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.Exchanges.Faults;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>
/// The exchange, which outlives every bot: prices on a random walk, faults in its connections, and an eye on what is held without a stop for all of it.
/// </summary>
internal sealed class DrillMarket : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);

    /// <summary>On spot, what the owner has of each coin before the bot begins, in USDT.</summary>
    private const decimal OwnersMoney = 120_000m;

    /// <summary>What a thin book takes at each step of the price, whichever is less: a part of a usual order.</summary>
    private const decimal ThinCoins = 250m;
    private const decimal ThinMoney = 15_000m;

    private readonly DrillVenue _venue;
    private readonly DrillHoldings _holdings;
    private readonly SeededNumbers _numbers;
    private readonly ulong _seed;
    private readonly Dictionary<Symbol, (decimal Start, decimal Now, decimal Tick)> _prices;
    private readonly Dictionary<string, Instant> _bareSince = [];
    private readonly Dictionary<(string Key, Instant Since), string> _tooLong = [];
    private readonly HashSet<Symbol> _thin = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private bool _isStill;
    private Task _walking = Task.CompletedTask;
    private Instant? _watchedFrom;

    private DrillMarket(DrillVenue venue, ulong seed)
    {
        _venue = venue;
        _holdings = DrillHoldings.Of(venue.Venue);
        _seed = seed;
        _numbers = new SeededNumbers(seed);
        _prices = DrillVenue.Coins.ToDictionary(coin => venue.SymbolOf(coin.Name), coin => (coin.Price, coin.Price, coin.Tick));
    }

    public TradingVenue Venue => _venue.Venue;

    public DrillHoldings Holdings => _holdings;

    public int Faults => _venue.Faults.RequestFaults;

    public int Requests => _venue.Calls().Count;

    public IReadOnlyList<string> LastRequests => [.. _venue.Calls().TakeLast(60).Select(call => $"{call.Endpoint} {_venue.ClientIdOf(call)}")];

    /// <summary>The longest that something was held without a stop for all of it while somebody was there to place one, and what was wrong then.</summary>
    public (TimeSpan Time, string What) LongestBare { get; private set; } = (TimeSpan.Zero, "never");

    /// <summary>Each time that it was too long, and how busy the machine was.</summary>
    public IReadOnlyList<string> TooLong
    {
        get
        {
            lock (_gate)
                return [.. _tooLong.Values];
        }
    }

    public static DrillMarket Start(DrillVenue venue, ulong seed)
    {
        var market = new DrillMarket(venue, seed);
        market.MovePrices(0);
        if (venue.IsSpot)
            foreach (var coin in DrillVenue.Coins)
                DrillCoins.GiveToOwner(venue.Venue, venue.SymbolOf(coin.Name), new Quantity(Math.Round(OwnersMoney / coin.Price)));
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
        var faults = _venue.Faults;
        faults.Randomly(_seed + 1, 4, [new ExchangeFault.CutBefore(), new ExchangeFault.CutAfter(), new ExchangeFault.HalfAnswer(), .. _venue.LateFailures]);
        faults.RandomPushes(_seed + 2, 10, [new PushFault.Dropped(), new PushFault.Doubled(), new PushFault.Behind(1)]);
        faults.RandomPushes(_seed + 3, 1, [new PushFault.Closed()], _venue.ExecutionPush);
    }

    public void LetGoRight() => _venue.Faults.Clear();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _walking;
        _ending.Dispose();
        await _venue.Server.DisposeAsync();
    }

    private async Task WalkAsync()
    {
        using var timer = new PeriodicTimer(Step);
        try
        {
            for (var step = 1; await timer.WaitForNextTickAsync(_ending.Token); step++)
            {
                MovePrices(step);
                LookForWhatIsBare();
                if (_isStill)
                    _thin.Clear();
                else if (step % 40 == 0)
                    Disturb();
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }

    /// <summary>What needs a moment of its own: a request that is held until it has timed out, a refusal for too many requests, and on spot books in which large orders are executed in parts.</summary>
    private void Disturb()
    {
        _thin.Clear();
        _thin.UnionWith(_prices.Keys.Where(_ => _venue.IsSpot && _numbers.Chance(30)));
        if (_numbers.Chance(20))
            _venue.Faults.Next(1, new ExchangeFault.HeldAfter(Task.Delay(Held)), _venue.OrderEndpoints[0]);
        else if (_numbers.Chance(20))
            _venue.Faults.Next(1, new ExchangeFault.HeldAfter(Task.Delay(Held)), _venue.OrderEndpoints[1]);
        else if (_numbers.Chance(10))
            // It is answered by a pause of ten seconds for all that does not protect: not too often, else there would be nothing but pauses.
            _venue.Faults.Next(1, _venue.TooMany);
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

            if (_venue.IsSpot)
                Venue.OfferVolume(symbol, _thin.Contains(symbol) ? Math.Round(Math.Min(ThinCoins, ThinMoney / price.Now), 3) : null);
            Venue.MovePrice(symbol, price.Now, price.Now + price.Tick);
        }
    }

    private void LookForWhatIsBare()
    {
        lock (Venue.Gate)
            lock (_gate)
            {
                var bare = _holdings.Bare();
                foreach (var gone in _bareSince.Keys.Except(bare.Select(each => each.Key)).ToArray())
                    _bareSince.Remove(gone);
                foreach (var each in bare)
                {
                    var since = _bareSince.TryGetValue(each.Key, out var known) ? known : _bareSince[each.Key] = Venue.Now;
                    if (_watchedFrom is { } from)
                        Bare(since, Venue.Now - Instant.Later(since, from), each);
                }
            }
    }

    private void Bare(Instant since, TimeSpan time, BareHolding holding)
    {
        var what = $"{holding.What}, since {since}";
        if (time > LongestBare.Time)
            LongestBare = (time, what);
        if (time > _holdings.LongestBare)
            _tooLong[(holding.Key, since)] = string.Create(CultureInfo.InvariantCulture, $"without a stop for {time.TotalSeconds:0.0} s, load of the machine {Load}: {what}");
    }

    private static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
