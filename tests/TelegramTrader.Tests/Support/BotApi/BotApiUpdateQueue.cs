using System.Text.Json.Nodes;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>The updates that wait to be fetched, with the rules of <c>getUpdates</c>.</summary>
public sealed class BotApiUpdateQueue(TimeProvider time)
{
    // As in Telegram's own server: an offset further ahead than this is taken for one from another count and overlooked.
    private const int FarthestOffset = 10;

    private readonly Lock _gate = new();
    private readonly List<(long Id, JsonObject Update)> _waiting = [];
    private string[]? _allowed;
    private Poll? _poll;

    /// <summary>The id of the next update. Setting it smaller is what Telegram does after a quiet week.</summary>
    public long NextId { get; set; } = 500_000_001;

    /// <summary>Set to what a webhook would be told; null when there is none.</summary>
    public string? Webhook { get; set; }

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Adds an update, unless its kind is one that the bot doesn't want. The answer is its id.</summary>
    public long Add(string kind, JsonNode content)
    {
        lock (_gate)
        {
            var id = NextId++;
            if (_allowed is null || _allowed.Length == 0 || _allowed.Contains(kind))
                Enqueue(id, new JsonObject { ["update_id"] = id, [kind] = content.DeepClone() });
            return id;
        }
    }

    /// <summary>Adds any update whatever, wanted or not. It needs no id, but gets none either.</summary>
    public void AddRaw(JsonObject update)
    {
        lock (_gate)
        {
            var id = NextId++;
            if (update.TryGetPropertyValue("update_id", out var given) && given is JsonValue value && value.TryGetValue<long>(out var number))
            {
                id = number;
                NextId = number + 1;
            }
            Enqueue(id, update);
        }
    }

    /// <summary>One <c>getUpdates</c>. A second one while it waits ends this one with a conflict.</summary>
    public async Task<JsonArray> FetchAsync(BotApiCall call, CancellationToken cancellationToken)
    {
        Poll poll;
        lock (_gate)
        {
            if (Webhook is not null)
                throw new BotApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            _poll?.Ended.TrySetException(
                new BotApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
            _poll = null;
            if (call.Fields.TryGetProperty("allowed_updates", out var kinds))
                _allowed = [.. kinds.EnumerateArray().Select(kind => kind.GetString()!)];
            if (call.Number("offset") is { } offset && offset <= NextId + FarthestOffset)
                _waiting.RemoveAll(update => update.Id < offset);
            var limit = (int)(call.Number("limit") ?? 100);
            var timeout = call.Number("timeout") ?? 0;
            if (_waiting.Count > 0 || timeout == 0)
                return Ready(limit);
            poll = _poll = new Poll(limit, TimeSpan.FromSeconds(timeout));
        }
        try
        {
            return await poll.Ended.Task.WaitAsync(poll.Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return [];
        }
        finally
        {
            lock (_gate)
                if (_poll == poll)
                    _poll = null;
        }
    }

    private void Enqueue(long id, JsonObject update)
    {
        _waiting.Add((id, update));
        if (_poll is { } poll && poll.Ended.TrySetResult(Ready(poll.Limit)))
            _poll = null;
    }

    private JsonArray Ready(int limit) => [.. _waiting.Take(limit).Select(update => update.Update.DeepClone())];

    private sealed record Poll(int Limit, TimeSpan Timeout)
    {
        public TaskCompletionSource<JsonArray> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
