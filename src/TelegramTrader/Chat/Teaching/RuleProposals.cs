using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Chat.Teaching;

/// <summary>What can be wrong with a reading, as it stands in a command.</summary>
/// <param name="Name">In the command.</param>
/// <param name="Label">On the button.</param>
/// <param name="Question">What the person is asked to point at.</param>
public sealed record TeachingTopic(string Name, string Label, string Question);

/// <summary>From what a person pointed at to the rule that says it. Proposes only; whether it is good the replay over the history shows.</summary>
public static class RuleProposals
{
    public static IReadOnlyList<TeachingTopic> Topics { get; } =
    [
        new("long", "It is a long", "Which word says that it is a long?"),
        new("short", "It is a short", "Which word says that it is a short?"),
        new("symbol", "Symbol", "Which word is the symbol?"),
        new("entry", "Entry", "Which number is the entry?"),
        new("targets", "Targets", "Which number is the first target?"),
        new("stop", "Stop", "Which number is the stop?"),
        new("leverage", "Leverage", "Which number is the leverage?"),
        new("ignore", "Not a signal: ignore such posts", "Which words stand in such posts only? All posts of this channel that contain them are ignored."),
        new("percent", "Targets are %", ""),
        new("quote", "Quote", "Which asset is the quote where a post names none?"),
    ];

    public static TeachingTopic? Topic(string name) => Topics.FirstOrDefault(topic => topic.Name == name);

    /// <summary>What a person can point at for a topic, in the order of the buttons.</summary>
    public static IReadOnlyList<string> Choices(TeachingTopic topic, string post) => topic.Name switch
    {
        "long" or "short" or "symbol" => PostPieces.Words(post),
        "ignore" => PostPieces.Lines(post),
        "quote" => ["USDT", "USDC", "USD", "BTC", "EUR"],
        "percent" => [],
        _ => [.. PostPieces.Numbers(post).Select(piece => piece.Number)],
    };

    /// <summary>The rule for the piece at a place of <see cref="Choices"/>; null with the reason when there can be none.</summary>
    public static ProfileRule? OfChoice(TeachingTopic topic, string post, int place, out string problem)
    {
        var choices = Choices(topic, post);
        if (place < 0 || place >= choices.Count)
        {
            problem = $"there is no choice {place + 1}; there are {choices.Count}";
            return null;
        }

        var choice = choices[place];
        if (topic.Name is "long" or "short" or "ignore" or "quote")
            return OfText(topic, choice, out problem);
        var before = topic.Name == "symbol" ? PostPieces.Before(post, choice) : PostPieces.Numbers(post)[place].Before;
        if (before.Length == 0)
        {
            problem = $"nothing stands before '{choice}' on its line, so that it could not be told from other posts; send a word or a pattern instead";
            return null;
        }

        return OfText(topic, $"{before} {{{topic.Name}}}", out problem);
    }

    /// <summary>The rule for what a person typed: a word, a pattern with a hole, a phrase to ignore or a quote.</summary>
    public static ProfileRule? OfText(TeachingTopic topic, string text, out string problem)
    {
        ProfileRule? rule = topic.Name switch
        {
            "percent" => new ProfileRule.TargetsArePercent(true),
            "ignore" => new ProfileRule.Ignore(text.Trim()),
            "quote" => new ProfileRule.DefaultQuote(text.Trim().ToUpperInvariant()),
            _ when text.Contains('{', StringComparison.Ordinal) => new ProfileRule.Pattern(text.Trim()),
            _ => Meaning(topic) is { } meaning ? new ProfileRule.Word(text.Trim(), meaning) : null,
        };
        problem = rule is null ? $"a symbol needs a pattern, such as Coin: {{symbol}}, but this is '{text.Trim()}'" : rule.Problem() ?? "";
        return problem.Length == 0 ? rule : null;
    }

    private static OwnMeaning? Meaning(TeachingTopic topic) => topic.Name switch
    {
        "long" => OwnMeaning.Long,
        "short" => OwnMeaning.Short,
        "entry" => OwnMeaning.Entry,
        "targets" => OwnMeaning.Target,
        "stop" => OwnMeaning.Stop,
        "leverage" => OwnMeaning.Leverage,
        _ => null,
    };
}
