using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Rows;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Single values that must survive a restart, such as how far Telegram's updates were read, by a name of their own.</summary>
public sealed class KeyValueStore(DataFolder folder)
{
    private readonly RowTable<StateRow> _table = new(folder.Model);

    /// <summary>The value, or the type's default when there is none. Throws <see cref="System.Text.Json.JsonException"/> when it is a value of another type.</summary>
    public T? Get<T>(string key)
    {
        using var context = folder.Read();
        return context.State.Where(row => row.Key == key).Select(row => row.Value).FirstOrDefault() is { } json ? DomainJson.Read<T>(json) : default;
    }

    public void Set<T>(string key, T value)
        where T : notnull
    {
        RefuseTheEngines(key);
        folder.Writer.Write(transaction => _table.Put(transaction, new StateRow { Key = key, Value = DomainJson.Write(value) }));
    }

    public void Remove(string key)
    {
        RefuseTheEngines(key);
        folder.Writer.Write(transaction => transaction.Execute("DELETE FROM State WHERE Key = $1", key));
    }

    private static void RefuseTheEngines(string key)
    {
        if (key == SqliteJournal.ScalarsKey)
            throw new ArgumentException($"The value '{key}' belongs to the engine and is only written with its commits.", nameof(key));
    }
}
