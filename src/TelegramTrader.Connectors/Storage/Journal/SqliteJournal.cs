using Microsoft.EntityFrameworkCore.Metadata;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>
/// Writes each commit of the engine in one transaction: the event, what it changed, what it wants done, and who is to be told. On the path of every order,
/// so it uses prepared statements on one connection. Unique keys refuse what must not happen twice: the same idea, fill, payment, command or post.
/// </summary>
/// <param name="recipients">The chats that are to hear of a notification.</param>
public sealed class SqliteJournal(DataFolder folder, Func<Notification, IReadOnlyList<long>> recipients) : IJournal
{
    /// <summary>The key of the state that is no table of its own.</summary>
    internal const string ScalarsKey = "engine";

    private readonly Tables _tables = new(folder.Model);
    private readonly LedgerWriter _ledger = new(prices: null);
    private readonly OutboxEntries _outbox = new(folder.Model, recipients);
    private bool _isFirst = true;

    public void Commit(EngineCommit commit)
    {
        try
        {
            folder.Writer.Write(transaction => Write(transaction, commit));
        }
        catch (Exception exception)
        {
            throw new CommitRefusedException(commit, exception);
        }

        _isFirst = false;
    }

    private void Write(StorageTransaction transaction, EngineCommit commit)
    {
        WriteEvent(transaction, commit);
        WriteDecisions(transaction, commit);
        WriteClaims(transaction, commit);
        WriteTrades(transaction, commit);
        WriteBookings(transaction, commit);
        // A command that is repeated is answered and changes nothing.
        if (commit.Event is EngineEvent.OperatorCommanded { Command: var command } && commit.Changes.Any)
            WriteCommand(transaction, command, commit);
        _outbox.Write(transaction, commit);
        _tables.State.Put(transaction, new StateRow { Key = ScalarsKey, Value = DomainJson.Write(commit.Scalars) });
    }

    private void WriteEvent(StorageTransaction transaction, EngineCommit commit) => _tables.Journal.Insert(transaction, new JournalRow
    {
        At = commit.Now,
        AfterStart = _isFirst,
        Kind = commit.Event.GetType().Name,
        QuotesBefore = DomainJson.Write(commit.QuotesBefore),
        Event = DomainJson.Write(commit.Event),
        Outputs = DomainJson.Write(commit.Outputs.Select(JournalOutput.From)),
    });

    private void WriteDecisions(StorageTransaction transaction, EngineCommit commit)
    {
        foreach (var outcome in commit.Changes.Messages)
            MarkHandled(transaction, outcome, commit);
        foreach (var decision in commit.Changes.Decisions)
        {
            var row = SignalMapping.ToRow(decision);
            _tables.Signals.Insert(transaction, row);
            foreach (var month in new[] { Months.All, Months.Of(row.DecidedAt) })
            {
                Count(transaction, row, month, "", row.Code ?? "");
                Count(transaction, row, month, row.Symbol, "");
            }
        }
    }

    private static void Count(StorageTransaction transaction, SignalRow row, Instant month, string symbol, string code) => transaction.Execute(
        "INSERT INTO DecisionMonths (Symbol, Channel, Month, Outcome, Code, Count) VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO UPDATE SET Count = Count + 1",
        symbol, row.Channel, month.UnixMilliseconds, row.Outcome.ToString(), code);

    /// <summary>A post that was handled before must not be handled again: a second "close half" would close a second half.</summary>
    private void MarkHandled(StorageTransaction transaction, MessageOutcome outcome, EngineCommit commit)
    {
        var message = outcome.Message;
        var marked = transaction.Execute(
            "UPDATE Messages SET HandledAt = $1, Outcome = $2, Reason = $3 WHERE Channel = $4 AND MessageId = $5 AND Revision = $6 AND HandledAt IS NULL",
            commit.Now.UnixMilliseconds, outcome.Kind, outcome.Reason, message.Channel.Value, message.MessageId, message.Revision);
        if (marked > 0)
            return;
        // One that did not come through the inbox is stored here; one that is there and marked already breaks the unique key.
        _tables.Messages.Insert(transaction, SignalMapping.ToRow(outcome, commit.Now));
        _ledger.Append(transaction, message, PostOrigin.Received, observed: null);
    }

    private void WriteClaims(StorageTransaction transaction, EngineCommit commit)
    {
        foreach (var signal in commit.Changes.Watched.Values)
            _tables.WatchedSignals.Put(transaction, new WatchedSignalRow { Number = signal.Number, Since = signal.Since, Document = DomainJson.Write(signal) });
        foreach (var claim in commit.Changes.Claims)
            _tables.Claims.Insert(transaction, SignalMapping.ToRow(claim));
    }

    private void WriteTrades(StorageTransaction transaction, EngineCommit commit)
    {
        foreach (var trade in commit.Changes.Trades.Values)
        {
            var row = TradeMapping.ToRow(trade);
            var before = _tables.Trades.Find(transaction, row.Number);
            _tables.Trades.Put(transaction, row);
            _tables.TradeDocuments.Put(transaction, TradeMapping.ToDocument(trade));
            _tables.Results.OnTradeWritten(transaction, before, row);
        }

        foreach (var order in commit.Changes.Orders.Values)
            _tables.Orders.Put(transaction, TradeMapping.ToRow(order));
        foreach (var note in commit.Changes.Notes)
            _tables.Notes.Insert(transaction, new NoteRow { TradeNumber = note.TradeNumber, At = note.At, Text = note.Text });
    }

    private void WriteBookings(StorageTransaction transaction, EngineCommit commit)
    {
        foreach (var booked in commit.Changes.Fills)
            _tables.Fills.Insert(transaction, TradeMapping.ToRow(booked, commit.Now));
        foreach (var booked in commit.Changes.Funding)
            _tables.Funding.Insert(transaction, TradeMapping.ToRow(booked, commit.Changes.Trades[booked.TradeNumber].Account, commit.Now));
        foreach (var (key, at) in commit.Changes.Booked)
            transaction.Execute("INSERT INTO Booked (Key, At) VALUES ($1, $2)", key, at.UnixMilliseconds);
    }

    private void WriteCommand(StorageTransaction transaction, OperatorCommand command, EngineCommit commit)
    {
        var result = commit.Outputs.OfType<EngineOutput.Answer>().FirstOrDefault(answer => answer.CommandId == command.Id)?.Result;
        _tables.Commands.Insert(transaction, new CommandRow
        {
            Id = command.Id,
            By = command.By,
            ByAdmin = command.ByAdmin,
            Kind = command.GetType().Name,
            At = commit.Now,
            Command = DomainJson.Write(command),
            Result = result is null ? null : DomainJson.Write(result),
        });
    }

    private sealed class Tables(IModel model)
    {
        public RowTable<JournalRow> Journal { get; } = new(model);

        public RowTable<MessageRow> Messages { get; } = new(model);

        public RowTable<SignalRow> Signals { get; } = new(model);

        public RowTable<WatchedSignalRow> WatchedSignals { get; } = new(model);

        public RowTable<ClaimRow> Claims { get; } = new(model);

        public RowTable<TradeRow> Trades { get; } = new(model);

        public RowTable<TradeDocumentRow> TradeDocuments { get; } = new(model);

        public RowTable<OrderRow> Orders { get; } = new(model);

        public RowTable<FillRow> Fills { get; } = new(model);

        public RowTable<FundingRow> Funding { get; } = new(model);

        public RowTable<NoteRow> Notes { get; } = new(model);

        public RowTable<CommandRow> Commands { get; } = new(model);

        public RowTable<StateRow> State { get; } = new(model);

        public ResultMonths Results { get; } = new(model);
    }
}
