using static TelegramTrader.Tests.Support.BotApi.BotApiShape;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>The methods that this server knows, with the fields they take. From the Bot API's public reference, seen 2026.</summary>
public static class BotApiSchema
{
    private static readonly BotApiShape Id = new Whole();
    private static readonly BotApiShape Text = new Words();
    private static readonly BotApiShape Yes = new Flag();

    private static readonly BotApiShape Markup = new Fields(new Dictionary<string, BotApiShape>
    {
        ["inline_keyboard"] = new ListOf(new ListOf(new Fields(
            new Dictionary<string, BotApiShape>
            {
                ["text"] = new Words(1),
                ["callback_data"] = Text,
                ["url"] = Text,
                ["web_app"] = new Fields(new Dictionary<string, BotApiShape> { ["url"] = Text }, "url"),
            },
            "text"))),
    }, "inline_keyboard");

    private static readonly BotApiShape ParseMode = new Words(0, int.MaxValue, "HTML");

    private static readonly BotApiShape Reply = new Fields(
        new Dictionary<string, BotApiShape> { ["message_id"] = Id, ["allow_sending_without_reply"] = Yes }, "message_id");

    private static readonly BotApiShape Preview = new Fields(new Dictionary<string, BotApiShape> { ["is_disabled"] = Yes });

    private static readonly BotApiShape Scope = new Fields(
        new Dictionary<string, BotApiShape>
        {
            ["type"] = new Words(0, int.MaxValue, "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member"),
            ["chat_id"] = Id,
            ["user_id"] = Id,
        },
        "type");

    public static IReadOnlyDictionary<string, Fields> Methods { get; } = new Dictionary<string, Fields>(StringComparer.OrdinalIgnoreCase)
    {
        ["getMe"] = Of([]),
        ["getChat"] = Of(["chat_id"], ("chat_id", Id)),
        ["getUpdates"] = Of([], ("offset", Id), ("limit", new Whole(1, 100)), ("timeout", new Whole(0, 50)), ("allowed_updates", new ListOf(Text))),
        ["deleteWebhook"] = Of([], ("drop_pending_updates", Yes)),
        ["sendMessage"] = Of(
            ["chat_id", "text"],
            ("chat_id", Id), ("message_thread_id", Id), ("text", Text), ("parse_mode", ParseMode), ("link_preview_options", Preview),
            ("disable_notification", Yes), ("reply_parameters", Reply), ("reply_markup", Markup)),
        ["editMessageText"] = Of(
            ["chat_id", "message_id", "text"],
            ("chat_id", Id), ("message_id", Id), ("text", Text), ("parse_mode", ParseMode), ("link_preview_options", Preview), ("reply_markup", Markup)),
        ["editMessageReplyMarkup"] = Of(["chat_id", "message_id"], ("chat_id", Id), ("message_id", Id), ("reply_markup", Markup)),
        ["deleteMessage"] = Of(["chat_id", "message_id"], ("chat_id", Id), ("message_id", Id)),
        ["answerCallbackQuery"] = Of(["callback_query_id"], ("callback_query_id", Text), ("text", new Words(0, 200)), ("show_alert", Yes)),
        ["setMyCommands"] = Of(
            ["commands"],
            ("commands", new ListOf(new Fields(new Dictionary<string, BotApiShape> { ["command"] = Text, ["description"] = Text }, "command", "description"))),
            ("scope", Scope), ("language_code", new Words(2, 2))),
        ["sendDocument"] = File("document"),
        ["sendPhoto"] = File("photo"),
    };

    /// <summary>The form field that holds the method's file; null when it takes none.</summary>
    public static string? FileField(string method) => method switch
    {
        "sendDocument" => "document",
        "sendPhoto" => "photo",
        _ => null,
    };

    private static Fields File(string field) => Of(
        ["chat_id", field],
        ("chat_id", Id), ("message_thread_id", Id), (field, Text), ("caption", Text), ("parse_mode", ParseMode),
        ("disable_notification", Yes), ("reply_parameters", Reply), ("reply_markup", Markup));

    private static Fields Of(string[] required, params (string Name, BotApiShape Shape)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => field.Shape), required);
}
