using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>
/// The limits of one of Binance's hosts: weight and orders in a window, counted by the exchange's clock. Whoever goes on after "too many requests" is banned for a while.
/// </summary>
public sealed class BinanceLimits(string weightHeader, int weightPerMinute, int ordersPerTenSeconds)
{
    private readonly Lock _gate = new();
    private readonly Queue<Instant> _orders = new();
    private long _minute;
    private int _weight;
    private int _ignored;
    private Instant? _bannedUntil;

    /// <summary>What one address may use up in a minute.</summary>
    public int WeightPerMinute { get; set; } = weightPerMinute;

    public int OrdersPerTenSeconds { get; set; } = ordersPerTenSeconds;

    /// <summary>How many requests after the first "too many requests" are borne before the ban.</summary>
    public int Patience { get; set; } = 10;

    public TimeSpan Ban { get; set; } = TimeSpan.FromMinutes(2);

    public int UsedWeight
    {
        get
        {
            lock (_gate)
                return _weight;
        }
    }

    /// <summary>Bans the address from now on.</summary>
    public void BanUntil(Instant until)
    {
        lock (_gate)
            _bannedUntil = until;
    }

    internal void Take(int weight, Instant now)
    {
        lock (_gate)
        {
            if (_bannedUntil is { } until && now < until)
                throw Banned(until, now);
            var minute = now.UnixMilliseconds / 60_000;
            if (minute != _minute)
                (_minute, _weight, _ignored) = (minute, 0, 0);
            _weight += weight;
            if (_weight <= WeightPerMinute)
                return;
            if (++_ignored > Patience)
            {
                _bannedUntil = now + Ban;
                throw Banned(_bannedUntil.Value, now);
            }

            throw new BinanceRefusal(-1003, string.Create(CultureInfo.InvariantCulture, $"Too many requests; current limit of IP(127.0.0.1) is {WeightPerMinute} requests per minute. Please use the websocket for live updates to avoid polling the API."), 429)
            {
                RetryAfterSeconds = (int)(60 - now.UnixMilliseconds / 1000 % 60),
            };
        }
    }

    internal void TakeOrder(Instant now)
    {
        lock (_gate)
        {
            while (_orders.TryPeek(out var first) && now - first >= TimeSpan.FromSeconds(10))
                _orders.Dequeue();
            if (_orders.Count >= OrdersPerTenSeconds)
                throw new BinanceRefusal(-1015, string.Create(CultureInfo.InvariantCulture, $"Too many new orders; current limit is {OrdersPerTenSeconds} orders per 10 SECOND."), 429) { RetryAfterSeconds = 10 };
            _orders.Enqueue(now);
        }
    }

    internal Dictionary<string, string> Headers()
    {
        lock (_gate)
            return new Dictionary<string, string>
            {
                [weightHeader] = _weight.ToString(CultureInfo.InvariantCulture),
                ["X-MBX-ORDER-COUNT-10S"] = _orders.Count.ToString(CultureInfo.InvariantCulture),
            };
    }

    private static BinanceRefusal Banned(Instant until, Instant now) =>
        new(-1003, string.Create(CultureInfo.InvariantCulture, $"Way too many requests; IP banned until {until.UnixMilliseconds}. Please use the websocket for live updates to avoid bans."), 418)
        {
            RetryAfterSeconds = (int)Math.Ceiling((until - now).TotalSeconds),
        };
}
