using TelegramTrader.Core.Signals.Parsing.Symbols;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>All labels of a post with their numbers, in the order of the text.</summary>
internal sealed class FieldSet
{
    public List<FieldBlock> Blocks { get; } = [];

    /// <summary>How often a block was looked at by the stages that go through all of them.</summary>
    public long Steps { get; private set; }

    /// <summary>Numbers that are a leverage by their x alone, with the token.</summary>
    public List<FieldNumber> Multiples { get; } = [];

    public required IReadOnlyList<SymbolMention> Mentions { get; init; }

    /// <summary>First token of the trailing configuration at the end of the post; -1 for none.</summary>
    public int TrailingFrom { get; set; } = -1;

    /// <summary>The word for closing that opens the price of a stop and closes nothing now; -1 for none.</summary>
    public int StopInWords { get; set; } = -1;

    /// <summary>Whether an asset or pair is named between two tokens. The mentions are in the order of the text.</summary>
    public bool HasMention(int from, int to)
    {
        int low = 0, high = Mentions.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Mentions[middle].First < from)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Mentions.Count && Mentions[low].First < to;
    }

    /// <summary>Whether a price to enter at stands between two tokens.</summary>
    public bool HasEntryPrice(int from, int to) => Blocks.Exists(block => block.Label >= from && block.Label < to && block.Numbers.Count > 0 && IsEntry(block.Field));

    private static bool IsEntry(Field field) => field is Field.Head or Field.Entry or Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Market;

    /// <summary>How many of the fields that make a signal (an entry, targets, a stop) have a value between two tokens.</summary>
    public int CountPlaces(int from, int to)
    {
        bool entry = false, target = false, stop = false, buy = false, sell = false;
        foreach (var block in Blocks)
        {
            Steps++;
            if (block.Label < from || block.Label >= to || (block.Numbers.Count == 0 && !(block.Field == Field.Target && block.RunnerToken >= 0)))
                continue;
            entry |= IsEntry(block.Field);
            buy |= block.Field is Field.Buy;
            sell |= block.Field is Field.Sell;
            target |= block.Field == Field.Target;
            stop |= block.Field == Field.Stop;
        }

        // Prices to buy at and prices to sell at are the two ends of a trade.
        target |= buy && sell;
        return (entry ? 1 : 0) + (target ? 1 : 0) + (stop ? 1 : 0);
    }
}
