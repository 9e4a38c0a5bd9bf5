using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary><c>keys add|list|remove</c>: the API keys of exchange accounts, read from the terminal and stored encrypted. The bot must not be running on the same data folder.</summary>
internal static class KeysVerb
{
    private const int LongestPart = 4_000;

    public static Task<int> AddAsync(string? settingsFile, string exchange, string account, bool allowWithdrawal, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellation) =>
        WithStoreAsync(settingsFile, errors, async (settings, values, credentials) =>
        {
            var connection = settings.Exchange with { Name = exchange, Account = account };
            await output.WriteLineAsync($"Keys for {connection.AccountId}. Make them at the exchange with the right to trade, without the right to withdraw, and bound to this machine's address.");
            var apiKey = await AskAsync("API key: ", isHidden: false);
            var secret = apiKey is null ? null : await AskAsync("Secret: ", isHidden: true);
            if (apiKey is null || secret is null)
            {
                await errors.WriteLineAsync("Nothing was entered; nothing was changed.");
                return ExitCodes.Failed;
            }

            var password = await AskAsync("Passphrase, where the exchange wants one (OKX, KuCoin); else empty: ", isHidden: true);
            var keys = new ExchangeKeys(apiKey, secret, password);
            if (keys is { ApiKey.Length: > LongestPart } or { Secret.Length: > LongestPart } or { Password.Length: > LongestPart })
            {
                await errors.WriteLineAsync($"A part has more than {LongestPart} characters; that is no API key. Nothing was changed.");
                return ExitCodes.BadArguments;
            }

            await using var probe = new ExchangeProbe(connection, settings.Simulation.StartingBalance.Asset, keys, TimeProvider.System);
            var (verdict, objection) = await probe.CheckKeysAsync(cancellation);
            if (objection is not null && !allowWithdrawal)
            {
                await errors.WriteLineAsync($"Not stored: {objection}.");
                return ExitCodes.Failed;
            }

            credentials.Put(connection.AccountId, keys);
            LiveLock.Forget(values);
            await output.WriteLineAsync($"Stored encrypted for {connection.AccountId}. {verdict}");
            return ExitCodes.Done;

            async Task<string?> AskAsync(string question, bool isHidden)
            {
                await output.WriteAsync(question);
                await output.FlushAsync(cancellation);
                var given = (isHidden ? HiddenInput.Read(input) : await input.ReadLineAsync(cancellation))?.Trim();
                return given is { Length: > 0 } ? given : null;
            }
        });

    public static Task<int> ListAsync(string? settingsFile, TextWriter output, TextWriter errors) => WithStoreAsync(settingsFile, errors, async (_, _, credentials) =>
    {
        var accounts = credentials.List();
        foreach (var account in accounts)
            await output.WriteLineAsync(account.Value);
        if (accounts.Count == 0)
            await output.WriteLineAsync("No account has keys. keys add EXCHANGE adds some.");
        return ExitCodes.Done;
    });

    public static Task<int> RemoveAsync(string? settingsFile, string account, TextWriter output, TextWriter errors) => WithStoreAsync(settingsFile, errors, async (_, _, credentials) =>
    {
        if (credentials.List().FirstOrDefault(known => known.Value == account) is not { Value: not null } found || !credentials.Remove(found))
        {
            await errors.WriteLineAsync($"There are no keys for '{account}'; keys list shows what there is.");
            return ExitCodes.Failed;
        }

        await output.WriteLineAsync($"Removed. Delete the key at the exchange as well.");
        return ExitCodes.Done;
    });

    private static async Task<int> WithStoreAsync(string? settingsFile, TextWriter errors, Func<AppSettings, KeyValueStore, CredentialStore, Task<int>> work)
    {
        try
        {
            var settings = SettingsLoader.Load(settingsFile);
            using var folder = DataFolder.Open(settings.Storage.Directory);
            var values = new KeyValueStore(folder);
            return await work(settings, values, new CredentialStore(values, settings.Account.Secrets(values)));
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is DataFolderException or SecretStoreException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
