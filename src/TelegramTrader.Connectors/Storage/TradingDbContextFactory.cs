using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// For the command-line tool that writes migrations; it opens no database. A change of the rows needs one, which dotnet-ef 6.0.5 writes (with
/// <c>DOTNET_ROLL_FORWARD=Major</c>): <c>dotnet-ef migrations add NAME --project src/TelegramTrader.Connectors --startup-project src/TelegramTrader.Connectors
/// --output-dir Storage/Migrations</c>.
/// </summary>
internal sealed class TradingDbContextFactory : IDesignTimeDbContextFactory<TradingDbContext>
{
    public TradingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<TradingDbContext>().UseSqlite("Data Source=unused.db").Options);
}
