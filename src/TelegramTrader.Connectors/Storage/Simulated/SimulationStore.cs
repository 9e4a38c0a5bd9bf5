using System.Globalization;
using Microsoft.Data.Sqlite;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Connectors.Storage.Simulated;

/// <summary>
/// Keeps what the simulated exchange knows, in a file of its own. It is to the engine what a real exchange's books are: not part of our own, and found again after a
/// crash in whatever state it was, so that the same reconciliation that a live account needs is what paper trading goes through. Three tables of documents
/// that nothing else reads; a version number in the file takes the place of a model and its migrations.
/// </summary>
public sealed class SimulationStore : IDisposable
{
    /// <summary>
    /// How many ended orders are taken up again, beside all that are out. An order that the engine still believes to be out ended at most moments before the
    /// last commit, and a busy day has some hundreds.
    /// </summary>
    public const int RecentOrders = 5_000;

    // Each entry brings a file from the version before it to the next. Only ever added to.
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE State (Id INTEGER NOT NULL PRIMARY KEY CHECK (Id = 1), Document TEXT NOT NULL);
        CREATE TABLE Orders (Number INTEGER NOT NULL PRIMARY KEY, ClientOrderId TEXT NOT NULL UNIQUE, IsLive INTEGER NOT NULL, Document TEXT NOT NULL);
        CREATE INDEX IX_Orders_Live ON Orders (Number) WHERE IsLive = 1;
        CREATE TABLE Fills (FillId TEXT NOT NULL PRIMARY KEY, OrderNumber INTEGER NOT NULL REFERENCES Orders (Number), Document TEXT NOT NULL);
        CREATE INDEX IX_Fills_Order ON Fills (OrderNumber);
        """,
    ];

    private readonly StorageWriter _writer;

    /// <summary>Opens the file of the folder or makes it. Throws <see cref="DataFolderException"/> when it is damaged or of a newer version.</summary>
    public SimulationStore(DataFolder folder)
        : this(folder.FileAt("simulated-exchange.db"))
    {
    }

    internal SimulationStore(string path) => _writer = new StorageWriter(DatabaseFile.Open(path, connection => Upgrade(connection, path)));

    /// <summary>Writes all changes in one transaction.</summary>
    public void Save(SimulationChanges changes) => _writer.Write(transaction =>
    {
        transaction.Execute("INSERT INTO State (Id, Document) VALUES (1, $1) ON CONFLICT DO UPDATE SET Document = excluded.Document", DomainJson.Write(changes.State));
        // An order number stands for one client order id for ever; a second order under an old id breaks the unique key.
        foreach (var order in changes.Orders)
            transaction.Execute(
                "INSERT INTO Orders (Number, ClientOrderId, IsLive, Document) VALUES ($1, $2, $3, $4) ON CONFLICT (Number) DO UPDATE SET IsLive = excluded.IsLive, Document = excluded.Document",
                NumberOf(order), order.Intent.Id.Value, order.IsLive, DomainJson.Write(order));
        foreach (var fill in changes.Fills)
            transaction.Execute(
                "INSERT INTO Fills (FillId, OrderNumber, Document) VALUES ($1, (SELECT Number FROM Orders WHERE ClientOrderId = $2), $3)",
                fill.FillId, fill.OrderId.Value, DomainJson.Write(fill));
    });

    /// <summary>The stored state, all orders that are out, the <see cref="RecentOrders"/> last ones that ended, and the fills of these; null when nothing was stored.</summary>
    public StoredSimulation? Load() => _writer.Write(transaction =>
    {
        if (transaction.Value("SELECT Document FROM State") is not string state)
            return null;
        const string Recent =
            "SELECT Number FROM (SELECT Number FROM Orders WHERE IsLive = 0 ORDER BY Number DESC LIMIT $1) UNION ALL SELECT Number FROM Orders WHERE IsLive = 1";
        var orders = transaction.Rows($"SELECT Document FROM Orders WHERE Number IN ({Recent}) ORDER BY Number", Text, RecentOrders);
        var fills = transaction.Rows($"SELECT Document FROM Fills WHERE OrderNumber IN ({Recent}) ORDER BY rowid", Text, RecentOrders);
        return new StoredSimulation(
            DomainJson.Read<SimulationState>(state), [.. orders.Select(DomainJson.Read<SimulatedOrder>)], [.. fills.Select(DomainJson.Read<Fill>)]);
    });

    public void Dispose() => _writer.Dispose();

    private static string Text(SqliteDataReader reader) => reader.GetString(0);

    private static long NumberOf(SimulatedOrder order) => long.Parse(order.ExchangeOrderId.AsSpan(1), CultureInfo.InvariantCulture);

    private static void Upgrade(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Versions.Length)
            throw new DataFolderException(string.Create(CultureInfo.InvariantCulture,
                $"The simulated exchange's file '{path}' was written by a newer version of this program and was left as it is: "
                + $"start that version, or start with another data folder. (version {version}, known up to {Versions.Length})"));
        for (; version < Versions.Length; version++)
            DatabaseFile.Run(connection, string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Versions[version]} PRAGMA user_version = {version + 1}; COMMIT;"));
    }
}

/// <summary>What was stored of the simulated exchange, as <see cref="SimulatedExchange.Restore"/> takes it.</summary>
public sealed record StoredSimulation(SimulationState State, IReadOnlyList<SimulatedOrder> Orders, IReadOnlyList<Fill> Fills);
