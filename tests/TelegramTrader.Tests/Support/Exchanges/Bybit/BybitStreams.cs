using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>All connections: prices of contracts and of spot (<c>/v5/public/…</c>), and the account's own (<c>/v5/private</c>), which is signed.</summary>
internal sealed class BybitStreams
{
    private const string Private = "/v5/private";

    private readonly BybitBook _linear;
    private readonly BybitBook _spot;
    private readonly BybitAccount _account;
    private readonly ExchangeClock _clock;
    private readonly Lock _gate = new();
    private readonly List<PushConnection> _connections = [];

    public BybitStreams(BybitBook linear, BybitBook spot, BybitAccount account, ExchangeClock clock)
    {
        (_linear, _spot, _account, _clock) = (linear, spot, account, clock);
        linear.Venue.Happened += happened => Tell(linear, happened);
        spot.Venue.Happened += happened => Tell(spot, happened);
    }

    public bool Connected(PushConnection connection)
    {
        if (connection.Path != Private && Public(connection) is null)
            return false;
        lock (_gate)
            _connections.Add(connection);
        return true;
    }

    public void Disconnected(PushConnection connection)
    {
        lock (_gate)
            _connections.Remove(connection);
    }

    public void Received(PushConnection connection, string message)
    {
        if (JsonNode.Parse(message) is not JsonObject asked)
            return;
        var operation = asked["op"]?.GetValue<string>() ?? "";
        var given = asked["args"] is JsonArray list ? list.Select(each => each!.ToString()).ToArray() : [];
        switch (operation)
        {
            case "ping":
                Reply(connection, asked, operation, true, "pong");
                return;
            case "auth":
                connection.IsSignedIn = IsRight(given);
                Reply(connection, asked, operation, connection.IsSignedIn, connection.IsSignedIn ? "" : "error sign! please check your signature generation algorithm.");
                return;
            case "subscribe" or "unsubscribe":
                break;
            default:
                Reply(connection, asked, operation, false, $"error:op not supported:{operation}");
                return;
        }

        if (given.FirstOrDefault(topic => !IsOffered(connection, topic)) is { } wrong)
        {
            Reply(connection, asked, operation, false, $"error:handler not found,topic:{wrong}");
            return;
        }

        lock (_gate)
        {
            if (operation == "subscribe")
                connection.Subscriptions.UnionWith(given);
            else
                connection.Subscriptions.ExceptWith(given);
        }

        Reply(connection, asked, operation, true, "");
        if (operation == "subscribe" && Public(connection) is { } book)
            lock (book.Venue.Gate)
                foreach (var market in book.Venue.Markets.Where(market => market.Quote is not null))
                    PushPrice(book, market, connection, given, isFirst: true);
    }

    private bool IsOffered(PushConnection connection, string topic) => Public(connection) is null
        ? connection.IsSignedIn && topic is "order" or "execution" or "position" or "wallet"
        : topic.StartsWith("tickers.", StringComparison.Ordinal) || topic.StartsWith("orderbook.1.", StringComparison.Ordinal);

    private BybitBook? Public(PushConnection connection) => connection.Path switch
    {
        "/v5/public/linear" => _linear,
        "/v5/public/spot" => _spot,
        _ => null,
    };

    private bool IsRight(string[] given) => given is [BybitServer.ApiKey, var expires, var signature] && !_account.IsKeyRevoked
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) && until > _clock.Now.UnixMilliseconds
        && signature == BybitEndpoint.Signature("GET/realtime" + expires);

    private static void Reply(PushConnection connection, JsonObject asked, string operation, bool isDone, string words) => connection.Reply(new JsonObject
    {
        ["success"] = isDone,
        ["ret_msg"] = words,
        ["conn_id"] = "1b4a4b6e-simulated",
        ["req_id"] = asked["req_id"]?.DeepClone() ?? "",
        ["op"] = operation,
    }.ToJsonString());

    private void Tell(BybitBook book, VenueEvent happened)
    {
        switch (happened)
        {
            case VenueEvent.PriceMoved moved:
                foreach (var connection in All().Where(connection => Public(connection) == book))
                    PushPrice(book, book.Venue.Market(moved.Quote.Symbol), connection, Subscriptions(connection), isFirst: false);
                break;
            case VenueEvent.OrderChanged changed:
                PushOwn("order", BybitText.Order(book, changed.Order));
                break;
            case VenueEvent.Traded traded:
                PushOwn("execution", BybitText.Trade(book, traded.Trade));
                PushOwn("order", BybitText.Order(book, traded.Trade.Order));
                if (!book.IsSpot)
                    PushOwn("position", OwnPosition(book, traded.Trade.Order.Request.Symbol));
                break;
            case VenueEvent.FundingPaid paid:
                PushOwn("execution", BybitText.Funding(book, paid.Income));
                break;
        }
    }

    private JsonObject OwnPosition(BybitBook book, Core.Market.Symbol symbol)
    {
        var text = _account.Position(book.Venue.Market(symbol));
        text["category"] = book.Category;
        text["entryPrice"] = text["avgPrice"]!.DeepClone();
        return text;
    }

    private void PushPrice(BybitBook book, VenueMarket market, PushConnection connection, string[] topics, bool isFirst)
    {
        var id = BybitText.Id(market.Instrument.Symbol);
        foreach (var topic in topics.Where(topic => topic.EndsWith("." + id, StringComparison.Ordinal)))
        {
            var isBook = topic.StartsWith("orderbook.", StringComparison.Ordinal);
            // One level of the book is told whole each time, and so is a day of spot; of a contract's day what has changed only, after the first.
            var isWhole = isFirst || isBook || book.IsSpot;
            connection.Push(isBook ? "orderbook" : "tickers", new JsonObject
            {
                ["topic"] = topic,
                ["type"] = isWhole ? "snapshot" : "delta",
                ["ts"] = book.Venue.Now.UnixMilliseconds,
                ["cs"] = book.Venue.Now.UnixMilliseconds,
                ["data"] = isBook ? Level(market, id) : isWhole ? Day(book, market) : Change(market, id),
            }.ToJsonString());
        }
    }

    private static JsonObject Day(BybitBook book, VenueMarket market)
    {
        var day = BybitText.Ticker(book, market);
        if (!book.IsSpot)
            foreach (var (name, value) in Change(market, BybitText.Id(market.Instrument.Symbol)))
                day[name] = value?.DeepClone();
        return day;
    }

    private static JsonObject Change(VenueMarket market, string id) => new()
    {
        ["symbol"] = id,
        ["lastPrice"] = BybitText.Of(market.Quote?.Mid),
        ["bid1Price"] = BybitText.Of(market.Quote?.Bid),
        ["bid1Size"] = "10",
        ["ask1Price"] = BybitText.Of(market.Quote?.Ask),
        ["ask1Size"] = "10",
    };

    private static JsonObject Level(VenueMarket market, string id) => new()
    {
        ["s"] = id,
        ["b"] = new JsonArray(new JsonArray(BybitText.Of(market.Quote?.Bid), "10")),
        ["a"] = new JsonArray(new JsonArray(BybitText.Of(market.Quote?.Ask), "10")),
        ["u"] = market.Quote!.Value.Time.UnixMilliseconds,
        ["seq"] = market.Quote.Value.Time.UnixMilliseconds,
    };

    private void PushOwn(string topic, JsonObject data)
    {
        var text = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["topic"] = topic,
            ["creationTime"] = _clock.Now.UnixMilliseconds,
            ["data"] = new JsonArray(data),
        }.ToJsonString();
        foreach (var connection in All().Where(connection => connection.Path == Private && connection.IsSignedIn && Subscriptions(connection).Contains(topic)))
            connection.Push(topic, text);
    }

    private PushConnection[] All()
    {
        lock (_gate)
            return [.. _connections];
    }

    private string[] Subscriptions(PushConnection connection)
    {
        lock (_gate)
            return [.. connection.Subscriptions];
    }
}
