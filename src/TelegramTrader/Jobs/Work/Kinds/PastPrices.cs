using TelegramTrader.Backtests;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>The prices on which posts of the past are tried: those of the recording that is replayed, else one-minute candles of the candle store.</summary>
internal sealed class PastPrices(DataFolder folder, MarketSettings market, ExchangeConnection exchange) : IPriceSource
{
    /// <summary>Of all symbols together. A candle takes some 150 bytes, and trading needs memory too.</summary>
    private const long MostCandles = 4_000_000;

    public PriceHistory Load(IReadOnlyCollection<string> bases, string asset, Instant from)
    {
        if (market.Source == MarketSource.Recorded)
            return Recorded();
        Check(bases, asset, from);
        return new StoredPrices(folder.Path, exchange.Name, Timeframe.OneMinute, []).Load(bases, asset, from);
    }

    private PriceHistory Recorded()
    {
        try
        {
            var recorded = RecordingFolder.Load(market.RecordingPath);
            return new PriceHistory(recorded.Instruments, recorded.Candles, null, recorded.Funding, []);
        }
        catch (RecordingException exception)
        {
            throw new PriceSourceException(exception.Message, exception);
        }
    }

    /// <summary>By the months that are there, before any of them is loaded.</summary>
    private void Check(IReadOnlyCollection<string> bases, string asset, Instant from)
    {
        var name = exchange.Name.Length > 0 ? exchange.Name : CandleStore.Exchanges(folder.Path) is [var only] ? only : null;
        if (name is null)
            return;
        var store = new CandleStore(folder.Path, name);
        var minutes = store.List().Where(series => series.Timeframe == Timeframe.OneMinute && (series.Symbol.Settle ?? series.Symbol.Quote) == asset && bases.Contains(series.Symbol.Base))
            .Sum(series => store.Months(series.Symbol, series.Timeframe, from, new Instant(long.MaxValue)).Sum(month => (long)((month.To - Instant.Later(month.From, from)) / Timeframe.OneMinute.Length)));
        if (minutes > MostCandles)
            throw new PriceSourceException(FormattableString.Invariant($"The posts need up to {minutes} candles, and a job takes at most {MostCandles}: ask for fewer days, or use backtest signals at the command line."));
    }
}
