using TelegramTrader.Core.Engine;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>Commits put together by hand, for what an engine would never do.</summary>
internal static class Commits
{
    public static EngineCommit Of(StoredDesk desk, Action<EngineChanges> change, EngineEvent? engineEvent = null, params EngineOutput[] outputs)
    {
        var changes = new EngineChanges();
        change(changes);
        return new EngineCommit
        {
            Event = engineEvent ?? new EngineEvent.TimePassed { At = desk.State.Now },
            QuotesBefore = [],
            Outputs = outputs,
            Changes = changes,
            Now = desk.State.Now,
            Scalars = desk.Engine.Scalars,
        };
    }
}
