using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Telegram;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>
/// A Bot API server on loopback with one bot, as strict as Telegram and stricter where that shows our mistakes, and with faults on demand.
/// This file is the test's side of it: what people do and see. <see cref="BotApiEndpoint"/> is the bot's side.
/// </summary>
public sealed class BotApiServer : IAsyncDisposable
{
    public const long BotId = 7_000_000_001;

    private readonly WebApplication _application;
    private readonly TimeProvider _time;
    private readonly BotApiEndpoint _endpoint;
    private readonly BotApiMethods _methods;
    private readonly BotApiChats _chats;
    private long _lastCallback;

    private BotApiServer(WebApplication application, TimeProvider time)
    {
        _application = application;
        _time = time;
        _chats = new BotApiChats(BotId);
        Updates = new BotApiUpdateQueue(time);
        _methods = new BotApiMethods(_chats, Updates, time, BotId);
        _endpoint = new BotApiEndpoint(Token.Reveal(), _methods, Faults, time);
        application.Run(_endpoint.AnswerAsync);
    }

    public static BotToken Token { get; } = BotToken.Parse(string.Create(CultureInfo.InvariantCulture, $"{BotId}:AAsimulated-Token_not-a-secret-0123"));

    public Uri BaseUrl => new(_application.Urls.Single());

    public BotApiFaults Faults { get; } = new();

    public BotApiUpdateQueue Updates { get; }

    /// <summary>All requests, in the order they came.</summary>
    public IReadOnlyList<BotApiCall> Calls => _endpoint.Calls;

    public IReadOnlyList<BotApiCallbackAnswer> CallbackAnswers => _methods.CallbackAnswers;

    /// <summary>Adds fields to every object of every answer, as new versions of the Bot API do.</summary>
    public bool AddUnknownFields
    {
        set => _endpoint.AddUnknownFields = value;
    }

    /// <summary>Keeps Telegram's limits and answers 429 beyond them.</summary>
    public bool HasFloodLimits
    {
        set => _methods.FloodLimits = value ? new BotApiFloodLimits() : null;
    }

    /// <param name="time">Moves the long polls, limits and dates of the server.</param>
    public static async Task<BotApiServer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        var server = new BotApiServer(builder.Build(), time);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>The menu of a scope (its type, with ids behind a colon) and a language (empty for all).</summary>
    public IReadOnlyList<(string Command, string Description)> Commands(string scope = "default", string language = "") => _methods.Commands(scope, language);

    /// <summary>A person who has started the bot; the private chat has the person's id.</summary>
    public void AddPerson(long userId, string firstName) => _chats.Put(new BotApiChat(userId, "private", firstName));

    /// <param name="chatId">Negative.</param>
    public void AddGroup(long chatId, string title) => _chats.Put(new BotApiChat(chatId, "supergroup", title));

    public void Block(long chatId) => _chats.Change(chatId, chat => chat with { ClosedBecause = "bot was blocked by the user" });

    public void Kick(long chatId) => _chats.Change(chatId, chat => chat with { ClosedBecause = "bot was kicked from the supergroup chat" });

    /// <summary>The group goes on under another id.</summary>
    public void Migrate(long chatId, long newChatId)
    {
        _chats.Put(new BotApiChat(newChatId, "supergroup", _chats.Known(chatId).Name));
        _chats.Change(chatId, chat => chat with { MigratedTo = newChatId });
    }

    /// <summary>A person writes; the answer is the message, and the bot gets an update.</summary>
    public BotApiMessage Write(long chatId, long userId, string text, long? threadId = null)
    {
        IReadOnlyList<BotApiEntity> entities = text.StartsWith('/') ? [new BotApiEntity("bot_command", 0, text.Split(' ')[0].Length)] : [];
        var message = _chats.Add(chatId, id => new BotApiMessage
        {
            ChatId = chatId,
            MessageId = id,
            UserId = userId,
            Date = _time.GetUtcNow(),
            Content = new BotApiText(text, entities),
            ThreadId = threadId,
        });
        Updates.Add("message", _chats.ToJson(message));
        return message;
    }

    /// <summary>A person changes a message.</summary>
    public void Rewrite(BotApiMessage message, string text)
    {
        var edited = message with { Content = new BotApiText(text, []), Edits = message.Edits + 1 };
        _chats.Replace(edited);
        Updates.Add("edited_message", _chats.ToJson(edited));
    }

    /// <summary>A person presses the button with this text; the answer is the id of the query. Throws when there is no such button.</summary>
    public string Press(BotApiMessage message, long userId, string buttonText)
    {
        var shown = _chats.Find(message.ChatId, message.MessageId) ?? throw new InvalidOperationException($"Message {message.MessageId} is gone.");
        var button = shown.Keyboard.SelectMany(row => row).FirstOrDefault(button => button.Text == buttonText && button.Data is not null)
            ?? throw new InvalidOperationException(
                $"No button '{buttonText}' to press under message {message.MessageId}; there are: {string.Join(", ", shown.Keyboard.SelectMany(row => row).Select(button => button.Text))}.");
        return Press(shown, userId, button);
    }

    public IReadOnlyList<BotApiMessage> Messages(long chatId) => _chats.Messages(chatId);

    public void Delete(BotApiMessage message) => _chats.Delete(message.ChatId, message.MessageId);

    /// <summary>The first message that is wanted: one that is there, or the next that is sent or edited. Throws <see cref="TimeoutException"/>.</summary>
    public Task<BotApiMessage> WaitForMessageAsync(Func<BotApiMessage, bool> isWanted, TimeSpan timeout) => _chats.WaitAsync(isWanted, timeout);

    /// <summary>The first request that is wanted, come or to come. Throws <see cref="TimeoutException"/>.</summary>
    public Task<BotApiCall> WaitForCallAsync(Func<BotApiCall, bool> isWanted, TimeSpan timeout) => _endpoint.WaitAsync(isWanted, timeout);

    public async ValueTask DisposeAsync()
    {
        _endpoint.Stop();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    internal static JsonObject BotJson(long botId) => new()
    {
        ["id"] = botId,
        ["is_bot"] = true,
        ["first_name"] = "Simulated",
        ["username"] = "simulated_bot",
    };

    internal static JsonObject UserJson(long userId, string firstName) => new() { ["id"] = userId, ["is_bot"] = false, ["first_name"] = firstName };

    private string Press(BotApiMessage message, long userId, BotApiButton button)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"callback-{Interlocked.Increment(ref _lastCallback)}");
        _methods.OpenCallback(id);
        Updates.Add("callback_query", new JsonObject
        {
            ["id"] = id,
            ["from"] = UserJson(userId, "Presser"),
            ["message"] = _chats.ToJson(message),
            ["chat_instance"] = "1",
            ["data"] = button.Data,
        });
        return id;
    }
}
