using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Backtests;

/// <summary>Prices of the past with what is to be known to trade on them.</summary>
/// <param name="Instruments">One for each symbol that has candles.</param>
/// <param name="Candles">What is walked through.</param>
/// <param name="Finer">Shorter candles of the same symbols, or null.</param>
/// <param name="Funding">Of those symbols.</param>
/// <param name="Notes">What a person should know of them: what was derived, what was left out.</param>
public sealed record PriceHistory(
    IReadOnlyList<Instrument> Instruments, RecordedCandles Candles, RecordedCandles? Finer, IReadOnlyList<FundingRate> Funding, IReadOnlyList<string> Notes);

/// <summary>Where prices of the past come from.</summary>
public interface IPriceSource
{
    /// <param name="bases">The base assets that posts speak of, in capital letters; prices of others are not needed.</param>
    /// <param name="asset">What the account holds: only what is settled in it can be traded.</param>
    /// <param name="from">The first post; of what lies before only the last prices are needed.</param>
    /// <exception cref="PriceSourceException">There are no such prices, or they can't be read or used together.</exception>
    PriceHistory Load(IReadOnlyCollection<string> bases, string asset, Instant from);
}

/// <summary>Prices that can't be used; the message says which and why.</summary>
public sealed class PriceSourceException(string message, Exception? inner = null) : Exception(message, inner);
