using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Exchanges;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader;

/// <summary>The moving parts of a running desk.</summary>
public sealed record DeskParts
{
    public required TradingEngine Engine { get; init; }

    public required EngineRunner Runner { get; init; }

    /// <summary>The recorded market; at its end from the start where there is none.</summary>
    public required MarketReplay Replay { get; init; }

    /// <summary>What is replayed; null where nothing is.</summary>
    public RecordedMarket? Recording { get; init; }

    /// <summary>The market as it is made; null where there is none.</summary>
    public LiveMarket? Live { get; init; }

    /// <summary>The same trades on paper; null on paper itself, and where it is switched off.</summary>
    public TwinDesk? Twin { get; init; }

    public required IDeskClock Clock { get; init; }

    /// <summary>To be disposed of after the engine has stopped.</summary>
    public required IDisposable Closing { get; init; }
}

/// <summary>A market as it is made, for whoever keeps it going.</summary>
/// <param name="Candles">Candles as they close, of the symbols that <see cref="ExchangeService"/> asks for.</param>
/// <param name="Exchange">The real exchange that orders go to; null on paper.</param>
/// <param name="Lock">What an admin opens before real money is traded; null on paper.</param>
/// <param name="List">What can be traded from now on.</param>
/// <param name="Fund">Settles funding where nobody else does: on paper, and for the paper twin of a live desk; null where there is neither.</param>
/// <param name="Tick">To be called from time to time on a simulated exchange; null at a real one.</param>
public sealed record LiveMarket(
    QuoteFeed Feed, CandleFeed Candles, CcxtExchange? Exchange, LiveLock? Lock, Action<IReadOnlyList<Instrument>> List, Action<Symbol, decimal, Instant>? Fund, Action? Tick)
{
    /// <summary>What is traded beside the desk and needs funding as well.</summary>
    public Func<IReadOnlyCollection<Symbol>> TradedBeside { get; init; } = () => [];
}
