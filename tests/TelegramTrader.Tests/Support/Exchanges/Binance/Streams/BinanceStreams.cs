using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Binance.Futures;
using TelegramTrader.Tests.Support.Exchanges.Binance.Spot;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Streams;

/// <summary>
/// All connections: market streams of spot (<c>/ws/…</c>) and futures (<c>/public/ws/…</c>, <c>/market/ws/…</c>), the account's own of futures
/// (<c>/private/ws?listenKey=…</c>) and of spot (<c>/ws-api/v3</c>, signed).
/// </summary>
internal sealed class BinanceStreams
{
    private readonly TradingVenue _futures;
    private readonly TradingVenue _spot;
    private readonly BinanceAccount _account;
    private readonly ListenKeys _keys;
    private readonly TaskCompletionSource _spotSignedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<(PushConnection Connection, StreamKind Kind)> _connections = [];

    public BinanceStreams(TradingVenue futures, TradingVenue spot, BinanceAccount account, ListenKeys keys)
    {
        (_futures, _spot, _account, _keys) = (futures, spot, account, keys);
        futures.Happened += happened => Tell(futures, happened);
        spot.Happened += happened => Tell(spot, happened);
    }

    private enum StreamKind
    {
        SpotMarket,
        FuturesMarket,
        FuturesAccount,
        SpotCalls,
    }

    /// <summary>Ends when somebody hears of the spot account for the first time.</summary>
    public Task SpotSignedIn => _spotSignedIn.Task;

    public bool Connected(PushConnection connection)
    {
        var kind = connection.Path switch
        {
            "/ws-api/v3" => StreamKind.SpotCalls,
            "/private/ws" => StreamKind.FuturesAccount,
            _ when connection.Path.StartsWith("/public/ws", StringComparison.Ordinal) || connection.Path.StartsWith("/market/ws", StringComparison.Ordinal) => StreamKind.FuturesMarket,
            _ when connection.Path.StartsWith("/ws", StringComparison.Ordinal) => StreamKind.SpotMarket,
            _ => (StreamKind?)null,
        };
        if (kind is null || kind == StreamKind.FuturesAccount && !_keys.IsValid(connection.QueryValue("listenKey")))
            return false;
        lock (_gate)
            _connections.Add((connection, kind.Value));
        return true;
    }

    public void Disconnected(PushConnection connection)
    {
        lock (_gate)
            _connections.RemoveAll(each => each.Connection == connection);
    }

    public void Received(PushConnection connection, string message)
    {
        if (JsonNode.Parse(message) is not JsonObject asked)
            return;
        if (connection.Path == "/ws-api/v3")
        {
            connection.Reply(SpotCallStream.Answer(_account, _spot, connection, asked).ToJsonString());
            if (connection.IsSignedIn)
                _spotSignedIn.TrySetResult();
            return;
        }

        var names = asked["params"]?.AsArray().Select(name => name!.GetValue<string>()).ToArray() ?? [];
        lock (_gate)
        {
            switch (asked["method"]?.GetValue<string>())
            {
                case "SUBSCRIBE":
                    connection.Subscriptions.UnionWith(names);
                    break;
                case "UNSUBSCRIBE":
                    connection.Subscriptions.ExceptWith(names);
                    break;
                default:
                    connection.Reply(new JsonObject { ["error"] = new JsonObject { ["code"] = 2, ["msg"] = "Invalid request" }, ["id"] = asked["id"]?.DeepClone() }.ToJsonString());
                    return;
            }
        }

        connection.Reply(new JsonObject { ["result"] = null, ["id"] = asked["id"]?.DeepClone() }.ToJsonString());
        var venue = connection.Path.StartsWith("/ws", StringComparison.Ordinal) ? _spot : _futures;
        lock (venue.Gate)
            foreach (var market in venue.Markets.Where(market => market.Quote is not null))
                PushMarket(venue, market, only: connection);
    }

    /// <summary>The account's own connections hear that their key is gone.</summary>
    public void ExpireListenKeys()
    {
        _keys.Expire();
        var text = new JsonObject { ["e"] = "listenKeyExpired", ["E"] = _futures.Now.UnixMilliseconds };
        foreach (var connection in Of(StreamKind.FuturesAccount))
            connection.Push("listenKeyExpired", text.ToJsonString());
    }

    private void Tell(TradingVenue venue, VenueEvent happened)
    {
        switch (happened)
        {
            case VenueEvent.PriceMoved moved:
                PushMarket(venue, venue.Market(moved.Quote.Symbol), only: null);
                return;
            case VenueEvent.MinuteEnded ended:
                PushMarket(venue, venue.Market(ended.Symbol), only: null, hasMinuteEnded: true);
                return;
        }

        foreach (var (name, text) in venue == _futures ? FuturesEvents.Of(venue, happened) : SpotEvents.Of(venue, happened))
        {
            if (venue == _futures)
                foreach (var connection in Of(StreamKind.FuturesAccount).Where(each => _keys.IsValid(each.QueryValue("listenKey"))))
                    connection.Push(name, text.ToJsonString());
            else
                foreach (var connection in Of(StreamKind.SpotCalls).Where(each => each.IsSignedIn))
                    connection.Push(name, new JsonObject { ["subscriptionId"] = 0, ["event"] = text.DeepClone() }.ToJsonString());
        }
    }

    private void PushMarket(TradingVenue venue, VenueMarket market, PushConnection? only, bool hasMinuteEnded = false)
    {
        foreach (var connection in only is null ? Of(venue == _futures ? StreamKind.FuturesMarket : StreamKind.SpotMarket) : [only])
        {
            string[] names;
            lock (_gate)
                names = [.. connection.Subscriptions];
            foreach (var name in names.Where(name => !hasMinuteEnded || MarketStream.EventOf(name) == "kline"))
                if (MarketStream.Message(venue, market, name, hasMinuteEnded) is { } message)
                    connection.Push(MarketStream.EventOf(name), message.ToJsonString());
        }
    }

    private PushConnection[] Of(StreamKind kind)
    {
        lock (_gate)
            return [.. _connections.Where(each => each.Kind == kind).Select(each => each.Connection)];
    }
}
