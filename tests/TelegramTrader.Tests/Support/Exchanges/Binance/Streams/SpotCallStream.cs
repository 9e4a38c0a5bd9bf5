using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Http;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Streams;

/// <summary>The signed calls over a connection of which spot needs one: to hear of its own account.</summary>
internal static class SpotCallStream
{
    public static JsonObject Answer(BinanceAccount account, TradingVenue spot, PushConnection connection, JsonObject asked)
    {
        var id = asked["id"]?.DeepClone();
        try
        {
            if (asked["method"]?.GetValue<string>() != "userDataStream.subscribe.signature")
                throw new BinanceRefusal(-1099, "Not found, unauthenticated, or unauthorized.");
            var sent = asked["params"]?.AsObject() ?? throw BinanceRefusal.Malformed("params");
            account.CheckKey(Text(sent["apiKey"]));
            // What is signed are the parameters in the order of their names.
            var payload = string.Join('&', sent.Where(each => each.Key != "signature").OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={Text(each.Value)}"));
            BinanceAccount.CheckSignature(payload, Text(sent["signature"]));
            BinanceAccount.CheckTime(
                long.TryParse(Text(sent["timestamp"]), out var at) ? at : throw BinanceRefusal.Malformed("timestamp"),
                long.TryParse(Text(sent["recvWindow"]), out var window) ? window : null, spot.Now);
            connection.IsSignedIn = true;
            return new JsonObject { ["id"] = id, ["status"] = 200, ["result"] = new JsonObject { ["subscriptionId"] = 0 } };
        }
        catch (BinanceRefusal refusal)
        {
            return new JsonObject { ["id"] = id, ["status"] = refusal.Status, ["error"] = new JsonObject { ["code"] = refusal.Code, ["msg"] = refusal.Message } };
        }
    }

    private static string? Text(JsonNode? node) => node?.ToString();
}
