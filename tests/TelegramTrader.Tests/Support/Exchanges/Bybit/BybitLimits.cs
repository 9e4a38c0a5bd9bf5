using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>
/// Bybit's limits, counted by the exchange's clock: requests of one address in five seconds, whose breach bars the address for ten minutes, and orders of the account in a
/// second, whose breach is a refusal with the time when there is room again.
/// </summary>
public sealed class BybitLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<Instant> _requests = new();
    private readonly Queue<Instant> _orders = new();
    private Instant? _barredUntil;

    public int RequestsPerFiveSeconds { get; set; } = 600;

    public int OrdersPerSecond { get; set; } = 10;

    public TimeSpan Bar { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>False: the address is barred, and nothing it says is read.</summary>
    internal bool Take(Instant now)
    {
        lock (_gate)
        {
            if (_barredUntil is { } until && now < until)
                return false;
            Forget(_requests, now, Window);
            _requests.Enqueue(now);
            if (_requests.Count <= RequestsPerFiveSeconds)
                return true;
            _barredUntil = now + Bar;
            return false;
        }
    }

    internal void TakeOrder(Instant now)
    {
        lock (_gate)
        {
            Forget(_orders, now, TimeSpan.FromSeconds(1));
            if (_orders.Count >= OrdersPerSecond)
                throw new BybitRefusal(10006, "Too many visits!");
            _orders.Enqueue(now);
        }
    }

    internal Dictionary<string, string> Headers(Instant now)
    {
        lock (_gate)
        {
            Forget(_orders, now, TimeSpan.FromSeconds(1));
            var reset = _orders.TryPeek(out var first) && _orders.Count >= OrdersPerSecond ? first + TimeSpan.FromSeconds(1) : now;
            return new Dictionary<string, string>
            {
                ["X-Bapi-Limit"] = OrdersPerSecond.ToString(CultureInfo.InvariantCulture),
                ["X-Bapi-Limit-Status"] = (OrdersPerSecond - _orders.Count).ToString(CultureInfo.InvariantCulture),
                ["X-Bapi-Limit-Reset-Timestamp"] = BybitText.Of(reset),
            };
        }
    }

    private static void Forget(Queue<Instant> moments, Instant now, TimeSpan after)
    {
        while (moments.TryPeek(out var first) && now - first >= after)
            moments.Dequeue();
    }
}
