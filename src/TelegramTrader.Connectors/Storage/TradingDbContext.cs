using Microsoft.EntityFrameworkCore;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// The schema of the trading database, and the way to read it. Instants are Unix milliseconds (UTC), prices, quantities and money exact text, closed
/// choices their names. Rows are mapped to the domain by whoever reads or writes them; nothing is written through this context, but through
/// <see cref="StorageWriter"/>.
/// </summary>
public sealed class TradingDbContext(DbContextOptions<TradingDbContext> options) : DbContext(options)
{
    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerHeadRow> LedgerHead => Set<LedgerHeadRow>();

    public DbSet<SignalRow> Signals => Set<SignalRow>();

    public DbSet<WatchedSignalRow> WatchedSignals => Set<WatchedSignalRow>();

    public DbSet<ClaimRow> Claims => Set<ClaimRow>();

    public DbSet<TradeRow> Trades => Set<TradeRow>();

    public DbSet<TradeDocumentRow> TradeDocuments => Set<TradeDocumentRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<FillRow> Fills => Set<FillRow>();

    public DbSet<FundingRow> Funding => Set<FundingRow>();

    public DbSet<NoteRow> Notes => Set<NoteRow>();

    public DbSet<BookedRow> Booked => Set<BookedRow>();

    public DbSet<CommandRow> Commands => Set<CommandRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<CardRow> Cards => Set<CardRow>();

    public DbSet<StateRow> State => Set<StateRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<LogRow> Logs => Set<LogRow>();

    public DbSet<ResultMonthRow> ResultMonths => Set<ResultMonthRow>();

    public DbSet<DecisionMonthRow> DecisionMonths => Set<DecisionMonthRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Core.Market.Instant>().HaveConversion<InstantColumn>();
        configurationBuilder.Properties<decimal>().HaveConversion<ExactColumn>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigureSignals(modelBuilder);
        ConfigureLedger(modelBuilder);
        ConfigureTrades(modelBuilder);
        ConfigureEngine(modelBuilder);
        ConfigureTelling(modelBuilder);
    }

    private static void ConfigureSignals(ModelBuilder model)
    {
        model.Entity<MessageRow>(message =>
        {
            message.HasKey(row => row.Id);
            message.HasIndex(row => new { row.Channel, row.MessageId, row.Revision }).IsUnique();
            message.HasIndex(row => new { row.Channel, row.ReceivedAt });
            message.HasIndex(row => row.ReceivedAt);
            message.HasIndex(row => row.Id).HasFilter("HandledAt IS NULL").HasDatabaseName("IX_Messages_Unhandled");
        });
        model.Entity<SignalRow>(signal =>
        {
            signal.HasKey(row => row.Number);
            signal.Property(row => row.Number).ValueGeneratedNever();
            signal.HasIndex(row => row.SignalId).IsUnique();
            signal.HasIndex(row => new { row.Channel, row.MessageId });
            signal.HasIndex(row => new { row.DecidedAt, row.Channel, row.Symbol, row.Outcome, row.Code });
            signal.HasIndex(row => new { row.Outcome, row.Number });
        });
        model.Entity<WatchedSignalRow>(watched =>
        {
            watched.HasKey(row => row.Number);
            watched.Property(row => row.Number).ValueGeneratedNever();
            watched.HasIndex(row => row.Since);
        });
        model.Entity<ClaimRow>(claim =>
        {
            claim.HasKey(row => row.Id);
            claim.HasIndex(row => row.Number);
            claim.HasIndex(row => new { row.Channel, row.Verdict });
        });
        // In the order in which they are asked for.
        model.Entity<DecisionMonthRow>().HasKey(row => new { row.Symbol, row.Channel, row.Month, row.Outcome, row.Code });
    }

    // The migration that made the ledger also made triggers that refuse to change or remove a row; a later one that rebuilds the table has to make them again.
    private static void ConfigureLedger(ModelBuilder model)
    {
        model.Entity<LedgerRow>(ledger =>
        {
            ledger.HasKey(row => row.Number);
            ledger.Property(row => row.Number).ValueGeneratedNever();
            ledger.HasIndex(row => new { row.Channel, row.MessageId, row.Revision }).IsUnique();
        });
        model.Entity<LedgerHeadRow>(head =>
        {
            head.HasKey(row => row.Id);
            head.Property(row => row.Id).ValueGeneratedNever();
        });
    }

    private static void ConfigureTrades(ModelBuilder model)
    {
        model.Entity<TradeRow>(trade =>
        {
            trade.HasKey(row => row.Number);
            trade.Property(row => row.Number).ValueGeneratedNever();
            trade.HasIndex(row => row.SignalId).IsUnique();
            trade.HasIndex(row => row.CreatedAt);
            trade.HasIndex(row => new { row.EndedAt, row.Number });
            trade.HasIndex(row => new { row.Channel, row.EndedAt, row.Number });
            trade.HasIndex(row => new { row.Symbol, row.EndedAt, row.Number });
        });
        model.Entity<TradeDocumentRow>(document =>
        {
            document.HasKey(row => row.Number);
            document.Property(row => row.Number).ValueGeneratedNever();
            document.HasOne<TradeRow>().WithOne().HasForeignKey<TradeDocumentRow>(row => row.Number).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OrderRow>(order =>
        {
            order.HasKey(row => row.ClientOrderId);
            order.HasIndex(row => row.TradeNumber);
            order.HasIndex(row => row.ChangedAt);
            order.HasIndex(row => row.ClientOrderId).HasFilter(LiveOrders).HasDatabaseName("IX_Orders_Live");
            order.HasOne<TradeRow>().WithMany().HasForeignKey(row => row.TradeNumber).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<FillRow>(fill =>
        {
            fill.HasKey(row => new { row.Account, row.FillId });
            fill.HasIndex(row => row.TradeNumber);
            fill.HasIndex(row => row.HappenedAt);
            fill.HasOne<TradeRow>().WithMany().HasForeignKey(row => row.TradeNumber).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<FundingRow>(funding =>
        {
            funding.HasKey(row => new { row.Account, row.PaymentId, row.TradeNumber });
            funding.HasIndex(row => row.TradeNumber);
            funding.HasOne<TradeRow>().WithMany().HasForeignKey(row => row.TradeNumber).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NoteRow>(note =>
        {
            note.HasKey(row => row.Id);
            note.HasIndex(row => row.TradeNumber);
        });
        model.Entity<ResultMonthRow>(result =>
        {
            // In the order in which they are asked for: all symbols of a channel, or all channels of a symbol.
            result.HasKey(row => new { row.Account, row.Channel, row.Symbol, row.Month, row.Asset });
            result.HasIndex(row => new { row.Account, row.Symbol, row.Channel, row.Month });
        });
    }

    private static void ConfigureEngine(ModelBuilder model)
    {
        model.Entity<BookedRow>(booked =>
        {
            booked.HasKey(row => row.Key);
            booked.HasIndex(row => row.At);
        });
        model.Entity<CommandRow>(command =>
        {
            command.HasKey(row => row.Id);
            command.HasIndex(row => row.At);
        });
        model.Entity<JournalRow>(journal =>
        {
            journal.HasKey(row => row.Sequence);
            journal.HasIndex(row => row.At);
        });
        model.Entity<StateRow>().HasKey(row => row.Key);
    }

    private static void ConfigureTelling(ModelBuilder model)
    {
        model.Entity<OutboxRow>(outbox =>
        {
            outbox.HasKey(row => row.Id);
            outbox.HasIndex(row => row.OrderId).HasFilter("DoneAt IS NULL").HasDatabaseName("IX_Outbox_Pending");
        });
        model.Entity<DeliveryRow>(delivery =>
        {
            delivery.HasKey(row => row.Id);
            delivery.HasIndex(row => new { row.OutboxId, row.ChatId }).IsUnique();
            delivery.HasIndex(row => new { row.Urgency, row.Id }).HasFilter("SentAt IS NULL").HasDatabaseName("IX_Deliveries_Unsent");
            delivery.HasOne<OutboxRow>().WithMany().HasForeignKey(row => row.OutboxId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CardRow>().HasKey(row => new { row.TradeNumber, row.ChatId });
        model.Entity<JobRow>(job =>
        {
            job.HasKey(row => row.Number);
            job.HasIndex(row => row.RequestId).IsUnique();
            job.HasIndex(row => new { row.State, row.Number });
            job.HasIndex(row => row.Number).HasFilter("IsTold = 0").HasDatabaseName("IX_Jobs_Untold");
        });
        model.Entity<LogRow>().HasKey(row => row.Id);
    }

    private static string LiveOrders { get; } =
        $"Phase IN ({string.Join(", ", Enum.GetValues<OrderPhase>().Where(phase => !OrderMoves.IsFinal(phase)).Select(phase => $"'{phase}'"))})";
}
