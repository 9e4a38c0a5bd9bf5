using System.Collections.Concurrent;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Leverage, isolated margin and one-way positions, set and read back for each symbol and leverage before an order that opens a position there, unless that was a short while ago. Spot has none.
/// </summary>
internal sealed class PositionPreparation(ExchangeSession session, CcxtExchangeOptions options, TimeProvider time)
{
    /// <summary>Somebody else may change it at any time; the entries of one trade come together.</summary>
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Symbol, (decimal Leverage, long At)> _prepared = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Whoever held the account in the meantime may have changed it.</summary>
    public void Forget() => _prepared.Clear();

    /// <summary>Null when the account is as it must be; else why not.</summary>
    /// <param name="giveUp">Nothing more is begun and no wait goes on. What was sent is waited for all the same: what it sets counts for the next entry.</param>
    /// <exception cref="OperationCanceledException">Given up while it waited.</exception>
    public async Task<ExchangeFailure?> EnsureAsync(Symbol symbol, decimal leverage, CancellationToken giveUp, CancellationToken cancellationToken)
    {
        if (!symbol.IsPerpetual || IsPrepared(symbol, leverage))
            return null;
        // Two entries of one trade would ask for the same thing twice, and two leverages at once would be a race.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(giveUp, cancellationToken);
        await _oneAtATime.WaitAsync(waiting.Token);
        try
        {
            if (IsPrepared(symbol, leverage))
                return null;
            // Exchanges take whole numbers only. The lower one needs more margin, and liquidation lies farther away than planned.
            var whole = Math.Max(1, (int)decimal.Floor(leverage));
            var request = new { account = session.Account.Id.Value, symbol = symbol.ToString(), leverage = whole, marginMode = "isolated", oneWay = true };
            var answer = await AskAsync(request, giveUp, cancellationToken);
            if (ExchangeErrors.Of(answer) is { } failure)
                return failure;
            var prepared = ((GatewayAnswer<PreparedWire>.Ok)answer).Value;
            if (Wrong(prepared, leverage) is { } wrong)
                return new ExchangeFailure(new ExchangeError(ExchangeErrorKind.InvalidOrder, "preparation", $"{symbol}: {wrong}"), false, null);
            _prepared[symbol] = (leverage, time.GetTimestamp());
            return null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private bool IsPrepared(Symbol symbol, decimal leverage) =>
        _prepared.TryGetValue(symbol, out var set) && set.Leverage == leverage && time.GetElapsedTime(set.At) < BelievedFor;

    /// <summary>The same setting twice does no harm, so one broken connection does not cost the entry.</summary>
    private async Task<GatewayAnswer<PreparedWire>> AskAsync(object request, CancellationToken giveUp, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(giveUp, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await session.CallAsync<PreparedWire>(RequestPriority.Entry, 5, "exchange.prepare", request, cancellationToken, giveUp);
            if (attempt >= options.PrepareAttempts || giveUp.IsCancellationRequested || ExchangeErrors.Of(answer) is not { Error.MayPass: true })
                return answer;
            await Task.Delay(options.PrepareAgainAfter, time, waiting.Token);
        }
    }

    private static string? Wrong(PreparedWire prepared, decimal leverage)
    {
        if (!prepared.Verified)
            return "the exchange did not confirm leverage and modes" + (prepared.Notes is { Count: > 0 } notes ? $" ({string.Join("; ", notes)})" : "");
        if (prepared.Leverage is { } actual && actual > leverage)
            return $"the leverage is {actual} and not {leverage}";
        if (prepared.PositionMode is { } mode && mode != "oneWay")
            return "the account is in hedge mode; one-way mode is needed";
        return prepared.MarginMode is { } margin && margin != "isolated" ? $"the margin mode is {margin} and not isolated" : null;
    }
}
