using TelegramTrader.Chat.Jobs;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class JobsCommand(TradingDesk desk, Formats formats, JobDesk jobs, JobFiles files) : ChatCommand(desk, formats)
{
    private const int Listed = 10;

    public override string Name => "jobs";

    public override string Arguments => "[NUMBER [file]] | cancel NUMBER | again NUMBER";

    public override string Help => "long work such as backtests: what waits, runs and ended";

    public override CommandGroup Group => CommandGroup.Learn;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        switch (request.Arguments)
        {
            case []:
                return List();
            case [var word] when Find(word, out var job, out var problem):
                return job is null ? Usage(problem) : Card(job);
            case [var word, "file"] when Find(word, out var job, out var problem):
                return job is null ? Usage(problem) : FileOf(job);
            case ["cancel" or "again", _] when request.User.Role < Role.Trader:
                return ChatAnswer.Of($"/jobs {request.Arguments[0]} needs the role trader; you are viewer.");
            case ["cancel", var word] when Find(word, out var job, out var problem):
                return job is null ? Usage(problem) : ChatAnswer.Of(await jobs.CancelAsync(job, request.User, cancellation));
            case ["again", var word] when Find(word, out var job, out var problem):
                return job is null ? Usage(problem) : await AgainAsync(job, request, cancellation);
            default:
                return Usage($"'{request.Text}' is not understood.");
        }
    }

    private ChatAnswer List()
    {
        var latest = jobs.Latest(Listed);
        if (latest.Count == 0)
            return ChatAnswer.Of("There was no job yet. /backtest, /optimize and /scorecard ask for one.");
        var text = new AnswerBuilder();
        foreach (var job in latest)
            text.Line(JobText.Line(job, jobs.ProgressOf(job.Number), Formats));
        return text.Italic("/jobs NUMBER shows one.").EndRow().Build();
    }

    private ChatAnswer Card(StoredJob job) => JobText.Card(job, jobs.ProgressOf(job.Number), jobs.PlaceInQueue(job.Number)) with
    {
        Pictures = job.State == JobState.Done ? [.. files.ChartsOf(job.Number).Select(ChatPicture.Of)] : [],
    };

    private ChatAnswer FileOf(StoredJob job) => job.File is { } name && files.PathOf(name) is var path && File.Exists(path)
        ? ChatAnswer.Of($"All of job {job.Number}: {name}") with { File = new ChatFile(name, path) }
        : ChatAnswer.Of($"Job {job.Number} has no file.");

    private async Task<ChatAnswer> AgainAsync(StoredJob job, ChatRequest request, CancellationToken cancellation)
    {
        var place = request.Place is { } at ? new JobPlace(at.ChatId, at.ThreadId) : null;
        return await jobs.AskAsync(new JobRequest(request.Id, job.Kind, job.Arguments, request.User.Id, request.User.Name, place), cancellation) switch
        {
            JobAsked.Taken taken => Card(taken.Job) with { ShowsJob = taken.Job.Number },
            JobAsked.Refused refused => ChatAnswer.Of(refused.Reason),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not in the set of what comes of asking."),
        };
    }

    /// <summary>True for a number, with the job or with why there is none; false for any other word.</summary>
    private bool Find(string word, out StoredJob? job, out string problem)
    {
        (job, problem) = (null, "");
        if (!TryNumber(word, out var number))
            return false;
        job = jobs.Find(number);
        problem = $"There is no job {number}. /jobs lists the latest.";
        return true;
    }
}
