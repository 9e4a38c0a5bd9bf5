using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Storage.Secrets;

namespace TelegramTrader.Channels;

/// <summary>The session of the account that reads channels, encrypted in the data folder.</summary>
public sealed class StoredSession(SecretStore secrets) : ISessionStore
{
    private const string Name = "telegram-session";

    public string? Load() => secrets.Find(Name);

    public void Save(string session) => secrets.Put(Name, session);
}
