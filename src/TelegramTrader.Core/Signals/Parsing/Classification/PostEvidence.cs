using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;
using TelegramTrader.Core.Signals.Parsing.Vocabulary;

namespace TelegramTrader.Core.Signals.Parsing.Classification;

/// <summary>What speaks for each kind of post: counts, taken in one walk.</summary>
internal sealed class PostEvidence
{
    private const int ManyAssets = 8;
    private const int TermCount = (int)Term.Neutral + 1;

    private readonly int[] _terms = new int[TermCount];

    public PostEvidence(Post post, FieldSet fields)
    {
        for (var i = 0; i < post.Count; i++)
        {
            ref var token = ref post[i];
            switch (token.Kind)
            {
                case TokenKind.Word:
                    Words++;
                    if (token.Terms.IsEmpty && token.Asset == 0)
                        UnknownWords++;
                    Count(token.Terms.Low, 0);
                    Count(token.Terms.High, 64);
                    break;
                case TokenKind.Link:
                    Links++;
                    break;
                case TokenKind.Handle:
                    Handles++;
                    break;
                case TokenKind.Mark when token.Mark == Mark.Tick:
                    Ticks++;
                    break;
                case TokenKind.Mark when token.Mark == Mark.Celebration:
                    Celebrations++;
                    break;
                case TokenKind.Number:
                    Numbers++;
                    if (post.NumberOf(i).Unit == NumberUnit.Percent)
                        Percents++;
                    HasCountedTrades |= post.NumberOf(i) is { IsInteger: true, Unit: NumberUnit.None, Value: > 1 and < 100 } && post.Has(i + 1, Term.Trade);
                    break;
            }
        }

        Assets = CountAssets(fields);
        foreach (var block in fields.Blocks)
        {
            if (block.Field is not (Field.Target or Field.Entry or Field.Buy or Field.Long or Field.Short or Field.Sell))
                continue;
            foreach (var number in block.Numbers)
            {
                if (!number.IsTicked || number.IsPercent)
                    continue;
                TickedPrices++;
                HasTickedTarget |= block.Field == Field.Target;
            }
        }
    }

    public int Words { get; }

    public int UnknownWords { get; }

    public int Numbers { get; }

    public int Percents { get; }

    public int Links { get; }

    public int Handles { get; }

    public int Ticks { get; }

    public int Celebrations { get; }

    /// <summary>Different assets named, eight for many.</summary>
    public int Assets { get; }

    /// <summary>Prices of entries and targets with a tick behind them.</summary>
    public int TickedPrices { get; }

    public bool HasTickedTarget { get; }

    /// <summary>Long, with few numbers among the words: sentences, not a card.</summary>
    public bool IsProse => Words >= 40 && Words >= 10 * Numbers;

    /// <summary>"3 trades": the post speaks of several trades together.</summary>
    public bool HasCountedTrades { get; private set; }

    public int Of(Term term) => _terms[(int)term];

    /// <summary>How many different assets are named, counted up to <see cref="ManyAssets"/>. Two currencies are one pair.</summary>
    private static int CountAssets(FieldSet fields)
    {
        var seen = new List<SymbolMention>(ManyAssets);
        foreach (var mention in fields.Mentions)
        {
            if (seen.Exists(known => known.Base == mention.Base && (mention.Kind != AssetKind.Fiat || known.Quote == mention.Quote)))
                continue;
            seen.Add(mention);
            if (seen.Count == ManyAssets)
                break;
        }

        return seen.Count;
    }

    private void Count(ulong bits, int offset)
    {
        while (bits != 0)
        {
            _terms[offset + System.Numerics.BitOperations.TrailingZeroCount(bits)]++;
            bits &= bits - 1;
        }
    }
}
