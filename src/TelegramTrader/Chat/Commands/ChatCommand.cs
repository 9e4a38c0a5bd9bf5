using TelegramTrader.Core.Engine;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>What most commands share: the desk and how numbers are written.</summary>
public abstract class ChatCommand(TradingDesk desk, Formats formats) : IChatCommand
{
    public abstract string Name { get; }

    public virtual string Arguments => "";

    public abstract string Help { get; }

    public abstract CommandGroup Group { get; }

    public virtual Role Role => Role.Viewer;

    public virtual CommandEffect Effect => CommandEffect.Reads;

    protected TradingDesk Desk { get; } = desk;

    protected Formats Formats { get; } = formats;

    public abstract Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation);

    /// <summary>Who ordered it, for the engine's records.</summary>
    protected static string By(ChatRequest request) => request.User.Name;

    protected static bool IsAdmin(ChatRequest request) => request.User.Role == Role.Admin;

    /// <summary>How to use the command, when its arguments were wrong.</summary>
    protected ChatAnswer Usage(string problem) => ChatAnswer.Of(problem, $"Use it so: /{Name} {Arguments}".TrimEnd());

    /// <summary>A number such as 12 or #12.</summary>
    protected static bool TryNumber(string text, out int number) =>
        int.TryParse(text.AsSpan().TrimStart('#'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);

    protected static string Numbers(IReadOnlyList<int> numbers) => numbers.Count == 0 ? "none" : string.Join(", ", numbers.Select(number => $"#{number}"));

    /// <summary>What came of an order to the engine.</summary>
    protected ChatAnswer Result(OperatorResult result) => result switch
    {
        OperatorResult.Refused refused => ChatAnswer.Of($"Not done: {refused.Text}."),
        OperatorResult.Done done => Done(done),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not in the set of results."),
    };

    private static ChatAnswer Done(OperatorResult.Done done)
    {
        var text = new AnswerBuilder();
        if (done.Closing.Count > 0)
            text.Line($"Closing: {Numbers(done.Closing)}");
        if (done.Withdrawn.Count > 0)
            text.Line($"Entries withdrawn: {Numbers(done.Withdrawn)}");
        if (done.Closing.Count == 0 && done.Withdrawn.Count == 0)
            text.Line("Done.");
        return text.Build();
    }
}
