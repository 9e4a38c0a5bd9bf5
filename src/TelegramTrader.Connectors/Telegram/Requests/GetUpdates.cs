using System.Text.Json.Serialization;
using TelegramTrader.Connectors.Telegram.Types;

namespace TelegramTrader.Connectors.Telegram.Requests;

/// <summary>What happened since. Asking with an offset confirms, and so makes Telegram forget, every update before it.</summary>
public sealed record GetUpdates : TelegramRequest<IReadOnlyList<Update>>
{
    public long? Offset { get; init; }

    /// <summary>1 to 100.</summary>
    public int? Limit { get; init; }

    /// <summary>Seconds, 0 to 50, that Telegram waits for the first update.</summary>
    public int? Timeout { get; init; }

    /// <summary>The kinds wanted; Telegram remembers them.</summary>
    public IReadOnlyList<string>? AllowedUpdates { get; init; }

    // The attribute of the base property does not count for an override.
    [JsonIgnore]
    public override TimeSpan ServerWait => TimeSpan.FromSeconds(Timeout ?? 0);
}
