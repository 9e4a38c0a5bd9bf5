using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// A request of the Bot API. The record has the method's name and its properties the names of the method's fields;
/// properties that are null are left out.
/// </summary>
/// <typeparam name="TResult">What Telegram answers with.</typeparam>
public abstract record TelegramRequest<TResult>
{
    /// <summary>The method as the address wants it, such as <c>sendMessage</c>.</summary>
    [JsonIgnore]
    public string Method => JsonNamingPolicy.CamelCase.ConvertName(GetType().Name);

    /// <summary>How long the server may hold the request before it answers (long polling); added to the request's time limit.</summary>
    [JsonIgnore]
    public virtual TimeSpan ServerWait => TimeSpan.Zero;

    /// <summary>Only the method: what people write and what we answer must not get into logs by accident.</summary>
    public sealed override string ToString() => Method;
}

/// <summary>A request that carries a file and therefore goes out as a form with parts.</summary>
internal interface IUpload
{
    /// <summary>The form field of the file, such as <c>document</c>.</summary>
    string FileField { get; }

    InputFile File { get; }
}
