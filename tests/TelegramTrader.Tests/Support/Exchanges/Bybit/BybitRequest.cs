using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Http;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>The parameters of one request: of the query, or of a JSON body.</summary>
public sealed class BybitRequest
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public BybitRequest(ExchangeCall call)
    {
        Call = call;
        if (call.Method == "GET")
        {
            foreach (var (name, value) in call.Parameters)
                _fields[name] = value;
            return;
        }

        if (JsonNode.Parse(call.Body.Length == 0 ? "{}" : call.Body) is not JsonObject body)
            throw BybitRefusal.Parameters("the body is no object");
        foreach (var (name, value) in body)
            if (value is not null)
                _fields[name] = value is JsonValue ? value.ToString() : throw BybitRefusal.Parameters(name);
    }

    public ExchangeCall Call { get; }

    public IEnumerable<string> Names => _fields.Keys;

    public string? Text(string name) => _fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw BybitRefusal.Parameters(name + " is required");

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw BybitRefusal.Parameters($"{name} '{text}' is no number");

    public bool Flag(string name) => Text(name) is "true" or "True";

    public int Limit(int usual, int largest) => (int)Math.Min(Number("limit") ?? usual, largest);

    /// <summary>The moments asked about, in Unix milliseconds: as long as named, and <paramref name="longest"/> from the one that is; the time before now where none is.</summary>
    public (long From, long Until) Window(Instant now, TimeSpan longest)
    {
        var length = (long)longest.TotalMilliseconds;
        return (Number("startTime"), Number("endTime")) switch
        {
            ({ } from, { } until) when until - from <= length => ((long)from, (long)until),
            ({ }, { }) => throw BybitRefusal.Parameters($"The time range between startTime and endTime cannot exceed {longest.TotalDays} days"),
            ({ } from, null) => ((long)from, (long)from + length),
            (null, { } until) => ((long)until - length, (long)until),
            _ => (now.UnixMilliseconds - length, now.UnixMilliseconds),
        };
    }

    public bool IsWithin(Instant at, string from = "startTime", string until = "endTime") =>
        !(Number(from) > at.UnixMilliseconds) && !(Number(until) < at.UnixMilliseconds);
}
