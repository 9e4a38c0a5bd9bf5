using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TelegramTrader.Connectors.Channels;

/// <summary>Message ids for sources that have none: the same parts give the same id, over restarts, and other parts in all likelihood another.</summary>
public static class PostNumber
{
    /// <returns>Above 0; the first 63 bits of SHA-256 over the parts and their lengths.</returns>
    public static long Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        var number = BinaryPrimitives.ReadInt64BigEndian(hash.GetHashAndReset()) & long.MaxValue;
        return number == 0 ? 1 : number;
    }
}
