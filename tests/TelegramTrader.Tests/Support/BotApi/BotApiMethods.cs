using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>An answer to a pressed button.</summary>
public sealed record BotApiCallbackAnswer(string QueryId, string? Text, bool IsAlert);

/// <summary>Carries out the methods, with Telegram's rules and wording of refusals.</summary>
public sealed partial class BotApiMethods(BotApiChats chats, BotApiUpdateQueue updates, TimeProvider time, long botId)
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;
    private const int MostMarkupBytes = 32_768;
    private const int MostPhotoBytes = 10 * 1024 * 1024;
    private const int MostFileBytes = 50 * 1024 * 1024;

    private static readonly TimeSpan CallbackLifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _openCallbacks = [];
    private readonly List<BotApiCallbackAnswer> _callbackAnswers = [];
    private readonly Dictionary<(string Scope, string Language), IReadOnlyList<(string Command, string Description)>> _commands = [];

    /// <summary>Null: no limits.</summary>
    public BotApiFloodLimits? FloodLimits { get; set; }

    public IReadOnlyList<BotApiCallbackAnswer> CallbackAnswers
    {
        get
        {
            lock (_gate)
                return [.. _callbackAnswers];
        }
    }

    /// <summary>The menu of a scope (its type, with ids behind a colon) and a language (empty for all).</summary>
    public IReadOnlyList<(string Command, string Description)> Commands(string scope = "default", string language = "")
    {
        lock (_gate)
            return _commands.GetValueOrDefault((scope, language)) ?? [];
    }

    public void OpenCallback(string queryId)
    {
        lock (_gate)
            _openCallbacks[queryId] = time.GetUtcNow();
    }

    /// <summary>The result, or a <see cref="BotApiError"/>.</summary>
    public async Task<JsonNode> CarryOutAsync(BotApiCall call, CancellationToken cancellationToken)
    {
        if (BotApiSchema.Methods[call.Method].Problem(call.Fields, "") is { } problem)
            throw BotApiError.BadRequest(problem);
        return call.Method switch
        {
            "getMe" => BotApiServer.BotJson(botId),
            "getChat" => chats.Known(call.Number("chat_id")!.Value).ToJson(),
            "getUpdates" => await updates.FetchAsync(call, cancellationToken),
            "deleteWebhook" => DeleteWebhook(call),
            "sendMessage" => Send(call, Text(call, "text", LongestText), null),
            "sendDocument" => Send(call, Caption(call), FileOf(call, "document", MostFileBytes)),
            "sendPhoto" => Send(call, Caption(call), FileOf(call, "photo", MostPhotoBytes)),
            "editMessageText" => EditText(call),
            "editMessageReplyMarkup" => EditMarkup(call),
            "deleteMessage" => Delete(call),
            "answerCallbackQuery" => AnswerCallback(call),
            "setMyCommands" => SetCommands(call),
            _ => throw new BotApiError(404, "Not Found: method not found"),
        };
    }

    private JsonValue DeleteWebhook(BotApiCall call)
    {
        if (call.Flag("drop_pending_updates"))
            throw BotApiError.BadRequest("this server never drops pending updates");
        updates.Webhook = null;
        return JsonValue.Create(true);
    }

    private JsonObject Send(BotApiCall call, BotApiText text, BotApiFile? file)
    {
        var chatId = call.Number("chat_id")!.Value;
        var markup = Markup(call, chatId);
        chats.Open(chatId);
        var replyTo = ReplyTo(call, chatId);
        TakeFromLimits(chatId);
        return chats.ToJson(chats.Add(chatId, id => new BotApiMessage
        {
            ChatId = chatId,
            MessageId = id,
            Date = time.GetUtcNow(),
            Content = text,
            IsSilent = call.Flag("disable_notification"),
            ThreadId = call.Number("message_thread_id"),
            ReplyTo = replyTo,
            File = file,
            Markup = markup,
        }));
    }

    private JsonObject EditText(BotApiCall call)
    {
        var text = Text(call, "text", LongestText);
        var message = Editable(call);
        if (message.File is not null)
            throw BotApiError.BadRequest("there is no text in the message to edit");
        return Edit(call, message with { Content = text, Markup = Markup(call, message.ChatId) }, message);
    }

    private JsonObject EditMarkup(BotApiCall call)
    {
        var message = Editable(call);
        return Edit(call, message with { Markup = Markup(call, message.ChatId) }, message);
    }

    private JsonObject Edit(BotApiCall call, BotApiMessage edited, BotApiMessage before)
    {
        TakeFromLimits(call.Number("chat_id")!.Value);
        if (edited.Text == before.Text
            && edited.Content.Entities.SequenceEqual(before.Content.Entities)
            && edited.Keyboard.SelectMany(row => row.Append(null)).SequenceEqual(before.Keyboard.SelectMany(row => row.Append(null))))
            throw BotApiError.BadRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        edited = edited with { Edits = before.Edits + 1 };
        chats.Replace(edited);
        return chats.ToJson(edited);
    }

    private BotApiMessage Editable(BotApiCall call)
    {
        var chat = chats.Open(call.Number("chat_id")!.Value);
        var message = chats.Find(chat.Id, call.Number("message_id")!.Value) ?? throw BotApiError.BadRequest("message to edit not found");
        return message.UserId is null ? message : throw BotApiError.BadRequest("message can't be edited");
    }

    private JsonValue Delete(BotApiCall call) =>
        chats.Delete(chats.Open(call.Number("chat_id")!.Value).Id, call.Number("message_id")!.Value)
            ? JsonValue.Create(true)
            : throw BotApiError.BadRequest("message to delete not found");

    private JsonValue AnswerCallback(BotApiCall call)
    {
        var id = call.Text("callback_query_id")!;
        lock (_gate)
        {
            if (!_openCallbacks.Remove(id, out var pressed) || time.GetUtcNow() - pressed > CallbackLifetime)
                throw BotApiError.BadRequest("query is too old and response timeout expired or query ID is invalid");
            _callbackAnswers.Add(new BotApiCallbackAnswer(id, call.Text("text"), call.Flag("show_alert")));
        }
        return JsonValue.Create(true);
    }

    private JsonValue SetCommands(BotApiCall call)
    {
        var commands = call.Fields.GetProperty("commands").EnumerateArray()
            .Select(command => (Name: command.GetProperty("command").GetString()!, Description: command.GetProperty("description").GetString()!))
            .ToList();
        if (commands.Count > 100)
            throw BotApiError.BadRequest("BOT_COMMANDS_TOO_MUCH");
        if (commands.Exists(command => !CommandName().IsMatch(command.Name)))
            throw BotApiError.BadRequest("BOT_COMMAND_INVALID");
        if (commands.Exists(command => command.Description.Length is 0 or > 256))
            throw BotApiError.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID");
        lock (_gate)
            _commands[(ScopeName(call), call.Text("language_code") ?? "")] = commands;
        return JsonValue.Create(true);
    }

    private static string ScopeName(BotApiCall call)
    {
        if (!call.Fields.TryGetProperty("scope", out var scope))
            return "default";
        var type = scope.GetProperty("type").GetString()!;
        string[] ids = type switch
        {
            "chat" or "chat_administrators" => ["chat_id"],
            "chat_member" => ["chat_id", "user_id"],
            _ => [],
        };
        if (scope.EnumerateObject().Count() != ids.Length + 1 || !Array.TrueForAll(ids, id => scope.TryGetProperty(id, out _)))
            throw BotApiError.BadRequest($"scope \"{type}\" must have exactly the fields [{string.Join(", ", ids)}] beside its type");
        return string.Join(':', ids.Select(id => scope.GetProperty(id).GetRawText()).Prepend(type));
    }

    private static BotApiText Caption(BotApiCall call) => call.Text("caption") is null ? new BotApiText("", []) : Text(call, "caption", LongestCaption);

    private static BotApiText Text(BotApiCall call, string field, int longest)
    {
        var source = call.Text(field)!;
        if (Encoding.UTF8.GetByteCount(source) > MostMarkupBytes)
            throw BotApiError.BadRequest("text is too long");
        var parsed = call.Text("parse_mode") == "HTML" ? BotApiHtml.Parse(source) : new BotApiText(source, []);
        var text = parsed.Text.TrimEnd();
        var start = text.Length - text.TrimStart().Length;
        text = text[start..];
        if (text.Length == 0)
            throw BotApiError.BadRequest("message text is empty");
        if (text.Length > longest)
            throw BotApiError.BadRequest(field == "text" ? "message is too long" : "message caption is too long");
        return new BotApiText(text, [.. parsed.Entities.Select(entity => entity with { Offset = entity.Offset - start })]);
    }

    private static BotApiFile FileOf(BotApiCall call, string field, int mostBytes)
    {
        if (call.File.Length == 0)
            throw BotApiError.BadRequest("file must be non-empty");
        if (call.File.Length > mostBytes)
            throw new BotApiError(413, "Request Entity Too Large");
        if (field == "photo")
            CheckPhoto(call.File);
        return new BotApiFile(call.Text(field)!, call.File, field == "photo");
    }

    /// <summary>Width and height add up to 10,000 at most, and neither is more than 20 times the other.</summary>
    private static void CheckPhoto(ReadOnlyMemory<byte> file)
    {
        if (PngPicture.SizeOf(file.Span) is not { } size)
            throw BotApiError.BadRequest("IMAGE_PROCESS_FAILED");
        if ((long)size.Width + size.Height > 10_000 || size.Width > 20L * size.Height || size.Height > 20L * size.Width)
            throw BotApiError.BadRequest("PHOTO_INVALID_DIMENSIONS");
    }

    private long? ReplyTo(BotApiCall call, long chatId)
    {
        if (!call.Fields.TryGetProperty("reply_parameters", out var reply))
            return null;
        var id = reply.GetProperty("message_id").GetInt64();
        if (chats.Find(chatId, id) is not null)
            return id;
        return reply.TryGetProperty("allow_sending_without_reply", out var allowed) && allowed.GetBoolean()
            ? null
            : throw BotApiError.BadRequest("message to be replied not found");
    }

    private static JsonElement Markup(BotApiCall call, long chatId)
    {
        if (!call.Fields.TryGetProperty("reply_markup", out var markup))
            return default;
        foreach (var button in markup.GetProperty("inline_keyboard").EnumerateArray().SelectMany(row => row.EnumerateArray()))
        {
            var actions = button.EnumerateObject().Where(field => field.Name != "text").ToList();
            if (actions.Count == 0)
                throw BotApiError.BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
            if (actions.Count > 1)
                throw BotApiError.BadRequest("can't parse inline keyboard button: exactly one of the optional fields must be used");
            if (actions[0].Name == "callback_data" && Encoding.UTF8.GetByteCount(actions[0].Value.GetString()!) is 0 or > 64)
                throw BotApiError.BadRequest("BUTTON_DATA_INVALID");
            if (actions[0].Name == "url" && !Uri.IsWellFormedUriString(actions[0].Value.GetString(), UriKind.Absolute))
                throw BotApiError.BadRequest("BUTTON_URL_INVALID");
            if (actions[0].Name == "web_app" && (chatId < 0 || !actions[0].Value.GetProperty("url").GetString()!.StartsWith("https://", StringComparison.Ordinal)))
                throw BotApiError.BadRequest("BUTTON_TYPE_INVALID");
        }
        return markup.GetProperty("inline_keyboard").GetArrayLength() == 0 ? default : markup;
    }

    private void TakeFromLimits(long chatId)
    {
        lock (_gate)
            FloodLimits?.Take(chatId, time.GetUtcNow());
    }

    [GeneratedRegex("^[a-z0-9_]{1,32}$")]
    private static partial Regex CommandName();
}
