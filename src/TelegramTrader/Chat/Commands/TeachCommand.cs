using System.Globalization;
using System.Text.RegularExpressions;
using TelegramTrader.Chat.Teaching;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>
/// Teaches how a channel writes, over one of its posts: what is wrong, which words say it right, what that would change in all that the channel has posted, and a yes.
/// Each step is a command of its own behind a button, so it works wherever commands do.
/// </summary>
public sealed partial class TeachCommand(TradingDesk desk, Formats formats, ISignalParser parser, LessonShelf lessons, PostShelf shelf, TradeQueries queries, ChannelHistory history)
    : ChatCommand(desk, formats)
{
    /// <summary>How many stored posts a rule is tried on.</summary>
    public const int MostPosts = 5000;

    private const int MostChannels = 12;
    private const int ButtonsOfARow = 3;
    private const int LongestLabel = 30;

    public override string Name => "teach";

    public override string Arguments => "NUMBER|TEXT";

    public override string Help => "teach me how a channel writes, over a post that I read wrongly";

    public override CommandGroup Group => CommandGroup.Learn;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    /// <summary>The button under a post that was read.</summary>
    public static ChatButton Button(string numberOrToken) => new("Teach", new ButtonData.Run($"/teach {numberOrToken}").ToString());

    /// <summary>The command line that a text stands for when it answers a question of this command; null when it answers none.</summary>
    public static string? AnswerTo(string? quoted, string text) => quoted is not null && QuestionLine().Match(quoted) is { Success: true } question ? $"{question.Value} {text}" : null;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var first, ..] || !LessonShelf.IsToken(first))
            return await BeginAsync(request, cancellation);
        if (!lessons.TryFind(first, out var lesson))
            return ChatAnswer.Of("I don't have that lesson any more. Begin again with the post.");
        var rest = request.Text[(request.Text.IndexOf(first, StringComparison.Ordinal) + first.Length)..].Trim();
        var (step, argument) = rest.IndexOfAny([' ', '\n']) is var gap && gap < 0 ? (rest, "") : (rest[..gap], rest[(gap + 1)..].Trim());
        return step switch
        {
            "" => await OverviewAsync(lesson, cancellation),
            "in" => await ChooseChannelAsync(lesson, argument, cancellation),
            "save" => await SaveAsync(lesson, argument, request),
            _ when lesson.Channel is null => await OverviewAsync(lesson, cancellation),
            _ when RuleProposals.Topic(step) is { } topic => await ProposeAsync(lesson, lesson.Channel.Value, topic, argument, request, cancellation),
            _ => Usage($"There is nothing to teach called '{step}'."),
        };
    }

    private async Task<ChatAnswer> BeginAsync(ChatRequest request, CancellationToken cancellation)
    {
        var word = request.Arguments is [var only] ? only : "";
        if (TryNumber(word, out var number))
            return await queries.FindAsync(number, cancellation) is { Messages: [.., var latest] }
                ? await OverviewAsync(lessons.Begin(latest.Message, latest.Message.Channel == ChannelId.ByHand ? null : latest.Message.Channel, request.Id), cancellation)
                : ChatAnswer.Of($"There is no decision #{number} with a post. /signals lists the latest.");
        if (!shelf.TryTake(word, out var post))
        {
            if (PostShelf.IsToken(word))
                return ChatAnswer.Of("I don't have that post any more. Paste it again.");
            var text = request.Text.Length > 0 ? request.Text : request.Quoted ?? "";
            if (text.Length == 0)
                return Usage("Which post?");
            shelf.TryTake(shelf.Put(text, request.Id, Desk.Now), out post);
        }

        return await OverviewAsync(lessons.Begin(post!, null, request.Id), cancellation);
    }

    private async Task<ChatAnswer> OverviewAsync(Lesson lesson, CancellationToken cancellation)
    {
        if (lesson.Channel is not { } channel)
            return await AskChannelAsync(lesson, cancellation);
        var text = new AnswerBuilder().Bold($"Teaching {channel}").Plain(": this post is now read as").EndRow();
        ParseText.Write(text, lesson.Post.Text, PostReading.Read(parser, lesson.Post, await KnownAsync(channel)), Formats);
        text.Blank().Line("What is wrong?");
        Rows(text, [.. RuleProposals.Topics.Select(topic => new ChatButton(topic.Label, new ButtonData.Run($"/teach {lesson.Token} {topic.Name}").ToString()))]);
        return text.Build();
    }

    private async Task<ChatAnswer> AskChannelAsync(Lesson lesson, CancellationToken cancellation)
    {
        var channels = (await history.ChannelsAsync(MostChannels, cancellation)).Concat(Desk.Settings.Channels.Keys).Where(channel => channel != ChannelId.ByHand).Distinct().Take(MostChannels).ToArray();
        lessons.Change(lesson.Token, now => now with { Offered = channels });
        var text = new AnswerBuilder().Line("Which channel is this post of?").Italic($"Or send: /teach {lesson.Token} in @NAME").EndRow();
        Rows(text, [.. channels.Select((channel, place) => new ChatButton(Short(channel.Value), new ButtonData.Run($"/teach {lesson.Token} in ~{place + 1}").ToString()))]);
        return text.Build();
    }

    private async Task<ChatAnswer> ChooseChannelAsync(Lesson lesson, string argument, CancellationToken cancellation)
    {
        ChannelId? channel = TryPlace(argument, out var place) ? place < lesson.Offered.Count ? lesson.Offered[place] : null
            : argument.Length is > 0 and <= 64 && !argument.Any(char.IsWhiteSpace) ? new ChannelId(argument) : null;
        if (channel is not { } chosen)
            return Usage($"'{argument}' is no channel.");
        return lessons.Change(lesson.Token, now => now with { Channel = chosen }) is { } changed ? await OverviewAsync(changed, cancellation) : ChatAnswer.Of("I don't have that lesson any more.");
    }

    private async Task<ChatAnswer> ProposeAsync(Lesson lesson, ChannelId channel, TeachingTopic topic, string argument, ChatRequest request, CancellationToken cancellation)
    {
        if (argument.Length == 0 && topic.Question.Length > 0)
            return Question(lesson, topic);
        var rule = TryPlace(argument, out var place) ? RuleProposals.OfChoice(topic, lesson.Post.Text, place, out var problem) : RuleProposals.OfText(topic, argument, out problem);
        if (rule is null)
            return ChatAnswer.Of($"That makes no rule: {problem}.", $"Send: /teach {lesson.Token} {topic.Name} WORD");
        var known = await KnownAsync(channel);
        var posts = await history.LatestAsync(channel, MostPosts, cancellation);
        // Thousands of posts take a while: on a thread of its own, and never on the engine's.
        var replay = await Task.Run(() => RuleReplay.Run(parser, posts, known, known.With(rule), cancellation), cancellation);
        if (lessons.Change(lesson.Token, now => now with { Proposals = [.. now.Proposals, rule] }) is not { } changed)
            return ChatAnswer.Of("I don't have that lesson any more. Begin again with the post.");
        var text = new AnswerBuilder().Plain($"Rule for {channel}: ").Bold(rule.ToString()).EndRow().Blank().Line("This post would be read as");
        ParseText.Write(text, lesson.Post.Text, PostReading.Read(parser, lesson.Post, known.With(rule)), Formats);
        ReplayText.Write(text.Blank(), replay);
        return Confirmation.Ask(text.Blank(), request, "Yes, save it", string.Create(CultureInfo.InvariantCulture, $"/teach {lesson.Token} save {changed.Proposals.Count}")).Build();
    }

    private static ChatAnswer Question(Lesson lesson, TeachingTopic topic)
    {
        var text = new AnswerBuilder().Line(topic.Question)
            .Italic($"Tap it, or answer this message with a word{(topic.Name is "ignore" or "quote" ? "" : $", or with a pattern such as Zone: {{{(topic.Name is "long" or "short" ? "side" : topic.Name)}}}")}. In full: /teach {lesson.Token} {topic.Name} WORD").EndRow();
        var buttons = RuleProposals.Choices(topic, lesson.Post.Text).Select((choice, place) =>
            new ChatButton(Short(choice), new ButtonData.Run(string.Create(CultureInfo.InvariantCulture, $"/teach {lesson.Token} {topic.Name} ~{place + 1}")).ToString()));
        Rows(text, [.. buttons]);
        return text.Build();
    }

    private async Task<ChatAnswer> SaveAsync(Lesson lesson, string argument, ChatRequest request)
    {
        if (lesson.Channel is not { } channel || !int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > lesson.Proposals.Count)
            return ChatAnswer.Of("There is no such rule to save. Begin again with the post.");
        if (!request.IsConfirmed)
            return ChatAnswer.Of("A rule is saved with the button under what it changes, while that is good.");
        var result = await Desk.CommandAsync(new OperatorCommand.TeachRule(channel, lesson.Proposals[number - 1]) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        return result is OperatorResult.ProfileChanged { Rule: var taught }
            ? ChatAnswer.Of($"Saved as rule {taught.Number}: in {taught.Channel}, {taught.Rule}. It counts from the next post on. /profile {taught.Channel} shows all.")
            : Result(result);
    }

    private Task<ChannelSettings> KnownAsync(ChannelId channel) => Desk.ReadAsync(state => state.ChannelOf(Desk.Settings, channel));

    private static void Rows(AnswerBuilder text, ChatButton[] buttons)
    {
        foreach (var row in buttons.Chunk(ButtonsOfARow))
            text.Buttons(row);
    }

    private static string Short(string label) => label.Length <= LongestLabel ? label : label[..LongestLabel].TrimEnd() + "…";

    /// <summary>~3 is the third of what was offered; a bare number could be meant as a text.</summary>
    private static bool TryPlace(string argument, out int place)
    {
        place = 0;
        if (!argument.StartsWith('~') || !int.TryParse(argument.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        place = number - 1;
        return true;
    }

    [GeneratedRegex("/teach t[0-9a-f]{12} [a-z]+")]
    private static partial Regex QuestionLine();
}
