using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <param name="Weight">What the exchange says has been used up; null where it says nothing.</param>
public sealed record BinanceReply(int Status, JsonNode? Body, int? Weight, int? RetryAfter)
{
    public int? Code => Body is JsonObject fields && fields["code"] is JsonValue code && code.TryGetValue<int>(out var number) ? number : null;

    public string? this[string name] => Body?[name]?.ToString();
}

/// <summary>Somebody with the account's key who speaks plain HTTP to the server.</summary>
public sealed class BinanceCaller(BinanceServer server) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = server.BaseUrl };

    /// <summary>How far the caller's own clock goes ahead.</summary>
    public TimeSpan ClockError { get; set; }

    public string Secret { get; set; } = BinanceAccount.Secret;

    public string? Key { get; set; } = BinanceAccount.ApiKey;

    /// <param name="parameters">As in a query: <c>symbol=BTCUSDT&amp;side=BUY</c>.</param>
    public async Task<BinanceReply> SignedAsync(string method, string path, string parameters = "")
    {
        var now = server.Clock.Time.GetUtcNow().ToUnixTimeMilliseconds() + (long)ClockError.TotalMilliseconds;
        var payload = parameters + (parameters.Length > 0 ? "&" : "") + string.Create(CultureInfo.InvariantCulture, $"timestamp={now}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(payload)));
        return await SendAsync(method, path, payload + "&signature=" + signature);
    }

    public async Task<BinanceReply> SendAsync(string method, string path, string payload = "")
    {
        var isInQuery = method is "GET" or "DELETE";
        using var request = new HttpRequestMessage(new HttpMethod(method), isInQuery && payload.Length > 0 ? $"{path}?{payload}" : path);
        if (Key is not null)
            request.Headers.Add("X-MBX-APIKEY", Key);
        if (!isInQuery)
            request.Content = new StringContent(payload, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new BinanceReply((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null,
            response.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var weights) ? int.Parse(weights.Single(), CultureInfo.InvariantCulture) : null,
            response.Headers.RetryAfter?.Delta is { } delta ? (int)delta.TotalSeconds : null);
    }

    public void Dispose() => _client.Dispose();
}
