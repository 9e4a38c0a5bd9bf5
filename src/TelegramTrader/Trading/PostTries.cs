using System.Globalization;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Trading;

/// <summary>
/// Counts in how many starts a post was handed to the engine that an earlier run stored and did not handle. A post over which the bot fell again and again must not
/// keep it from managing its positions.
/// </summary>
public sealed class PostTries(KeyValueStore values, ILogger<PostTries> log)
{
    private const int Most = 3;

    /// <summary>Whether to hand the post over once more, which is counted before it is: whoever falls over it does not come back to count.</summary>
    public bool MayTry(ChannelMessage post)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"tries:{post.Channel}/{post.MessageId}/{post.Revision}");
        var tries = values.Get<int>(key);
        if (tries >= Most)
        {
            log.LogError("The post {Message} of {Channel} was not handled in {Tries} starts and is left aside; it stands in the ledger", post.MessageId, post.Channel.Value, tries);
            return false;
        }

        values.Set(key, tries + 1);
        log.LogInformation("The post {Message} of {Channel} was stored by an earlier run and not handled; it is handled now", post.MessageId, post.Channel.Value);
        return true;
    }
}
