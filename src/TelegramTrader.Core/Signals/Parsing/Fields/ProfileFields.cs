using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>What a channel's profile says of the fields after they were read: a pattern's value wins, and bare targets may be percentages.</summary>
internal static class ProfileFields
{
    /// <summary>In per cent; a target above is a price, whatever the profile says.</summary>
    private const decimal HighestTargetPercent = 1000m;

    public static void Apply(Post post, FieldSet fields, ChannelProfile profile)
    {
        if (post.Text.Patterned.Count > 0)
            Override(post, fields);
        if (profile.TargetsArePercent)
            TakeTargetsAsPercent(fields);
    }

    private static void Override(Post post, FieldSet fields)
    {
        foreach (var group in post.Text.Patterned.GroupBy(part => part.Field))
            foreach (var block in fields.Blocks.Where(block => IsOf(block.Field, group.Key) && !group.Any(part => IsIn(part, post[block.Label].Start))))
                block.Numbers.Clear();
    }

    private static bool IsIn(PatternedPart part, int place) => place >= part.Start && place < part.End;

    private static bool IsOf(Field field, PatternField patterned) => patterned switch
    {
        PatternField.Entry => field is Field.Entry or Field.Head,
        PatternField.Stop => field is Field.Stop,
        PatternField.Targets => field is Field.Target,
        PatternField.Leverage => field is Field.Leverage,
        _ => false,
    };

    private static void TakeTargetsAsPercent(FieldSet fields)
    {
        var targets = fields.Blocks.Where(block => block.Field == Field.Target).SelectMany(block => block.Numbers).ToArray();
        if (targets.All(number => number.Value <= HighestTargetPercent))
            foreach (var number in targets)
                number.IsPercent = true;
    }
}
