using TelegramTrader.Core.Engine;

namespace TelegramTrader.Trading;

/// <summary>The listeners of the desk, which are made after it: some of them need the desk themselves. Taken once, before anything moves.</summary>
internal sealed class LateListeners : ICommitListener
{
    private ICommitListener[] _listeners = [];

    public void Take(IEnumerable<ICommitListener> listeners) => _listeners = [.. listeners];

    public void Committed(EngineCommit commit)
    {
        foreach (var listener in _listeners)
            listener.Committed(commit);
    }
}
