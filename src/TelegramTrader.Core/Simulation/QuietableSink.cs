using TelegramTrader.Core.Engine;

namespace TelegramTrader.Core.Simulation;

/// <summary>Lets everything through, except while steps are repeated: then prices are dropped, and anything else is a broken promise.</summary>
internal sealed class QuietableSink(IEventSink sink) : IEventSink
{
    public bool IsQuiet { get; set; }

    public void Post(EngineEvent engineEvent)
    {
        if (!IsQuiet)
            sink.Post(engineEvent);
        else if (engineEvent is not EngineEvent.QuoteReceived)
            throw new InvalidOperationException($"Going over the recorded market again met {engineEvent.GetType().Name} at {engineEvent.At}, which did not happen the first time: the recording has changed.");
    }
}
