using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelegramTrader.Connectors.Storage.Migrations
{
    public partial class Ledger : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Ledger",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    Change = table.Column<string>(type: "TEXT", nullable: false),
                    PostedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstPostedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    ReplyTo = table.Column<long>(type: "INTEGER", nullable: true),
                    HasMedia = table.Column<bool>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    Symbol = table.Column<string>(type: "TEXT", nullable: true),
                    Price = table.Column<string>(type: "TEXT", nullable: true),
                    PriceAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PreviousHash = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ledger", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "LedgerHead",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    PostsBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    LastMessageBefore = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerHead", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_Channel_MessageId_Revision",
                table: "Ledger",
                columns: new[] { "Channel", "MessageId", "Revision" },
                unique: true);

            // Written by hand. What was stored before the ledger is not in it, and its check says so.
            migrationBuilder.Sql(
                "INSERT INTO LedgerHead (Id, Count, Hash, PostsBefore, LastMessageBefore) " +
                "SELECT 1, 0, '0000000000000000000000000000000000000000000000000000000000000000', COUNT(*), COALESCE(MAX(Id), 0) FROM Messages");
            migrationBuilder.Sql("CREATE TRIGGER Ledger_NoUpdate BEFORE UPDATE ON Ledger BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END");
            migrationBuilder.Sql("CREATE TRIGGER Ledger_NoDelete BEFORE DELETE ON Ledger BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Ledger");

            migrationBuilder.DropTable(
                name: "LedgerHead");
        }
    }
}
