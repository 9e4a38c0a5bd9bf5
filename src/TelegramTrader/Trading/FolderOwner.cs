using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading;

/// <summary>A data folder keeps the books of one account. Paper positions managed with real orders, or the other way round, would be the worst mistake of all.</summary>
internal static class FolderOwner
{
    private const string Key = "account";

    /// <summary>
    /// Makes the folder that of the account when it is nobody's yet. Spot and perpetuals of one account are two sets of books, and so are an exchange and its test network:
    /// what was bought there must not be sold here.
    /// </summary>
    /// <exception cref="DataFolderException">It is another account's.</exception>
    public static void Claim(KeyValueStore values, DataFolder folder, AccountId account, bool isSpot, bool isTestNetwork)
    {
        var books = $"{account}{(isSpot ? " on spot" : "")}{(isTestNetwork ? " of the test network" : "")}";
        // Before accounts were written down there was only paper; a folder of that time has an engine state.
        var owner = values.Get<string>(Key) ?? (folder.WasUsed ? "paper" : null);
        if (owner is null || owner == books)
            values.Set(Key, books);
        else
            throw new DataFolderException($"The data folder {folder.Path} holds the books of the account {owner}, and the settings want {books}. Give {books} a folder of its own with the setting Storage:Directory.");
    }
}
