using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>
/// Reads a card in a language that we don't know by what its prices can only be: beside a known stop, entry or targets, a price under an unknown
/// label ("Belépő: 35.2") is the place that is missing, where the order of the prices allows no other. Always asked about.
/// </summary>
internal static class UnknownLabels
{
    /// <summary>Prices of one trade lie no farther apart than this.</summary>
    private const decimal FarthestApart = 2m;

    /// <summary>A bound: a card has no more labels than this.</summary>
    private const int MostLabels = 64;

    public static void Settle(Post post, FieldSet fields)
    {
        if (fields.Mentions.Count == 0 || fields.Blocks.Count > MostLabels)
            return;
        var unknown = fields.Blocks.FindAll(block => block.Field == Field.Other && post[block.Label].Kind == TokenKind.Word && post[block.Label].Terms.IsEmpty && block.Numbers.Count > 0 && !block.Numbers.Exists(number => number.IsPercent));
        if (unknown.Count == 0 || unknown.Count > 3)
            return;
        var entry = First(fields, block => block.Field is Field.Entry or Field.Head or Field.Long or Field.Short or Field.Buy or Field.Sell or Field.Market);
        var target = First(fields, block => block.Field == Field.Target);
        var stop = First(fields, block => block.Field == Field.Stop);
        if (entry is { } from && target is { } to && stop is null)
        {
            if (unknown is [{ Numbers.Count: 1 } only] && IsNear(only, from) && (only.Numbers[0].Value < from) == (from < to))
                Turn(fields, only, Field.Stop);
            return;
        }

        if (stop is not { } safety)
            return;
        if (entry is null)
        {
            var place = unknown[0];
            if (!IsNear(place, safety) || (target is { } aim && !place.Numbers.TrueForAll(number => (number.Value > safety) == (aim > number.Value))))
                return;
            entry = place.Numbers[0].Value;
            Turn(fields, place, Field.Entry);
            unknown.RemoveAt(0);
        }

        if (target is not null)
            return;
        foreach (var block in unknown)
        {
            if (IsNear(block, entry.Value) && block.Numbers.TrueForAll(number => number.Value != entry && (number.Value > entry) == (entry > safety)))
                Turn(fields, block, Field.Target);
        }
    }

    private static decimal? First(FieldSet fields, Predicate<FieldBlock> isPlace) =>
        fields.Blocks.Find(block => isPlace(block) && block.Numbers.Exists(number => !number.IsPercent))?.Numbers.Find(number => !number.IsPercent)?.Value;

    private static bool IsNear(FieldBlock block, decimal price) => block.Numbers.TrueForAll(number => number.Value < price * FarthestApart && number.Value * FarthestApart > price);

    private static void Turn(FieldSet fields, FieldBlock block, Field field)
    {
        var turned = new FieldBlock(field, block.Label, block.Line) { Manner = block.Manner, IsGuessed = true };
        turned.Numbers.AddRange(block.Numbers);
        fields.Blocks[fields.Blocks.IndexOf(block)] = turned;
    }
}
