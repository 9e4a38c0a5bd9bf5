using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TelegramTrader.Connectors.Storage.Ledger;

/// <summary>
/// The one way to write a row of the ledger down for its hash, described for everybody in <c>docs/ledger.md</c>. It is made of the values as the database holds
/// them, type included, so that a row can be checked without being understood first and nothing in it can be changed unseen.
/// </summary>
/// <remarks>
/// <c>TelegramTrader ledger 1</c> and a line feed; then for each column in order its name, <c>=</c>, a letter for its type (<c>n</c> null, <c>i</c> whole number,
/// <c>t</c> text, <c>r</c> and <c>b</c> for the real numbers and blobs that never belong here), the length of the value in bytes, <c>:</c>, the value (UTF-8; a number in
/// decimal digits) and a line feed. The hash is SHA-256 over that, in lower-case hexadecimal digits. The hash of the row before is a column, which makes the chain.
/// </remarks>
internal static class LedgerEncoding
{
    /// <summary>What the first row follows.</summary>
    public static readonly string Beginning = new('0', 64);

    /// <summary>All columns but the hash itself, in the order in which they are hashed.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "Number", "Channel", "MessageId", "Revision", "Change", "PostedAt", "FirstPostedAt", "ReceivedAt", "Text", "ReplyTo", "HasMedia", "Origin", "Symbol", "Price", "PriceAt", "PreviousHash",
    ];

    private static readonly byte[] Version = Encoding.UTF8.GetBytes("TelegramTrader ledger 1\n");
    private static readonly byte[][] Names = [.. Columns.Select(Encoding.UTF8.GetBytes)];

    /// <param name="values">One for each of <see cref="Columns"/>.</param>
    public static string Hash(ReadOnlySpan<StoredValue> values)
    {
        if (values.Length != Columns.Count)
            throw new ArgumentException($"A row has {Columns.Count} columns to hash, not {values.Length}.", nameof(values));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Version);
        for (var index = 0; index < values.Length; index++)
        {
            hash.AppendData(Names[index]);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"={values[index].Type}{values[index].Bytes.Length}:")));
            hash.AppendData(values[index].Bytes);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A value as the database holds it.</summary>
/// <param name="Type">The first letter of SQLite's name for its type.</param>
internal readonly record struct StoredValue(char Type, byte[] Bytes)
{
    public static StoredValue Of(object? value) => value switch
    {
        null => new StoredValue('n', []),
        // Half a surrogate pair becomes U+FFFD here just as it does on its way into the database.
        string text => new StoredValue('t', Encoding.UTF8.GetBytes(text)),
        long number => new StoredValue('i', Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException($"A {value.GetType().Name} is not stored in the ledger.", nameof(value)),
    };
}
