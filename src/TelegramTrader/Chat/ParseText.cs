using TelegramTrader.Core.Signals;

namespace TelegramTrader.Chat;

/// <summary>A parse result for people: what it is, each field, and the words that became it.</summary>
public static class ParseText
{
    public static void Write(AnswerBuilder text, string post, ParseResult result, Formats formats)
    {
        var sure = formats.Percent((decimal)result.Confidence);
        switch (result)
        {
            case ParseResult.Signal signal:
                text.Bold(signal.Ideas.Count == 1 ? "Signal" : $"{signal.Ideas.Count} signals").Plain($", {sure} sure").EndRow();
                foreach (var idea in signal.Ideas)
                    Fields(text, post, idea.Fields);
                break;
            case ParseResult.Update update:
                text.Bold("Update").Plain($", {sure} sure: {string.Join(", ", update.Content.Actions)}{(update.Content.Pair is { } pair ? $" of {pair}" : "")}").EndRow();
                Fields(text, post, update.Content.Fields);
                break;
            case ParseResult.Doubtful doubtful:
                text.Bold("In doubt, would not be traded").Plain($": {doubtful.Reason.Text} ({doubtful.Reason.Code})").EndRow();
                Fields(text, post, doubtful.Draft?.Fields ?? doubtful.Content?.Fields ?? []);
                break;
            case ParseResult.Malformed malformed:
                text.Bold("Signal with a mistake, would not be traded").Plain($": {malformed.Reason.Text} ({malformed.Reason.Code})").EndRow();
                Fields(text, post, malformed.Draft.Fields);
                break;
            case ParseResult.NotASignal not:
                text.Bold("Not a signal").Plain($", {sure} sure: {not.Category} – {not.Reason.Text}").EndRow();
                break;
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is not in the set of parse results.");
        }
    }

    /// <summary>Each field with the words of the post that it was read from.</summary>
    public static void Fields(AnswerBuilder text, string post, IReadOnlyList<ReadField> fields)
    {
        foreach (var field in fields)
        {
            text.Plain($"{field.Name}: ").Bold(field.Value);
            if (field.Length > 0 && field.Start >= 0 && field.Start + field.Length <= post.Length)
                text.Plain(" ← ").Code(post.Substring(field.Start, field.Length).ReplaceLineEndings(" "));
            else
                text.Plain(" (inferred)");
            text.EndRow();
        }
    }
}
