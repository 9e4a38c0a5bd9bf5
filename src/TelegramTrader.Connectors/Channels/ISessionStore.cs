namespace TelegramTrader.Connectors.Channels;

/// <summary>Keeps the session of the user's account. Whoever has it is that user: it is to be stored encrypted and never written elsewhere.</summary>
public interface ISessionStore
{
    /// <summary>Null when there is none.</summary>
    string? Load();

    void Save(string session);
}

/// <summary>The application's own key to Telegram, from my.telegram.org.</summary>
/// <param name="ApiHash">A secret.</param>
public sealed record TelegramApplication(int ApiId, string ApiHash)
{
    public override string ToString() => FormattableString.Invariant($"application {ApiId}");
}
