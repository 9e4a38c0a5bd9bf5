using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>Eighth stage: everything that the post reports or asks for about an open trade, sentence by sentence.</summary>
internal static class UpdateReader
{
    private static readonly IUpdateRule[] Rules =
        [new TargetHitRule(), new StopHitRule(), new StopMoveRule(), new CloseRule(), new CancelRule(), new EntryFilledRule(), new OtherRule()];

    /// <summary>A post reports no more than this; a bound for lists of results.</summary>
    private const int MostEvents = 64;

    public static List<UpdateEvent> Run(Post post, FieldSet fields)
    {
        var events = new List<UpdateEvent>();
        foreach (var sentence in Sentence.Split(post, fields.TrailingFrom >= 0 ? fields.TrailingFrom : post.Count))
        {
            foreach (var rule in Rules)
                rule.Read(sentence, fields, events);
            if (events.Count > MostEvents)
                break;
        }

        return events;
    }
}
