using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>
/// Goes over a whole journal with a fresh engine and compares what it wants done with what was wanted then: same events, same outputs. The settings, the parser
/// and the capabilities must be those of the recorded run.
/// </summary>
public sealed class JournalReplay(DataFolder folder, EngineSettings settings, ISignalParser parser, ExchangeCapabilities capabilities)
{
    /// <summary>Each commit whose outputs differ, from the oldest kept one on; empty when the run is reproduced exactly.</summary>
    /// <exception cref="InvalidOperationException">The beginning of the journal is no longer there, so that a fresh engine can't be brought to where it begins.</exception>
    public IEnumerable<JournalDifference> Differences()
    {
        using var context = folder.Read();
        var engine = new TradingEngine(new EngineState(), settings, parser, capabilities);
        var expected = 1L;
        foreach (var row in context.Journal.OrderBy(row => row.Sequence).AsEnumerable())
        {
            if (row.Sequence != expected++)
                throw new InvalidOperationException(
                    $"The journal has entry {row.Sequence} where {expected - 1} was expected: its beginning has been cleaned up, and it can't be gone over from the start.");
            if (row.AfterStart)
                engine = Restarted(engine);
            foreach (var quote in DomainJson.Read<IReadOnlyList<Quote>>(row.QuotesBefore))
                engine.Handle(new EngineEvent.QuoteReceived(quote) { At = quote.Time });
            engine.Handle(DomainJson.Read<EngineEvent>(row.Event));
            var outputs = DomainJson.Write(engine.Outputs.Select(JournalOutput.From));
            if (outputs != row.Outputs)
                yield return new JournalDifference(row.Sequence, row.Kind, row.Outputs, outputs);
        }
    }

    /// <summary>What an engine knows after a restart: what was stored, and nothing of prices, instruments and feeds.</summary>
    private TradingEngine Restarted(TradingEngine engine)
    {
        var state = engine.State;
        if (state.NextNumber == 1 && state.Now == Instant.Epoch)
            return engine;
        var since = state.Now - settings.RememberFinishedFor;
        var trades = state.Trades.Values.Where(trade => !trade.IsFinished || trade.EndedAt >= since || state.OrdersOf(trade.Number).Any(order => order.IsLive)).ToArray();
        var restored = EngineState.Restore(engine.Scalars, trades, trades.SelectMany(trade => state.OrdersOf(trade.Number)), state.Booked, state.Watched.Values);
        return new TradingEngine(restored, settings, parser, capabilities);
    }
}

/// <param name="Stored">The outputs as they were committed, as JSON.</param>
/// <param name="Now">The outputs as they come out now.</param>
public sealed record JournalDifference(long Sequence, string Kind, string Stored, string Now);
