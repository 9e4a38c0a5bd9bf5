using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Trading;

/// <summary>The listeners of the desk, looked up at the first commit: some of them need the desk themselves.</summary>
internal sealed class LateListeners(IServiceProvider provider) : ICommitListener
{
    private readonly Lazy<ICommitListener[]> _listeners = new(() => [.. provider.GetServices<ICommitListener>()]);

    public void Committed(EngineCommit commit)
    {
        foreach (var listener in _listeners.Value)
            listener.Committed(commit);
    }
}
