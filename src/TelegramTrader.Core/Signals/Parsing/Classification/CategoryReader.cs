using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>What a post is about that is no signal and no update: the category with the most evidence.</summary>
internal static class CategoryReader
{
    public static (string Category, RuleFailure Reason) Read(PostEvidence evidence)
    {
        var best = "chat";
        var most = 0;
        foreach (var (category, weight) in Weights(evidence))
        {
            if (weight > most)
            {
                most = weight;
                best = category;
            }
        }

        return (best, Reason(best, evidence));
    }

    public static RuleFailure Reason(string category, PostEvidence evidence) => new("no-trade", Sentence(category, evidence));

    private static (string Category, int Weight)[] Weights(PostEvidence evidence) =>
    [
        ("pump_announcement", 3 * evidence.Of(Term.Pump)),
        ("giveaway", 3 * evidence.Of(Term.Giveaway)),
        ("advert", 2 * evidence.Of(Term.Advert) + 2 * evidence.Of(Term.Membership) + 2 * evidence.Of(Term.Contact) + evidence.Links + evidence.Handles),
        ("brag", 2 * evidence.Of(Term.Result) + evidence.Of(Term.Profit) + evidence.Of(Term.Hit) + evidence.Of(Term.Congratulation) + evidence.Percents),
        ("news", 2 * evidence.Of(Term.News)),
        ("commentary", 2 * evidence.Of(Term.Analysis) + 2 * evidence.Of(Term.ChartLevel) + evidence.Of(Term.Expectation) + evidence.Of(Term.Mood) + (evidence.Assets > 0 ? 1 : 0)),
        ("education", 3 * evidence.Of(Term.Education)),
        ("chat", 2 * evidence.Of(Term.Chat)),
        ("announcement", 2 * evidence.Of(Term.Announcement)),
    ];

    private static string Sentence(string category, PostEvidence evidence) => category switch
    {
        "commentary" => "no entry, no stop: it speaks of the market and asks for no trade",
        "brag" => "it tells of results and asks for no trade",
        "advert" => "it advertises and asks for no trade",
        "news" => "it tells news and asks for no trade",
        "pump_announcement" => "it announces a pump and names no trade",
        "giveaway" => "it gives something away and asks for no trade",
        "education" => "it teaches and asks for no trade",
        "announcement" => "it announces something and asks for no trade",
        _ => evidence.Words == 0 ? "it has no words to read" : "no entry, no stop, no target",
    };
}
