namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>
/// Telegram's limits, as its FAQ for bots gives them: about one message a second in a chat with short bursts (here: 3 in any 3 s),
/// 20 a minute in a group, 30 a second overall. Going over them is refused with the seconds to wait.
/// </summary>
public sealed class BotApiFloodLimits
{
    private readonly Dictionary<(long Chat, int Limit), List<DateTimeOffset>> _taken = [];

    /// <summary>Throws <see cref="BotApiError"/> when this message is one too many; then it doesn't count.</summary>
    public void Take(long chatId, DateTimeOffset now)
    {
        List<(long Chat, int Messages, int Seconds)> limits = [(0, 30, 1), (chatId, 3, 3)];
        if (chatId < 0)
            limits.Add((chatId, 20, 60));
        foreach (var (chat, messages, seconds) in limits)
        {
            var taken = TakenOf(chat, messages);
            taken.RemoveAll(at => at + TimeSpan.FromSeconds(seconds) <= now);
            if (taken.Count < messages)
                continue;
            var wait = (int)Math.Ceiling((taken[^messages] + TimeSpan.FromSeconds(seconds) - now).TotalSeconds);
            throw new BotApiError(429, $"Too Many Requests: retry after {wait}", retryAfter: wait);
        }
        foreach (var (chat, messages, _) in limits)
            TakenOf(chat, messages).Add(now);
    }

    private List<DateTimeOffset> TakenOf(long chat, int limit)
    {
        if (!_taken.TryGetValue((chat, limit), out var taken))
            _taken[(chat, limit)] = taken = [];
        return taken;
    }
}
