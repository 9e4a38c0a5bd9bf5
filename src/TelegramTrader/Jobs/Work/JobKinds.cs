namespace TelegramTrader.Jobs.Work;

/// <summary>All kinds of jobs there are.</summary>
public sealed class JobKinds(IEnumerable<IJobKind> kinds)
{
    private readonly IReadOnlyList<IJobKind> _all = [.. kinds];

    /// <summary>Null for a kind of an earlier version that is no more.</summary>
    public IJobKind? Find(string name) => _all.FirstOrDefault(kind => kind.Name == name);

    /// <summary>What to choose from when nothing stands behind a command.</summary>
    public JobCheck Begin(string command)
    {
        JobCheck[] checks = [.. _all.Where(kind => kind.Command == command && kind.Takes([])).Select(kind => kind.Check([]))];
        var asked = checks.OfType<JobCheck.Asks>().Where(asks => asks.Choices.Count > 0).ToArray();
        return asked.Length == 0 ? checks[0] : new JobCheck.Asks(string.Join(' ', asked.Select(asks => asks.Question)), [.. asked.SelectMany(asks => asks.Choices)]);
    }

    /// <summary>Whom the words behind a command are for; null when nobody takes them.</summary>
    public IJobKind? For(string command, IReadOnlyList<string> words) => _all.FirstOrDefault(kind => kind.Command == command && kind.Takes(words));
}
