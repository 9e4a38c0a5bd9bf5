using TelegramTrader.Core.Engine;

namespace TelegramTrader.Tests.Support;

/// <summary>Keeps every commit in memory.</summary>
internal sealed class CollectingJournal : IJournal
{
    public List<EngineCommit> Commits { get; } = [];

    public IEnumerable<EngineOutput> Outputs => Commits.SelectMany(commit => commit.Outputs);

    public IEnumerable<Notification> Notifications => Outputs.OfType<EngineOutput.Notify>().Select(output => output.Notification);

    /// <summary>Called with each commit, for tests that look at every one.</summary>
    public Action<EngineCommit>? OnCommit { get; set; }

    public void Commit(EngineCommit commit)
    {
        Commits.Add(commit);
        OnCommit?.Invoke(commit);
    }
}
