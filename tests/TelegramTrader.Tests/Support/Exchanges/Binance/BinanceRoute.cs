using System.Text.Json.Nodes;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

public enum BinanceSecurity
{
    None,

    /// <summary>The key alone.</summary>
    Key,

    /// <summary>Key, time and signature.</summary>
    Signed,
}

/// <summary>One endpoint.</summary>
/// <param name="Endpoint">For example <c>GET /fapi/v1/time</c>.</param>
/// <param name="Parameters">All that it reads, blank between them; those that must be there end with an exclamation mark.</param>
/// <param name="Weight">Of a request, with its parameters.</param>
/// <param name="Answer">Carries it out; throws <see cref="BinanceRefusal"/> or <see cref="Venue.VenueRefusal"/>.</param>
public sealed record BinanceRoute(string Endpoint, BinanceSecurity Security, string Parameters, Func<BinanceRequest, int> Weight, Func<BinanceRequest, JsonNode> Answer)
{
    /// <summary>As how many orders placed it counts.</summary>
    public int Orders { get; init; }

    public static BinanceRoute Public(string endpoint, string parameters, Func<BinanceRequest, JsonNode> answer, int weight = 1, int? weightOfAll = null) =>
        new(endpoint, BinanceSecurity.None, parameters, Weighed(weight, weightOfAll), answer);

    public static BinanceRoute WithKey(string endpoint, string parameters, Func<BinanceRequest, JsonNode> answer, int weight = 1) =>
        new(endpoint, BinanceSecurity.Key, parameters, _ => weight, answer);

    /// <param name="weightOfAll">Where no symbol is named.</param>
    public static BinanceRoute Signed(string endpoint, string parameters, Func<BinanceRequest, JsonNode> answer, int weight = 1, int? weightOfAll = null) =>
        new(endpoint, BinanceSecurity.Signed, parameters, Weighed(weight, weightOfAll), answer);

    /// <summary>Refuses what Binance refuses: parameters that are not read, sent twice, or missing.</summary>
    public void Check(BinanceRequest request)
    {
        var sent = request.Call.Parameters.Select(parameter => parameter.Key).ToArray();
        if (sent.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BinanceRefusal(-1101, $"Duplicate values for parameter '{twice.Key}'.");
        var known = Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var mandatory in known.Where(name => name.EndsWith('!')).Select(name => name.TrimEnd('!')))
            request.Required(mandatory);
        string[] envelope = Security == BinanceSecurity.Signed ? ["timestamp", "recvWindow", "signature"] : [];
        var read = sent.Count(name => known.Any(each => each.TrimEnd('!') == name) || envelope.Contains(name));
        if (read < sent.Length)
            throw new BinanceRefusal(-1104, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent.Length}'.");
    }

    private static Func<BinanceRequest, int> Weighed(int one, int? all) =>
        request => all is { } heavy && request.Text("symbol") is null && request.Text("symbols") is null ? heavy : one;
}
