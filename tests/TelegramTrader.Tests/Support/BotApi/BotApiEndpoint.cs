using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>The bot's side of the server: addresses, tokens, envelopes, and the faults on the way.</summary>
public sealed partial class BotApiEndpoint(string token, BotApiMethods methods, BotApiFaults faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<BotApiCall> _calls = [];
    private readonly List<(Func<BotApiCall, bool> IsWanted, TaskCompletionSource<BotApiCall> Seen)> _watchers = [];
    private readonly CancellationTokenSource _stopping = new();

    public bool AddUnknownFields { get; set; }

    public IReadOnlyList<BotApiCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public void Stop() => _stopping.Cancel();

    public async Task<BotApiCall> WaitAsync(Func<BotApiCall, bool> isWanted, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource<BotApiCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_calls.Find(call => isWanted(call)) is { } there)
                return there;
            _watchers.Add((isWanted, seen));
        }
        return await seen.Task.WaitAsync(timeout);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await AnswerAsync(context, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The caller has gone, or the test is over.
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var call = await BotApiCall.ReadAsync(Method(context.Request.Path), context.Request, time.GetUtcNow(), cancellationToken);
            Note(call);
            var fault = faults.Take(call);
            if (fault is not null && await FailAsync(fault, context, cancellationToken))
                return;
            var result = await methods.CarryOutAsync(call, cancellationToken);
            if (fault is BotApiFault.CutAfter)
                context.Abort();
            else
                await WriteAsync(context, 200, new JsonObject { ["ok"] = true, ["result"] = result }, cancellationToken);
        }
        catch (BotApiError error)
        {
            var answer = new JsonObject { ["ok"] = false, ["error_code"] = error.Code, ["description"] = error.Message };
            if (error.RetryAfter is { } retryAfter)
                answer["parameters"] = new JsonObject { ["retry_after"] = retryAfter };
            if (error.MigrateToChatId is { } newChatId)
                answer["parameters"] = new JsonObject { ["migrate_to_chat_id"] = newChatId };
            await WriteAsync(context, error.Code, answer, cancellationToken);
        }
    }

    /// <summary>The method in the address, as the schema spells it. An unknown token is refused, one that can't be a token isn't found.</summary>
    private string Method(PathString path)
    {
        var match = Address().Match(path.Value ?? "");
        if (!match.Success)
            throw new BotApiError(404, "Not Found");
        if (match.Groups["token"].Value != token)
            throw new BotApiError(401, "Unauthorized");
        var method = match.Groups["method"].Value;
        return BotApiSchema.Methods.Keys.FirstOrDefault(known => known.Equals(method, StringComparison.OrdinalIgnoreCase))
            ?? throw new BotApiError(404, "Not Found: method not found");
    }

    private void Note(BotApiCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            foreach (var watcher in _watchers.FindAll(watcher => watcher.IsWanted(call)))
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult(call);
            }
        }
    }

    /// <summary>Whether the fault has ended the call.</summary>
    private static async Task<bool> FailAsync(BotApiFault fault, HttpContext context, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case BotApiFault.Answer answer:
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = answer.ContentType;
                if (answer.Location is { } location)
                    context.Response.Headers.Location = location;
                await context.Response.WriteAsync(answer.Body, cancellationToken);
                return true;
            case BotApiFault.EchoAddress:
                var address = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path} {Uri.EscapeDataString(context.Request.Path)}";
                throw new BotApiError(401, $"Unauthorized: {address}");
            case BotApiFault.Endless:
                var block = new byte[64 * 1024];
                while (true)
                    await context.Response.Body.WriteAsync(block, cancellationToken);
            case BotApiFault.Flood flood:
                throw new BotApiError(429, $"Too Many Requests: retry after {flood.RetryAfter}", retryAfter: flood.RetryAfter);
            case BotApiFault.Silence:
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                return true;
            case BotApiFault.Held held:
                await held.Release.WaitAsync(cancellationToken);
                return false;
            case BotApiFault.CutBefore:
                context.Abort();
                return true;
            default:
                return false;
        }
    }

    private async Task WriteAsync(HttpContext context, int status, JsonObject answer, CancellationToken cancellationToken)
    {
        if (AddUnknownFields)
            Decorate(answer);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), cancellationToken);
    }

    private static void Decorate(JsonNode? node)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Decorate(item);
        if (node is not JsonObject fields)
            return;
        foreach (var (_, value) in fields)
            Decorate(value);
        fields.Insert(0, "field_of_the_future", new JsonArray(1, "two", new JsonObject { ["three"] = null }));
    }

    [GeneratedRegex("^/bot(?<token>[0-9]+:[A-Za-z0-9_-]+)/(?<method>[A-Za-z]+)$")]
    private static partial Regex Address();
}
