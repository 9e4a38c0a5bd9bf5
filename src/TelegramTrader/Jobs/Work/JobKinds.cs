namespace TelegramTrader.Jobs.Work;

/// <summary>All kinds of jobs there are.</summary>
public sealed class JobKinds(IEnumerable<IJobKind> kinds)
{
    private readonly IReadOnlyList<IJobKind> _all = [.. kinds];

    /// <summary>Null for a kind of an earlier version that is no more.</summary>
    public IJobKind? Find(string name) => _all.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Whom the words behind a command are for; null when nobody takes them.</summary>
    public IJobKind? For(string command, IReadOnlyList<string> words) => _all.FirstOrDefault(kind => kind.Command == command && kind.Takes(words));
}
