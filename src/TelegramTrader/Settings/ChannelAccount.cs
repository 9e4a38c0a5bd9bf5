using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>With which account channels are read, and where the key lies that encrypts its session.</summary>
public sealed record ChannelAccountSettings
{
    /// <summary>0 when no channels are listened to.</summary>
    public int ApiId { get; init; }

    /// <summary>A secret.</summary>
    public string ApiHash { get; init; } = "";

    /// <summary>Empty for the usual place.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Where secrets are kept encrypted, under the key of the set place.</summary>
    public SecretStore Secrets(KeyValueStore values)
    {
        var keyFile = KeyFile.Length > 0 ? Path.GetFullPath(KeyFile) : SecretKey.DefaultFile;
        return new SecretStore(values, () => SecretKey.Take(Environment.GetEnvironmentVariable(SecretKey.Variable), keyFile));
    }

    public bool IsSet => ApiId > 0 && ApiHash.Length > 0;

    public override string ToString() => FormattableString.Invariant($"application {ApiId}");
}

/// <summary>The settings of the account that listens to channels.</summary>
internal static class ChannelAccount
{
    public static IEnumerable<SettingDefinition> All() =>
    [
        Whole("Channels:ApiId", "To listen to channels with your own account: the api_id of my.telegram.org. Then log in once with the verb channels login. 0: no channels.", 0, 0, int.MaxValue,
            (settings, id) => settings with { Account = settings.Account with { ApiId = id } }),
        Hidden("Channels:ApiHash", "The api_hash that belongs to it. Better in the environment variable TELEGRAMTRADER__Channels__ApiHash than in a file.", (settings, text) =>
            settings with { Account = settings.Account with { ApiHash = text.Trim() } }),
        Text("Channels:KeyFile", "The file with the key that encrypts what must stay secret; made when it is missing. Empty: secret.key in your own configuration folder. The environment variable TELEGRAMTRADER_KEY wins over it.", "",
            (settings, text) => settings with { Account = settings.Account with { KeyFile = text } }),
    ];

    public static IEnumerable<string> Problems(ChannelAccountSettings account)
    {
        if (account.ApiId > 0 != account.ApiHash.Length > 0)
            yield return account.ApiId > 0 ? "'Channels:ApiId' is set, but 'Channels:ApiHash' is not" : "'Channels:ApiHash' is set, but 'Channels:ApiId' is not";
    }
}
