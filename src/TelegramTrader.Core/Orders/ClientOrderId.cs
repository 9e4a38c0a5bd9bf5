using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TelegramTrader.Core.Orders;

/// <summary>
/// Our own id of an order, derived from the signal, what the order is for, and the attempt: <c>tt</c>, 16 characters of the signal's hash,
/// then for example <c>e0-1</c> (entry leg 0, first attempt), <c>s-3</c> (third stop), <c>t1-2</c> (target 1, second attempt), <c>x-1</c> (exit).
/// At most 32 letters, digits and dashes, which every exchange accepts. The same order made twice has the same id.
/// </summary>
public readonly record struct ClientOrderId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public ClientOrderId(string value)
    {
        if (value.Length is 0 or > 32)
            throw new ArgumentException($"The client order id '{value}' has {value.Length} characters; 1 to 32 are allowed.", nameof(value));
        Value = value;
    }

    public string Value { get; }

    /// <param name="signal">The id of the signal.</param>
    /// <param name="purpose">What the order is for.</param>
    /// <param name="attempt">1 for the first order of this purpose, 2 for the next, and so on.</param>
    public static ClientOrderId Derive(string signal, OrderPurpose purpose, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(signal));
        var text = new StringBuilder("tt", 32);
        for (var index = 0; index < 16; index++)
            text.Append(Alphabet[hash[index] & 31]);
        text.Append('-').Append(purpose.Key).Append('-').Append(attempt.ToString(CultureInfo.InvariantCulture));
        return new ClientOrderId(text.ToString());
    }

    /// <summary>Whether a text has the form of our ids. A bot of another data folder gives ids of this form as well.</summary>
    public static bool HasOurForm(string text)
    {
        if (text.Length is < 22 or > 32 || !text.StartsWith("tt", StringComparison.Ordinal) || text[18] != '-' || text.AsSpan(2, 16).ContainsAnyExcept(Alphabet))
            return false;
        var (purpose, attempt) = text[19..].Split('-') is [var first, var second] ? (first, second) : ("", "");
        return attempt.Length > 0 && attempt.All(char.IsAsciiDigit)
            && (purpose is "s" or "x" || purpose.Length > 1 && purpose[0] is 'e' or 't' && purpose[1..].All(char.IsAsciiDigit));
    }

    public override string ToString() => Value;
}
