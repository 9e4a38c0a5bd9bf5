using System.Text.Json.Nodes;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A chat and how it stands with the bot.</summary>
public sealed record BotApiChat(long Id, string Type, string Name)
{
    /// <summary>Why nothing can be sent to it, as Telegram words it; null when something can.</summary>
    public string? ClosedBecause { get; init; }

    public long? MigratedTo { get; init; }

    public JsonObject ToJson() => Type == "private"
        ? new JsonObject { ["id"] = Id, ["type"] = Type, ["first_name"] = Name }
        : new JsonObject { ["id"] = Id, ["type"] = Type, ["title"] = Name };
}

/// <summary>The chats and the messages in them, as they stand. Safe to use from any thread.</summary>
public sealed class BotApiChats(long botId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, BotApiChat> _chats = [];
    private readonly Dictionary<long, List<BotApiMessage>> _messages = [];
    private readonly Dictionary<long, long> _lastIds = [];
    private readonly List<(Func<BotApiMessage, bool> IsWanted, TaskCompletionSource<BotApiMessage> Seen)> _watchers = [];

    public void Put(BotApiChat chat)
    {
        lock (_gate)
            _chats[chat.Id] = chat;
    }

    public void Change(long chatId, Func<BotApiChat, BotApiChat> change)
    {
        lock (_gate)
            _chats[chatId] = change(_chats[chatId]);
    }

    public BotApiChat Known(long chatId)
    {
        lock (_gate)
            return _chats.GetValueOrDefault(chatId) ?? throw BotApiError.BadRequest("chat not found");
    }

    /// <summary>A chat that can be written to. Throws <see cref="BotApiError"/> otherwise.</summary>
    public BotApiChat Open(long chatId)
    {
        var chat = Known(chatId);
        if (chat.MigratedTo is { } newId)
            throw new BotApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrateToChatId: newId);
        return chat.ClosedBecause is null ? chat : throw new BotApiError(403, $"Forbidden: {chat.ClosedBecause}");
    }

    public IReadOnlyList<BotApiMessage> Messages(long chatId)
    {
        lock (_gate)
            return [.. _messages.GetValueOrDefault(chatId) ?? []];
    }

    public BotApiMessage? Find(long chatId, long messageId)
    {
        lock (_gate)
            return _messages.GetValueOrDefault(chatId)?.Find(message => message.MessageId == messageId);
    }

    /// <summary>Adds a message; <paramref name="make"/> gets its id.</summary>
    public BotApiMessage Add(long chatId, Func<long, BotApiMessage> make)
    {
        lock (_gate)
        {
            var id = _lastIds[chatId] = _lastIds.GetValueOrDefault(chatId) + 1;
            var message = make(id);
            if (!_messages.TryGetValue(chatId, out var messages))
                _messages[chatId] = messages = [];
            messages.Add(message);
            Show(message);
            return message;
        }
    }

    public void Replace(BotApiMessage message)
    {
        lock (_gate)
        {
            var messages = _messages[message.ChatId];
            messages[messages.FindIndex(other => other.MessageId == message.MessageId)] = message;
            Show(message);
        }
    }

    public bool Delete(long chatId, long messageId)
    {
        lock (_gate)
            return _messages.TryGetValue(chatId, out var messages) && messages.RemoveAll(message => message.MessageId == messageId) > 0;
    }

    /// <summary>The first message that is wanted: one that is there, or the next that is sent or edited.</summary>
    public async Task<BotApiMessage> WaitAsync(Func<BotApiMessage, bool> isWanted, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource<BotApiMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_messages.Values.SelectMany(messages => messages).FirstOrDefault(isWanted) is { } there)
                return there;
            _watchers.Add((isWanted, seen));
        }
        return await seen.Task.WaitAsync(timeout);
    }

    public JsonObject ToJson(BotApiMessage message)
    {
        var json = new JsonObject
        {
            ["message_id"] = message.MessageId,
            ["from"] = message.UserId is { } userId ? BotApiServer.UserJson(userId, NameOf(userId)) : BotApiServer.BotJson(botId),
            ["chat"] = Known(message.ChatId).ToJson(),
            ["date"] = message.Date.ToUnixTimeSeconds(),
        };
        if (message.ThreadId is { } threadId)
            json["message_thread_id"] = threadId;
        if (message.Edits > 0)
            json["edit_date"] = message.Date.ToUnixTimeSeconds();
        if (message.File is { } file)
            json[file.IsPhoto ? "photo" : "document"] = file.IsPhoto
                ? new JsonArray(new JsonObject { ["file_id"] = "1", ["width"] = 1, ["height"] = 1 })
                : new JsonObject { ["file_id"] = "1", ["file_name"] = file.Name };
        if (message.Text.Length > 0)
            json[message.File is null ? "text" : "caption"] = message.Text;
        if (message.Content.Entities.Count > 0)
            json[message.File is null ? "entities" : "caption_entities"] = new JsonArray([.. message.Content.Entities.Select(EntityJson)]);
        if (message.Markup.ValueKind != System.Text.Json.JsonValueKind.Undefined)
            json["reply_markup"] = JsonNode.Parse(message.Markup.GetRawText());
        if (message.ReplyTo is { } replyTo && Find(message.ChatId, replyTo) is { } replied)
            json["reply_to_message"] = ToJson(replied with { ReplyTo = null });
        return json;
    }

    private string NameOf(long userId)
    {
        lock (_gate)
            return _chats.GetValueOrDefault(userId)?.Name ?? $"User {userId}";
    }

    private static JsonNode EntityJson(BotApiEntity entity)
    {
        var json = new JsonObject { ["type"] = entity.Type, ["offset"] = entity.Offset, ["length"] = entity.Length };
        if (entity.Type == "text_link")
            json["url"] = entity.Argument;
        return json;
    }

    private void Show(BotApiMessage message)
    {
        foreach (var watcher in _watchers.FindAll(watcher => watcher.IsWanted(message)))
        {
            _watchers.Remove(watcher);
            watcher.Seen.TrySetResult(message);
        }
    }
}
