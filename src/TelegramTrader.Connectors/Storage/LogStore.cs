using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage;

/// <summary>The latest lines of the program's log, for viewing from chat; the log files hold all of them.</summary>
/// <param name="capacity">How many lines are kept.</param>
public sealed class LogStore(DataFolder folder, int capacity = 20_000)
{
    private readonly RowTable<LogRow> _table = new(folder.Model);

    /// <summary>Adds lines in one transaction and drops the oldest beyond the capacity.</summary>
    public void Append(IReadOnlyList<LogLine> lines) => folder.Writer.Write(transaction =>
    {
        foreach (var line in lines)
            _table.Insert(transaction, new LogRow { At = line.At, Level = line.Level, Source = line.Source, Text = line.Text });
        transaction.Execute("DELETE FROM Logs WHERE Id <= (SELECT MAX(Id) FROM Logs) - $1", capacity);
    });

    /// <summary>The latest lines of at least this level, the newest first.</summary>
    public async Task<IReadOnlyList<LogLine>> LatestAsync(int count, int lowestLevel, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        return await context.Logs.Where(row => row.Level >= lowestLevel).OrderByDescending(row => row.Id).Take(count)
            .Select(row => new LogLine(row.At, row.Level, row.Source, row.Text)).ToListAsync(cancellation);
    }
}

/// <param name="Level">From 0 for the least to 5 for the most serious.</param>
public sealed record LogLine(Instant At, int Level, string Source, string Text);
