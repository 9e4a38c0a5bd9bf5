using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Streams;

/// <summary>The keys with which one listens to the account's own events on futures: good for an hour, and for another with each renewal.</summary>
internal sealed class ListenKeys(ExchangeClock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private int _made;
    private string? _key;
    private Core.Market.Instant _until;

    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.WithKey("POST /fapi/v1/listenKey", "", _ => new JsonObject { ["listenKey"] = Renew(mayMake: true) }),
        BinanceRoute.WithKey("PUT /fapi/v1/listenKey", "listenKey", _ => new JsonObject { ["listenKey"] = Renew(mayMake: false) }),
        BinanceRoute.WithKey("DELETE /fapi/v1/listenKey", "listenKey", _ =>
        {
            Expire();
            return new JsonObject();
        }),
    ];

    public bool IsValid(string? key)
    {
        lock (_gate)
            return key is not null && key == _key && clock.Now < _until;
    }

    public void Expire()
    {
        lock (_gate)
            _key = null;
    }

    private string Renew(bool mayMake)
    {
        lock (_gate)
        {
            if (_key is null || clock.Now >= _until)
            {
                if (!mayMake)
                    throw new BinanceRefusal(-1125, "This listenKey does not exist.");
                _key = $"simulatedListenKey{++_made:0000}";
            }

            _until = clock.Now + Lifetime;
            return _key;
        }
    }
}
