using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Opens the trading database and brings its schema to this version. Migrations go forward only.</summary>
internal static class TradingDatabase
{
    public static SqliteConnection Open(string path) => DatabaseFile.Open(path, connection =>
    {
        using var context = new TradingDbContext(new DbContextOptionsBuilder<TradingDbContext>().UseSqlite(connection).Options);
        var applied = context.Database.GetAppliedMigrations().ToArray();
        if (applied.Except(context.Database.GetMigrations()).ToArray() is { Length: > 0 } unknown)
            throw new DataFolderException(
                $"The database '{path}' was written by a newer version of this program and was left as it is: start that version, or restore an older backup. (unknown step: {unknown[^1]})");
        if (applied.Length == 0 && DatabaseFile.Text(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 1") is { } foreign)
            throw new DataFolderException($"'{path}' is a database of another program and was left as it is: start with another data folder. (it has a table '{foreign}')");
        context.Database.Migrate();
    });
}
