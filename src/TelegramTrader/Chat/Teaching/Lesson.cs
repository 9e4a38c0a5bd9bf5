using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Chat.Teaching;

/// <summary>What a person is about to teach over one post. Nothing of it counts before it was saved.</summary>
/// <param name="Channel">Null until the person said of which channel the post is.</param>
/// <param name="Offered">The channels that were offered, in the order of their buttons.</param>
/// <param name="Proposals">The rules that were proposed; a yes names one of them by its place.</param>
public sealed record Lesson(string Token, ChannelMessage Post, ChannelId? Channel, IReadOnlyList<ChannelId> Offered, IReadOnlyList<ProfileRule> Proposals);

/// <summary>The lessons that are under way, until they are saved: a button carries 64 bytes, which is less than a post. Holds the latest ones only; a restart forgets them, and a tap then says so.</summary>
public sealed class LessonShelf
{
    private const int Most = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lesson> _lessons = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <param name="requestId">Unique; the same request gives the same lesson.</param>
    public Lesson Begin(ChannelMessage post, ChannelId? channel, string requestId)
    {
        var token = "t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requestId + "\n" + post.Text)).AsSpan(0, 6));
        var lesson = new Lesson(token, post, channel, [], []);
        lock (_gate)
        {
            if (_lessons.TryAdd(token, lesson))
                _order.Enqueue(token);
            if (_order.Count > Most)
                _lessons.Remove(_order.Dequeue());
            return _lessons.GetValueOrDefault(token, lesson);
        }
    }

    public bool TryFind(string token, [NotNullWhen(true)] out Lesson? lesson)
    {
        lock (_gate)
            return _lessons.TryGetValue(token, out lesson);
    }

    /// <summary>Changes a lesson that is still there.</summary>
    public Lesson? Change(string token, Func<Lesson, Lesson> change)
    {
        lock (_gate)
            return _lessons.TryGetValue(token, out var lesson) ? _lessons[token] = change(lesson) : null;
    }

    /// <summary>Whether the word is one that <see cref="Begin"/> gives.</summary>
    public static bool IsToken(string word) => word is { Length: 13 } && word[0] == 't' && word.AsSpan(1).IndexOfAnyExcept("0123456789abcdef") < 0;
}
