namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>Something that goes wrong with a call.</summary>
public abstract record BotApiFault
{
    private BotApiFault()
    {
    }

    /// <summary>An answer in place of the right one; the call has no effect.</summary>
    /// <param name="Location">Where a redirect leads to.</param>
    public sealed record Answer(int Status, string Body, string ContentType = "application/json", string? Location = null) : BotApiFault;

    /// <summary>401 with a text that repeats the address, token included.</summary>
    public sealed record EchoAddress : BotApiFault;

    /// <summary>More bytes than anybody should read.</summary>
    public sealed record Endless : BotApiFault;

    /// <summary>"Too many requests", as Telegram says it; the call has no effect.</summary>
    public sealed record Flood(int RetryAfter) : BotApiFault;

    /// <summary>No answer until the caller gives up; the call has no effect.</summary>
    public sealed record Silence : BotApiFault;

    /// <summary>The call is carried out when <paramref name="Release"/> completes.</summary>
    public sealed record Held(Task Release) : BotApiFault;

    /// <summary>The connection breaks before the call is carried out.</summary>
    public sealed record CutBefore : BotApiFault;

    /// <summary>The call is carried out, and the connection breaks before the answer.</summary>
    public sealed record CutAfter : BotApiFault;

    public static BotApiFault ServerError { get; } = new Answer(500, """{"ok":false,"error_code":500,"description":"Internal Server Error"}""");

    public static BotApiFault BadGateway { get; } =
        new Answer(502, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>", "text/html");

    public static BotApiFault Garbage { get; } = new Answer(200, "\u0001\u0002 not {json", "application/octet-stream");
}

/// <summary>Which calls go wrong, and how.</summary>
public sealed class BotApiFaults
{
    private readonly Lock _gate = new();
    private readonly List<(string? Method, Func<BotApiCall, bool> Matches, BotApiFault Fault, int Left)> _planned = [];

    /// <summary>The next <paramref name="count"/> calls, of one method if one is named, that match.</summary>
    public void Next(int count, BotApiFault fault, string? method = null, Func<BotApiCall, bool>? matching = null)
    {
        lock (_gate)
            _planned.Add((method, matching ?? (_ => true), fault, count));
    }

    /// <summary>All calls until <see cref="Clear"/>.</summary>
    public void Always(BotApiFault fault, string? method = null, Func<BotApiCall, bool>? matching = null) => Next(int.MaxValue, fault, method, matching);

    public void Clear()
    {
        lock (_gate)
            _planned.Clear();
    }

    internal BotApiFault? Take(BotApiCall call)
    {
        lock (_gate)
        {
            var index = _planned.FindIndex(planned => (planned.Method is null || planned.Method == call.Method) && planned.Matches(call));
            if (index < 0)
                return null;
            var (method, matches, fault, left) = _planned[index];
            if (left == 1)
                _planned.RemoveAt(index);
            else
                _planned[index] = (method, matches, fault, left - 1);
            return fault;
        }
    }
}
