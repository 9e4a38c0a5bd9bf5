using TelegramTrader.Chat.Commands;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Jobs;

/// <summary>
/// A command that asks for a job: in one line, or as a short wizard that asks with buttons for what is missing. Each tap is the same command with more behind it, and the last one
/// becomes the card of the job.
/// </summary>
public abstract class JobCommand(TradingDesk desk, Formats formats, JobKinds kinds, JobDesk jobs) : ChatCommand(desk, formats)
{
    private const int ButtonsOfARow = 2;

    public override CommandGroup Group => CommandGroup.Learn;

    public override Role Role => Role.Trader;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var kind = kinds.For(Name, request.Arguments);
        if (kind is null && request.Arguments.Count > 0)
            return Usage($"'{request.Arguments[0]}' is nothing that /{Name} knows.");
        switch (request.Arguments.Count == 0 || kind is null ? kinds.Begin(Name) : kind.Check(request.Arguments))
        {
            case JobCheck.Wrong wrong:
                return Usage(wrong.Problem);
            case JobCheck.Asks asks:
                return Ask(asks);
            case JobCheck.Ready ready when kind is not null:
                var place = request.Place is { } at ? new JobPlace(at.ChatId, at.ThreadId) : null;
                return await jobs.AskAsync(new JobRequest(request.Id, kind.Name, ready.Arguments, request.User.Id, request.User.Name, place), cancellation) switch
                {
                    JobAsked.Taken taken => JobText.Card(taken.Job, jobs.ProgressOf(taken.Job.Number), jobs.PlaceInQueue(taken.Job.Number)) with { ShowsJob = taken.Job.Number },
                    JobAsked.Refused refused => ChatAnswer.Of(refused.Reason),
                    var other => throw new InvalidOperationException($"{other.GetType().Name} is not in the set of what comes of asking."),
                };
            default:
                throw new InvalidOperationException($"A job of /{Name} answered with what is not in the set of checks.");
        }
    }

    private ChatAnswer Ask(JobCheck.Asks asks)
    {
        var text = new AnswerBuilder().Line(asks.Question).Italic($"In one line: /{Name} {Arguments}").EndRow();
        foreach (var row in asks.Choices.Select(choice => (choice.Label, Command: $"/{Name} {choice.Words}")).Where(choice => ButtonData.Fits(choice.Command)).Chunk(ButtonsOfARow))
            text.Buttons([.. row.Select(choice => new ChatButton(choice.Label, new ButtonData.Refresh(choice.Command).ToString()))]);
        return text.Build();
    }
}
