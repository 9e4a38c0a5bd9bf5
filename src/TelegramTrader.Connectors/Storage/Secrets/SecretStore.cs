using System.Security.Cryptography;
using System.Text;

namespace TelegramTrader.Connectors.Storage.Secrets;

/// <summary>
/// Secrets by name, encrypted at rest with AES-256-GCM (NIST SP 800-38D): a new random nonce of 12 bytes each time, a tag of 16 bytes, and the name as associated
/// data, so that one secret can't be put in another's place.
/// </summary>
public sealed class SecretStore(KeyValueStore values, Func<SecretKey> key)
{
    private const string Prefix = "secret:";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Asked for when it is first needed: whoever keeps no secrets needs no key.
    private readonly Lazy<SecretKey> _key = new(key);

    /// <exception cref="SecretStoreException">There is no usable key.</exception>
    public void Put(string name, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key.Value.Bytes, TagLength);
        cipher.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(name));
        values.Set(Prefix + name, Convert.ToBase64String(box));
    }

    /// <returns>Null when there is no secret of that name.</returns>
    /// <exception cref="SecretStoreException">It can't be decrypted: another key, or the row was changed.</exception>
    public string? Find(string name)
    {
        if (values.Get<string>(Prefix + name) is not { } stored)
            return null;
        try
        {
            var box = Convert.FromBase64String(stored);
            var plain = new byte[box.Length - NonceLength - TagLength];
            using var cipher = new AesGcm(_key.Value.Bytes, TagLength);
            cipher.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException or ArgumentException)
        {
            throw new SecretStoreException($"The secret '{name}' can't be decrypted: the key is not the one it was kept with, or the row was changed. Bring the old key back, or enter the secret again.", exception);
        }
    }

    public void Remove(string name) => values.Remove(Prefix + name);
}
