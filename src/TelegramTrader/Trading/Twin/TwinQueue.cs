using System.Threading.Channels;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// The way from the live desk to its twin. Offering never waits and never fails: what finds no place is lost to the twin, which hears of that and compares nothing that it
/// touches. Safe to use from any thread.
/// </summary>
public sealed class TwinQueue(int capacity = TwinQueue.Capacity) : ICommitListener
{
    // Minutes of a busy market. Full, it holds some tens of megabytes.
    private const int Capacity = 20_000;

    private readonly Channel<TwinInput> _inputs = Channel.CreateBounded<TwinInput>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private int _lost;

    public ChannelReader<TwinInput> Reader => _inputs.Reader;

    public void Offer(TwinInput input)
    {
        if (!_inputs.Writer.TryWrite(input))
            Volatile.Write(ref _lost, 1);
    }

    public void Committed(EngineCommit commit)
    {
        // Only what a trade goes through concerns the twin.
        if (commit.Changes.Trades.Count > 0)
            Offer(new TwinInput.Committed(commit));
    }

    /// <summary>Whether something was lost since the last call.</summary>
    public bool TakeLost() => Interlocked.Exchange(ref _lost, 0) == 1;

    /// <summary>Nobody listens any more: what comes is let go, and nothing is kept.</summary>
    public void Close()
    {
        _inputs.Writer.TryComplete();
        while (_inputs.Reader.TryRead(out _))
        {
        }
    }
}

/// <summary>The live desk's own way for prices, with the twin beside it. The desk hears first.</summary>
internal sealed class TwinTap(IEventSink live, TwinQueue twin) : IEventSink
{
    public void Post(EngineEvent engineEvent)
    {
        live.Post(engineEvent);
        switch (engineEvent)
        {
            case EngineEvent.QuoteReceived quote:
                twin.Offer(new TwinInput.Priced(quote.Quote, quote.At));
                break;
            case EngineEvent.FeedLost lost:
                twin.Offer(new TwinInput.PricesLost(lost.At));
                break;
            case EngineEvent.FeedRestored restored:
                twin.Offer(new TwinInput.PricesBack(restored.At));
                break;
        }
    }
}
