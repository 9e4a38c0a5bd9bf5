using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Exchanges;

/// <summary>Keeps the desk supplied by its exchange: what is listed, prices of everything that is traded, funding, executions. Runs until the bot ends.</summary>
public sealed class ExchangeService(ExchangeParts parts, DeskParts desk, TradingDesk trading, TimeProvider time, ProgramEnd end, ILogger<ExchangeService> log) : BackgroundService
{
    private static readonly TimeSpan ListingsReadEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan ListingsTriedAgainAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SymbolsLookedAtEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var live = desk.Live ?? throw new InvalidOperationException("The desk has no live market.");
        if (live.Lock is { IsOpen: false })
            await trading.CommandAsync(new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "live trading is not confirmed yet; an admin does it with /live", null)
            {
                Id = $"live-lock-{trading.Now.UnixMilliseconds}",
                By = "lock",
            }).WaitAsync(stoppingToken);
        try
        {
            await Loops.RunAsync(
                [
                    ending => ReadListingsAsync(live, ending), live.Feed.RunAsync, live.Candles.RunAsync, ending => WatchTradedAsync(live, ending),
                    live.Exchange is { } real ? real.FollowAsync : _ => Task.CompletedTask,
                    ending => live.Fund is null ? Task.CompletedTask : live.Exchange is null ? SettleFundingAsync(live, ending) : FundTwinAsync(live, ending),
                ],
                stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The exchange is not listened to any more");
        }
        catch (Exception exception)
        {
            // Prices, executions and time come from here: without one of them nobody would protect what is open.
            log.LogCritical(exception, "What keeps the desk supplied by its exchange has failed; the program ends. Start the bot again and it takes up from there");
            await end.EndAsync(exception is ClockWentBackException ? "this machine's clock went back by more than a minute" : "what brings prices and executions from the exchange has failed");
        }
    }

    private async Task ReadListingsAsync(LiveMarket live, CancellationToken cancellation)
    {
        var reader = new ExchangeListings(parts.Session, log);
        await parts.Session.FirstOpened.WaitAsync(cancellation);
        while (true)
        {
            var (instruments, trouble) = await reader.ReadAsync(cancellation);
            if (instruments is not null)
            {
                // The journal keeps what the engine is told, and a whole list is long: it is told again only when something is different.
                if (parts.Markets.Replace(instruments))
                    live.List(instruments);
            }
            else
            {
                log.LogWarning("What {Exchange} lists could not be read: {Reason}", parts.Account.Exchange, trouble);
            }

            await Task.Delay(instruments is null ? ListingsTriedAgainAfter : ListingsReadEvery, time, cancellation);
        }
    }

    /// <summary>What is traded is watched for as long as it is; and what is on its way to the simulated exchange arrives, also in a market that stands still.</summary>
    private async Task WatchTradedAsync(LiveMarket live, CancellationToken cancellation)
    {
        while (true)
        {
            if (live.Exchange is not null && await trading.ReadAsync(state => state.Now).WaitAsync(cancellation) is var engineNow && engineNow - trading.Now > ClockReset.Negligible)
                // It was ahead and has been put right. The next start goes on from the time that it is.
                throw new ClockWentBackException($"The clock went back to {trading.Now}, and the engine is at {engineNow}.");
            live.Feed.Watch(await trading.ReadAsync(state => state.ActiveTrades.Select(trade => trade.Instrument.Symbol)
                // A foreign position needs a price before it can be taken over.
                .Concat(state.Foreign.Select(position => position.Symbol).Where(symbol => state.Markets.TryGetValue(symbol, out var market) && market.Instrument is not null))
                .Distinct().ToArray()).WaitAsync(cancellation));
            live.Candles.Watch(await trading.ReadAsync(state => state.ActiveTrades.Where(trade => trade.Signal.Idea.Stop is StopPlan.AtPrice { OnCandleClose: true })
                .Select(trade => new CandleSeries(trade.Instrument.Symbol, Timeframe.OneMinute)).Distinct().ToArray()).WaitAsync(cancellation));
            live.Tick?.Invoke();
            trading.Post(new EngineEvent.TimePassed { At = trading.Now });
            await Task.Delay(SymbolsLookedAtEvery, time, cancellation);
        }
    }

    /// <summary>For the paper twin only: what goes wrong with its funding is no reason to stop watching what is traded.</summary>
    private async Task FundTwinAsync(LiveMarket live, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await SettleFundingAsync(live, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                log.LogError(exception, "The funding of the paper twin could not be settled");
            }

            await Task.Delay(FundingFollower.ReadEvery, time, cancellation);
        }
    }

    private Task SettleFundingAsync(LiveMarket live, CancellationToken cancellation) => new FundingFollower(parts.Session, time, log).RunAsync(
        async cancelled => [.. (await trading.ReadAsync(state => state.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero).Select(trade => trade.Instrument.Symbol).ToArray()).WaitAsync(cancelled))
            .Union(live.TradedBeside()).Where(symbol => symbol.IsPerpetual)],
        rate => live.Fund!(rate.Symbol, rate.Rate, rate.At),
        cancellation);

    private sealed class ClockWentBackException(string message) : Exception(message);
}
