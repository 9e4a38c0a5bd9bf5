namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A refusal that travels from where a rule is broken to where the answer is written.</summary>
public sealed class BotApiError(int code, string description, int? retryAfter = null, long? migrateToChatId = null) : Exception(description)
{
    public int Code => code;

    public int? RetryAfter => retryAfter;

    public long? MigrateToChatId => migrateToChatId;

    public static BotApiError BadRequest(string reason) => new(400, $"Bad Request: {reason}");
}
