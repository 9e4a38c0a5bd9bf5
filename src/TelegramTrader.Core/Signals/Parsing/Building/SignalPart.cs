using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>The part of a post that holds one trade idea: most posts are one part.</summary>
/// <param name="From">First token.</param>
/// <param name="To">The token behind the last.</param>
internal sealed record SignalPart(Post Post, FieldSet Fields, int From, int To, ChosenSymbol Symbol)
{
    public IEnumerable<FieldBlock> Blocks(Field field)
    {
        foreach (var block in Fields.Blocks)
        {
            if (block.Field == field && Contains(block.Label))
                yield return block;
        }
    }

    /// <summary>A price of the part stands under a word that we don't know, and its place was concluded from the order of the prices.</summary>
    public bool HasGuessedLabel => Fields.Blocks.Exists(block => block.IsGuessed && Contains(block.Label));

    public bool Contains(int token) => token >= From && token < To && (Fields.TrailingFrom < 0 || token < Fields.TrailingFrom);

    /// <summary>The first block of the field that has a price; null when none has.</summary>
    public FieldBlock? FirstWithPrice(Field field)
    {
        foreach (var block in Fields.Blocks)
        {
            if (block.Field == field && Contains(block.Label) && block.Numbers.Exists(number => !number.IsPercent))
                return block;
        }

        return null;
    }
}
