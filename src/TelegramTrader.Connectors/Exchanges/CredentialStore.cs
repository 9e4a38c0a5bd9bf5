using System.Text.Json;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>The keys of exchange accounts, encrypted in the data folder. Which accounts there are is no secret; the keys never leave but for the exchange.</summary>
public sealed class CredentialStore(KeyValueStore values, SecretStore secrets)
{
    private const string Accounts = "exchange-accounts";

    /// <summary>The accounts that have keys, by name.</summary>
    public IReadOnlyList<AccountId> List() => [.. (values.Get<string[]>(Accounts) ?? []).Order(StringComparer.Ordinal).Select(name => new AccountId(name))];

    /// <summary>Replaces the keys that the account had, if any.</summary>
    /// <exception cref="SecretStoreException">There is no usable key to encrypt with.</exception>
    public void Put(AccountId account, ExchangeKeys keys)
    {
        secrets.Put(Name(account), JsonSerializer.Serialize(new { apiKey = keys.ApiKey, secret = keys.Secret, password = keys.Password }));
        values.Set(Accounts, List().Select(known => known.Value).Append(account.Value).Distinct(StringComparer.Ordinal).ToArray());
    }

    /// <returns>Null when the account has none.</returns>
    /// <exception cref="SecretStoreException">They can't be decrypted.</exception>
    public ExchangeKeys? Find(AccountId account)
    {
        if (secrets.Find(Name(account)) is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ExchangeKeys(root.GetProperty("apiKey").GetString()!, root.GetProperty("secret").GetString()!, root.GetProperty("password").GetString());
    }

    /// <returns>False when the account had none.</returns>
    public bool Remove(AccountId account)
    {
        var left = List().Where(known => known != account).Select(known => known.Value).ToArray();
        if (left.Length == List().Count)
            return false;
        values.Set(Accounts, left);
        secrets.Remove(Name(account));
        return true;
    }

    private static string Name(AccountId account) => "exchange-keys:" + account.Value;
}
