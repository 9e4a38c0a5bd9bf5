using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// The pairs of live trades and their twins: what each executed at which market, and, once both have ended, the difference. A pair of which anything is missing is never
/// compared; it is counted, with the reason. Changed on the twin's thread only; <see cref="Sums"/> may be read from any.
/// </summary>
public sealed class TwinBook
{
    private const string FilledLate = "an order was filled after the trade had ended";
    private const string FundedLate = "funding was told after both had ended";

    private readonly TwinStore _store;
    private readonly AccountId _twinAccount;
    private readonly MidPrices _mids;
    private readonly Dictionary<int, TwinTrade> _underWay = [];
    private readonly Dictionary<int, TwinTrade> _settled = [];
    private readonly Lock _reading = new();

    public TwinBook(TwinStore store, AccountId twinAccount, MidPrices mids)
    {
        (_store, _twinAccount, _mids) = (store, twinAccount, mids);
        foreach (var pair in store.Load())
            if (pair.IsSettled)
                _settled.Add(pair.Number, Slim(pair));
            else
                _underWay.Add(pair.Number, pair);
    }

    /// <summary>Pairs of which something is still to be learnt.</summary>
    public IReadOnlyDictionary<int, TwinTrade> UnderWay => _underWay;

    public bool Knows(int number) => _underWay.ContainsKey(number) || _settled.ContainsKey(number);

    public void Begin(Trade live, string? gap) => Put(new TwinTrade
    {
        Number = live.Number,
        Signal = live.Signal.Id,
        Account = live.Account,
        Symbol = live.Instrument.Symbol,
        Side = live.Side,
        ContractSize = live.Instrument.ContractSize,
        Asset = live.Instrument.QuoteAsset,
        DecidedAt = live.CreatedAt,
        Gap = gap,
    });

    /// <summary>Books what a commit of either desk executed, and settles what has ended.</summary>
    public void OnCommit(EngineCommit commit)
    {
        foreach (var booked in commit.Changes.Fills)
            if (commit.Changes.Trades.TryGetValue(booked.TradeNumber, out var trade))
                OnFill(trade, booked.Fill, commit);
        foreach (var booked in commit.Changes.Funding)
            if (commit.Changes.Trades.TryGetValue(booked.TradeNumber, out var trade))
                OnFunding(trade, booked.Amount.Amount);
        foreach (var trade in commit.Changes.Trades.Values)
            if (trade.IsFinished)
                OnEnded(trade);
    }

    /// <summary>From now on the pairs under way, or those that are chosen, can't be compared.</summary>
    public void MarkGap(string reason, Func<TwinTrade, bool>? which = null)
    {
        foreach (var pair in _underWay.Values.Where(pair => pair.Gap is null && which?.Invoke(pair) != false).ToArray())
            Put(pair with { Gap = reason });
    }

    /// <summary>The live trade has ended where the twin did not see it.</summary>
    /// <param name="wasFilled">It had a position.</param>
    public void EndUnseen(int number, Instant at, bool wasFilled)
    {
        if (_underWay.TryGetValue(number, out var pair) && pair.LiveEndedAt is null)
            Put(pair with { Gap = pair.Gap ?? "it ended while the twin was away", LiveEndedAt = at, WasFilled = pair.WasFilled || wasFilled });
    }

    /// <summary>The sums by asset of the trades that ended live in [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public IReadOnlyList<ExecutionSum> Sums(Instant? from, Instant? until)
    {
        TwinTrade[] pairs;
        lock (_reading)
            pairs = [.. _settled.Values];
        return [.. pairs
            .Where(pair => pair.WasFilled && (from is null || pair.LiveEndedAt >= from) && (until is null || pair.LiveEndedAt < until))
            .GroupBy(pair => pair.Asset, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ExecutionSum(
                group.Key,
                group.Select(pair => pair.Difference).OfType<ExecutionDifference>().Aggregate(ExecutionDifference.None, (sum, difference) => sum + difference),
                group.Count(pair => pair.Difference is not null),
                group.Count(pair => pair.Difference is null)))];
    }

    private void OnFill(Trade trade, Fill fill, EngineCommit commit)
    {
        var purpose = commit.Changes.Orders.TryGetValue(fill.OrderId, out var order) ? order.Intent.ActedAt(fill.Price).Purpose : null;
        var mid = _mids.At(fill.Symbol, fill.HappenedAt);
        if (_settled.ContainsKey(trade.Number))
        {
            OnLate(trade, FilledLate);
            return;
        }

        if (_underWay.TryGetValue(trade.Number, out var pair) && (trade.Account == _twinAccount ? pair.TwinEndedAt : pair.LiveEndedAt) is not null)
            MarkGap(FilledLate, late => late.Number == trade.Number);

        Change(trade, side => side with
        {
            Lots = [.. side.Lots, new ExecutedLot(
                // A liquidation and a close outside the bot have no order of ours.
                purpose?.Key ?? fill.OrderId.Value, purpose is OrderPurpose.Entry, purpose is OrderPurpose.Target, fill.Quantity, fill.Price, mid ?? fill.Price, fill.Fee.Amount)],
        });
        if (mid is null)
            MarkGap($"the market's price at the execution {fill.FillId} is not known", pair => pair.Number == trade.Number);
    }

    /// <summary>What was compared is not so any more. A twin that goes on for a while after its pair was given up changes nothing.</summary>
    private void OnLate(Trade trade, string gap)
    {
        if (_store.Find(trade.Number) is not { } ended)
            return;
        if (ended.Gap is null)
            Put(ended with { Difference = null, Gap = gap, WasFilled = true });
        else if (trade.Account != _twinAccount && !ended.WasFilled)
            Put(ended with { WasFilled = true });
    }

    private void OnFunding(Trade trade, decimal amount)
    {
        if (_settled.ContainsKey(trade.Number))
        {
            OnLate(trade, FundedLate);
            return;
        }

        Change(trade, side => side with { Funding = side.Funding + amount });
        if (trade.Account != _twinAccount && amount != 0m && _underWay.TryGetValue(trade.Number, out var pair) && pair is { TwinEndedAt: null, Twin.Lots.Count: > 0 })
            Put(pair with { IsFundingDue = true });
    }

    private void OnEnded(Trade trade)
    {
        if (!_underWay.TryGetValue(trade.Number, out var pair))
            return;
        var isTwin = trade.Account == _twinAccount;
        if ((isTwin ? pair.TwinEndedAt : pair.LiveEndedAt) is not null)
            return;
        pair = isTwin ? pair with { TwinEndedAt = trade.EndedAt } : pair with { LiveEndedAt = trade.EndedAt };
        // The books of the desk are the measure: what was executed and did not come here would make the parts wrong.
        var executed = isTwin ? pair.Twin : pair.Live;
        if (pair.Gap is null && (executed.Entered != executed.Exited || Math.Abs(executed.Net(pair.Side, pair.ContractSize) - trade.Net.Amount) > 0.000001m))
            pair = pair with { Gap = $"an execution of the {(isTwin ? "twin" : "live trade")} is missing" };
        if (pair is { Gap: null, IsFundingDue: true, TwinEndedAt: not null, Twin.Funding: 0m })
            pair = pair with { Gap = "the funding of the twin is not known" };
        if (pair is { Gap: null, LiveEndedAt: not null, TwinEndedAt: not null })
            pair = pair with { Difference = ExecutionDifference.Between(pair.Side, pair.ContractSize, pair.Live, pair.Twin) };
        Put(pair);
    }

    private void Change(Trade trade, Func<ExecutedTrade, ExecutedTrade> change)
    {
        if (!_underWay.TryGetValue(trade.Number, out var pair))
            return;
        pair = trade.Account == _twinAccount ? pair with { Twin = change(pair.Twin) } : pair with { Live = change(pair.Live) };
        Put(pair with { WasFilled = pair.Live.Lots.Count > 0 || pair.Twin.Lots.Count > 0 });
    }

    private void Put(TwinTrade pair)
    {
        _store.Save(pair);
        if (!pair.IsSettled)
        {
            _underWay[pair.Number] = pair;
            return;
        }

        _underWay.Remove(pair.Number);
        lock (_reading)
            _settled[pair.Number] = Slim(pair);
    }

    /// <summary>What sums need; there may be many thousands.</summary>
    private static TwinTrade Slim(TwinTrade pair) => pair with { Live = ExecutedTrade.Nothing, Twin = ExecutedTrade.Nothing };
}
