using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Chat;

/// <summary>
/// Posts that people pasted and may want traded, until they tap: a button carries 64 bytes, which is less than a post. Holds the latest ones only; a restart
/// forgets them, and the tap then says so.
/// </summary>
public sealed class PostShelf
{
    private const int Most = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChannelMessage> _posts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <param name="text">The post as pasted.</param>
    /// <param name="requestId">Unique; the same request gives the same post.</param>
    /// <returns>The word under which <see cref="TryTake"/> finds it; it begins with a letter.</returns>
    public string Put(string text, string requestId, Instant now)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(requestId + "\n" + text));
        var token = "p" + Convert.ToHexStringLower(hash.AsSpan(0, 6));
        var post = new ChannelMessage
        {
            Channel = ChannelId.ByHand,
            MessageId = BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue,
            PostedAt = now,
            ReceivedAt = now,
            Text = text,
        };
        lock (_gate)
        {
            if (_posts.TryAdd(token, post))
                _order.Enqueue(token);
            if (_order.Count > Most)
                _posts.Remove(_order.Dequeue());
        }

        return token;
    }

    public bool TryTake(string token, [NotNullWhen(true)] out ChannelMessage? post)
    {
        lock (_gate)
            return _posts.TryGetValue(token, out post);
    }

    /// <summary>Whether the word is one that <see cref="Put"/> gives.</summary>
    public static bool IsToken(string word) => word is { Length: 13 } && word[0] == 'p' && word.AsSpan(1).IndexOfAnyExcept("0123456789abcdef") < 0;
}
