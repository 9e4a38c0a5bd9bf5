using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Collects the targets in the order written: prices or percentages, each once.</summary>
internal static class TargetReader
{
    /// <summary>A bare "target 5" is a price when it is this close to the entry, as a factor.</summary>
    private const decimal PriceOfEntryScale = 3m;

    /// <summary>More than any signal has; a bound for price lists.</summary>
    private const int MostTargets = 64;

    public static List<FieldNumber> Read(SignalPart part, EntryReading entry, TradeSide? side)
    {
        var targets = new List<FieldNumber>();
        Collect(part, Field.Target, targets, entry);
        if (targets.Count > 0)
            return WithoutMixedPercent(targets);
        Collect(part, side == TradeSide.Short ? Field.Buy : Field.Sell, targets, entry);
        // "#ABC short, entry 1.0, SELL: 0.9 - 0.8": selling is what a short does, and its list is where it goes.
        if (targets.Count == 0 && side == TradeSide.Short && entry.Field == Field.Entry)
            Collect(part, Field.Sell, targets, entry);
        return WithoutMixedPercent(targets);
    }

    private static void Collect(SignalPart part, Field field, List<FieldNumber> targets, EntryReading entry)
    {
        foreach (var block in part.Blocks(field))
        {
            if (block == entry.Block)
                continue;
            if (targets.Count > MostTargets)
                return;
            if (block is { IndexMayBePrice: true, Numbers.Count: 0 } && IsPriceOfIndex(block, entry))
                targets.Add(new FieldNumber { Token = block.IndexToken, Line = block.Line, Value = block.Index });
            if (targets.Count > 0 && block.Numbers.Count > 0 && block.Numbers.TrueForAll(number => IsKnown(targets, number)))
                continue;
            targets.AddRange(block.Numbers);
        }
    }

    private static bool IsKnown(List<FieldNumber> targets, FieldNumber number) =>
        targets.Exists(known => known.Value == number.Value && known.IsPercent == number.IsPercent && (number.Index == 0 || number.Index == known.Index));

    private static bool IsPriceOfIndex(FieldBlock block, EntryReading entry) =>
        entry.Numbers.Count > 0 && block.Index < entry.Numbers[0].Value * PriceOfEntryScale && block.Index * PriceOfEntryScale > entry.Numbers[0].Value;

    /// <summary>Beside prices, percentages are remarks on them.</summary>
    private static List<FieldNumber> WithoutMixedPercent(List<FieldNumber> targets)
    {
        if (targets.Exists(target => !target.IsPercent))
            targets.RemoveAll(target => target.IsPercent);
        return targets;
    }
}
