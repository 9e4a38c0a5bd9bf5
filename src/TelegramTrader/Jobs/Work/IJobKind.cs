using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;

namespace TelegramTrader.Jobs.Work;

/// <summary>
/// One kind of long work: how it is asked for, and what it does. A new kind is its own file and a line in <see cref="JobKinds"/>. It reads prices and posts of the past; it places no
/// order and writes no trading row.
/// </summary>
public interface IJobKind
{
    /// <summary>As it is stored; never changed, and no other kind's.</summary>
    string Name { get; }

    /// <summary>The chat command, without the slash, by which it is asked for; several kinds may share one.</summary>
    string Command { get; }

    /// <summary>Whether these words behind the command are for this kind.</summary>
    bool Takes(IReadOnlyList<string> words);

    /// <summary>Looks at what was typed behind the command. Quick: somebody waits.</summary>
    JobCheck Check(IReadOnlyList<string> words);

    /// <summary>Does the work, on a thread for it, from its beginning; looks at the cancellation several times a second.</summary>
    /// <exception cref="OperationCanceledException">Cancelled on the way.</exception>
    JobOutcome Run(JobWork work);
}

/// <summary>What came of looking at the arguments of a job: one of a closed set.</summary>
public abstract record JobCheck
{
    private JobCheck()
    {
    }

    /// <param name="Arguments">All of them, as <see cref="IJobKind.Run"/> gets them.</param>
    public sealed record Ready(string Arguments) : JobCheck;

    /// <param name="Problem">A sentence that names the thing, the limit and the value.</param>
    public sealed record Wrong(string Problem) : JobCheck;

    /// <summary>Something is still missing.</summary>
    public sealed record Asks(string Question, IReadOnlyList<JobChoice> Choices) : JobCheck;
}

/// <param name="Words">All that then stands behind the command.</param>
public sealed record JobChoice(string Label, string Words);

/// <param name="Workers">So many threads may be used, this one included. They are those of the scheduler of the task that runs.</param>
/// <param name="Progress">Takes shares from 0 to 1, as often as one likes and from any thread.</param>
public sealed record JobWork(string Arguments, int Workers, IProgress<double> Progress, CancellationToken Cancellation);

/// <summary>How a job ended by itself: one of a closed set.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <param name="Rows">What is told.</param>
    /// <param name="Json">All of the result, for a file; null where the rows are all there is.</param>
    public sealed record Done(IReadOnlyList<TextRow> Rows, string? Json) : JobOutcome
    {
        /// <summary>Sent as pictures behind it.</summary>
        public IReadOnlyList<Chart> Charts { get; init; } = [];
    }

    /// <param name="Reason">A sentence.</param>
    public sealed record Failed(string Reason) : JobOutcome;
}
