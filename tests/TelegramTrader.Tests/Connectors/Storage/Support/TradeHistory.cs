using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>Writes the rows of ended trades as commits do, without an engine: for years of history in no time.</summary>
internal sealed class TradeHistory(DataFolder folder)
{
    private readonly RowTable<TradeRow> _trades = new(folder.Model);
    private readonly ResultMonths _months = new(folder.Model);

    public void Write(params IEnumerable<TradeRow> rows) => folder.Writer.Write(transaction =>
    {
        foreach (var row in rows)
        {
            var before = _trades.Find(transaction, row.Number);
            _trades.Put(transaction, row);
            _months.OnTradeWritten(transaction, before, row);
        }
    });

    public static TradeRow Trade(
        int number, Instant? ended, decimal net, string channel = "@alpha", string symbol = "BTC/USDT:USDT", string reason = "Target", TradeStage stage = TradeStage.Closed, string asset = "USDT") => new()
    {
        Number = number,
        SignalId = $"signal {number}",
        Channel = channel,
        MessageId = number,
        Account = "main",
        Symbol = symbol,
        Side = TradeSide.Long,
        Stage = stage,
        Leverage = 3m,
        CreatedAt = Some.Time,
        OpenedAt = stage == TradeStage.Closed ? (ended ?? Some.Time) - TimeSpan.FromHours(2) : null,
        EndedAt = ended,
        EndReason = ended is null ? null : reason,
        PlannedEntry = 1000m,
        InitialStop = 980m,
        Quantity = 1m,
        Asset = asset,
        Gross = net + 1.5m,
        Fees = 1.25m,
        Funding = -0.25m,
        Net = net,
        OneR = 20m,
        RMultiple = stage == TradeStage.Closed ? net / 20m : null,
        SameCandleConflicts = number % 7 == 0 ? 1 : 0,
    };
}
