using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The entry as read: its numbers in the order written, and how they are meant.</summary>
internal sealed class EntryReading
{
    public List<FieldNumber> Numbers { get; } = [];

    /// <summary>The label the numbers stand under; null when there is none.</summary>
    public FieldBlock? Block { get; set; }

    public bool IsMarket { get; set; }

    public TermSet Manner { get; set; }

    /// <summary>The field that the entry was read from.</summary>
    public Field Field { get; set; }
}

/// <summary>
/// Finds the entry: under an entry label, else under a side word, else at "now", else right behind the symbol, else the current price.
/// </summary>
internal static class EntryReader
{
    /// <summary>More than any signal has; a bound for price lists.</summary>
    private const int MostEntries = 32;

    private static readonly TermSet Market = TermSet.Of(Term.MarketOrder, Term.Now);

    public static EntryReading Read(SignalPart part, TradeSide? side)
    {
        var entry = new EntryReading();
        foreach (var field in Order(side))
        {
            Take(part, entry, field);
            if (entry.Numbers.Count > 0 || (entry.IsMarket && field == Field.Entry))
                break;
        }

        Append(part, entry);

        entry.IsMarket |= IsAtMarket(part, entry);
        return entry;
    }

    /// <summary>Where an entry may stand, the surest place first. The word of the other side ends the trade and is no entry.</summary>
    private static Field[] Order(TradeSide? side) => side switch
    {
        TradeSide.Long => [Field.Entry, Field.Long, Field.Buy, Field.Market, Field.Head, Field.CurrentPrice],
        TradeSide.Short => [Field.Entry, Field.Short, Field.Sell, Field.Market, Field.Buy, Field.Head, Field.CurrentPrice],
        _ => [Field.Entry, Field.Long, Field.Short, Field.Buy, Field.Market, Field.Head, Field.CurrentPrice],
    };

    /// <summary>Further entries behind the first: "from market 24.10, DCA 23.20".</summary>
    private static void Append(SignalPart part, EntryReading entry)
    {
        foreach (var block in part.Blocks(Field.Entry))
        {
            if (!block.Manner.Has(Term.Addition) || entry.Numbers.Count > MostEntries)
                continue;
            entry.Numbers.AddRange(block.Numbers.FindAll(number => !number.IsPercent && !entry.Numbers.Exists(known => known.Value == number.Value)));
            if (entry.Block is null && block.Numbers.Count > 0)
            {
                entry.Block = block;
                entry.Field = Field.Entry;
            }
        }
    }

    private static void Take(SignalPart part, EntryReading entry, Field field)
    {
        foreach (var block in part.Blocks(field))
        {
            if (block.Manner.Has(Term.Addition))
                continue;
            if (field == Field.Entry && IsMarketOrder(block.Manner))
                entry.IsMarket = true;
            var isFirst = entry.Numbers.Count == 0;
            if (entry.Numbers.Count > MostEntries || (!isFirst && field != Field.Entry))
                break;
            // A card that repeats itself in a second language names the same prices again.
            foreach (var number in block.Numbers)
            {
                if (!number.IsPercent && (isFirst || !entry.Numbers.Exists(known => known.Value == number.Value)))
                    entry.Numbers.Add(number);
            }

            if (entry.Numbers.Count == 0)
                continue;
            entry.Manner |= block.Manner;
            entry.Block ??= block;
            entry.Field = field;
            entry.IsMarket |= field == Field.Market;
        }
    }

    /// <summary>"Now" or "market" beside the side or the symbol, or in the entry's own line.</summary>
    private static bool IsAtMarket(SignalPart part, EntryReading entry)
    {
        const int reach = 6;
        if (IsMarketOrder(entry.Manner))
            return true;
        if (entry.Manner.Overlaps(Against))
            return false;
        var post = part.Post;
        foreach (var block in part.Blocks(Field.Market))
        {
            if (block.Manner.Overlaps(Sides))
                return true;
            for (var i = block.Label - 1; i >= part.From && i >= block.Label - reach && post[i].Kind != TokenKind.LineEnd; i--)
            {
                if (post[i].Kind == TokenKind.Word && post[i].Terms.Overlaps(Sides))
                    return true;
            }

            for (var i = block.Label + 1; i < part.To && i <= block.Label + 2 && post[i].Kind != TokenKind.LineEnd; i++)
            {
                if (post[i].Kind == TokenKind.Word && post[i].Terms.Overlaps(Sides))
                    return true;
            }

            if (entry.Block is not null && entry.Block.Line == block.Line)
                return true;
        }

        return false;
    }

    /// <summary>"Not at market", "wait for the market": the word is there, and the order is another.</summary>
    private static bool IsMarketOrder(TermSet manner) => manner.Overlaps(Market) && !manner.Overlaps(Against);

    private static readonly TermSet Against = TermSet.Of(Term.Not, Term.Expectation, Term.If);
    private static readonly TermSet Sides = TermSet.Of(Term.Buy, Term.Sell, Term.Long, Term.Short);
}
