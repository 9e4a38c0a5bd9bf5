using System.Globalization;
using TelegramTrader.Connectors.Storage;

namespace TelegramTrader.TelegramFront;

/// <summary>Who wrote to the bot without being on the list, over restarts. Only the first thousand are told apart: more is an attack, not people.</summary>
public sealed class StrangerBook(KeyValueStore values)
{
    private const int Most = 1000;
    private readonly Lock _gate = new();

    /// <summary>Notes somebody down; true the first time.</summary>
    public Task<bool> Meet(long userId)
    {
        lock (_gate)
        {
            var key = "stranger-" + userId.ToString(CultureInfo.InvariantCulture);
            var met = values.Get<int>("strangers");
            if (met >= Most || values.Get<bool>(key))
                return Task.FromResult(false);
            values.Set(key, true);
            values.Set("strangers", met + 1);
            return Task.FromResult(true);
        }
    }
}
