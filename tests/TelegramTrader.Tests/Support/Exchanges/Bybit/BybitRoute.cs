using System.Text.Json.Nodes;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>One endpoint.</summary>
/// <param name="Endpoint">For example <c>GET /v5/market/time</c>.</param>
/// <param name="Parameters">All that it reads, blank between them; those that must be there end with an exclamation mark.</param>
/// <param name="Answer">Carries it out; throws <see cref="BybitRefusal"/> or <see cref="Venue.VenueRefusal"/>.</param>
internal sealed record BybitRoute(string Endpoint, bool IsSigned, string Parameters, Func<BybitRequest, JsonObject> Answer)
{
    /// <summary>Counts as an order.</summary>
    public bool IsOrder { get; init; }

    public static BybitRoute Public(string endpoint, string parameters, Func<BybitRequest, JsonObject> answer) => new(endpoint, false, parameters, answer);

    public static BybitRoute Signed(string endpoint, string parameters, Func<BybitRequest, JsonObject> answer) => new(endpoint, true, parameters, answer);

    /// <summary>Refuses what is missing, and what nobody reads: Bybit itself passes over the latter, and a misspelt reduceOnly would go unseen.</summary>
    public void Check(BybitRequest request)
    {
        var known = Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var mandatory in known.Where(name => name.EndsWith('!')))
            request.Required(mandatory.TrimEnd('!'));
        if (request.Names.FirstOrDefault(name => known.All(each => each.TrimEnd('!') != name)) is { } unread)
            throw BybitRefusal.Parameters($"{unread} is not a parameter of {Endpoint}");
    }
}
