using System.Security.Cryptography;
using System.Text;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>The account's key and what may be done with it; and the check that a request was made with it, now.</summary>
public sealed class BinanceAccount
{
    public const string ApiKey = "simulatedKeyOfAnAccountThatDoesNotExist0123456789abcdefghijklmno";
    public const string Secret = "simulatedSecretOfAnAccountThatDoesNotExist0123456789abcdefghijkl";

    public bool CanTrade { get; set; } = true;

    public bool CanWithdraw { get; set; }

    public bool IsBoundToAddress { get; set; } = true;

    /// <summary>The key was deleted by its owner.</summary>
    public bool IsKeyRevoked { get; set; }

    public void CheckKey(string? key)
    {
        if (string.IsNullOrEmpty(key))
            throw new BinanceRefusal(-2014, "API-key format invalid.", 401);
        if (key != ApiKey || IsKeyRevoked)
            throw new BinanceRefusal(-2015, "Invalid API-key, IP, or permissions for action.", 401);
    }

    /// <param name="payload">What was signed: query and body, one behind the other, without the signature.</param>
    public static void CheckSignature(string payload, string? signature)
    {
        if (string.IsNullOrEmpty(signature))
            throw BinanceRefusal.Malformed("signature");
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(payload)));
        if (right != signature)
            throw new BinanceRefusal(-1022, "Signature for this request is not valid.");
    }

    /// <param name="window">How old the request may be, in milliseconds; 5000 when it is not said.</param>
    public static void CheckTime(long timestamp, long? window, Instant now)
    {
        var allowed = window ?? 5000;
        if (allowed > 60_000)
            throw new BinanceRefusal(-1131, "recvWindow must be less than 60000.");
        if (timestamp >= now.UnixMilliseconds + 1000)
            throw new BinanceRefusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        if (now.UnixMilliseconds - timestamp > allowed)
            throw new BinanceRefusal(-1021, "Timestamp for this request is outside of the recvWindow.");
    }
}
