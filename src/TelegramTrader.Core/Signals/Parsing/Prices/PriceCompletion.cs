using System.Collections.Frozen;
using TelegramTrader.Core.Signals.Parsing.Assets;
using TelegramTrader.Core.Signals.Parsing.Building;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Prices;

/// <summary>
/// Seventh stage: settles what single numbers left open by looking at all prices of the post together – thousands or decimal separators,
/// thousands parted by a space, a k that stands once for several figures, figures whose leading digits are left out. A reading is only
/// taken when the prices agree with it and disagree with the figure as it stands; nothing else is changed.
/// </summary>
internal sealed class PriceCompletion
{
    /// <summary>Prices of one trade lie within this factor of each other.</summary>
    private const decimal OneScale = 10m;

    private readonly List<FieldNumber> _prices = [];
    private readonly List<FieldBlock> _blocks;
    private readonly Post _post;
    private readonly decimal? _last;

    private readonly SymbolMention? _symbol;

    private PriceCompletion(Post post, FieldSet fields, SignalPart part, decimal? last)
    {
        _last = last;
        _post = post;
        _symbol = part.Symbol.Mention;
        _blocks = fields.Blocks.FindAll(block => LabelReader.IsPlace(block.Field) && block.Label >= part.From && block.Label < part.To);
        foreach (var block in _blocks)
        {
            if (block.Field != Field.CurrentPrice)
                _prices.AddRange(block.Numbers.FindAll(number => !number.IsPercent));
        }
    }

    /// <summary>Settles the prices of the part of the post between two tokens: another trade has prices of another scale.</summary>
    /// <param name="last">The last price of what the part is about, where it is known: it settles separators that the prices alone leave open.</param>
    public static void Run(Post post, FieldSet fields, SignalPart part, decimal? last) => new PriceCompletion(post, fields, part, last).Complete();

    private void Complete()
    {
        if (_prices.Count == 0)
            return;
        PartFromNumbering();
        JoinSpacedThousands();
        RemoveZeros();
        ChooseSeparators();
        SpreadMultiplier();
        var first = FirstPrice();
        foreach (var block in _blocks)
            FigureEndings.Complete(_post, block, first);
    }

    /// <summary>The first price of the entry, else the first price of all.</summary>
    private FieldNumber? FirstPrice()
    {
        foreach (var block in _blocks)
        {
            if (block.Field is Field.Entry or Field.Buy or Field.Sell or Field.Long or Field.Short or Field.Head or Field.Market && block.Numbers.Find(number => !number.IsPercent) is { } price)
                return price;
        }

        return _prices.Count > 0 ? _prices[0] : null;
    }

    /// <summary>"TP41.3100": the number of the target is glued to its price.</summary>
    private void PartFromNumbering()
    {
        var previous = 0;
        foreach (var block in _blocks)
        {
            if (block.Field != Field.Target)
                continue;
            if (block is { Index: 0, Numbers.Count: > 0 } && previous > 0 && block.Numbers[0].Token == block.Label + 1 && _post[block.Label + 1].IsGlued)
                PartFromNumbering(block, previous + 1);
            previous = block.Index;
        }
    }

    private void PartFromNumbering(FieldBlock block, int expected)
    {
        var number = block.Numbers[0];
        var unit = 1m;
        for (var i = 0; i < _post.NumberOf(number.Token).IntegerDigits - 1; i++)
            unit *= 10m;
        var (low, high) = Scale(price => price != number);
        var rest = number.Value - expected * unit;
        if (high == 0m || Math.Floor(number.Value / unit) != expected || rest <= 0m || IsNear(number.Value, low, high) || !IsNear(rest, low, high))
            return;
        number.Value = rest;
        number.IsCompleted = true;
        block.Index = expected;
    }

    private void JoinSpacedThousands()
    {
        if (!_prices.Exists(price => _post.NumberOf(price.Token).MayGoOn))
            return;
        var (low, high) = Scale(price => !_post.NumberOf(price.Token).MayGoOn && !IsAfterOpenThousands(price));
        foreach (var block in _blocks)
        {
            for (var i = 0; i + 1 < block.Numbers.Count; i++)
            {
                var first = block.Numbers[i];
                var second = block.Numbers[i + 1];
                if (!_post.NumberOf(first.Token).MayGoOn || second.Token != first.Token + 1 || second.IsPercent)
                    continue;
                var joined = first.Value * 1000m + second.Value;
                var isPlain = high > 0m && IsNear(first.Value, low, high);
                if (isPlain || (high > 0m && !IsNear(joined, low, high)))
                {
                    if (block.Field == Field.Stop)
                        Remove(block, second);
                    continue;
                }

                first.Value = joined;
                Remove(block, second);
            }
        }
    }

    /// <summary>A zero is only kept so far as it may be the rest of a price: "104 000".</summary>
    private void RemoveZeros()
    {
        foreach (var block in _blocks)
            block.Numbers.RemoveAll(number => number.Value <= 0m);
        _prices.RemoveAll(price => price.Value <= 0m);
    }

    private void Remove(FieldBlock block, FieldNumber number)
    {
        block.Numbers.Remove(number);
        _prices.Remove(number);
    }

    private bool IsAfterOpenThousands(FieldNumber price) => _post.IsNumber(price.Token - 1) && _post.NumberOf(price.Token - 1).MayGoOn;

    private void ChooseSeparators()
    {
        if (!_prices.Exists(price => _post.NumberOf(price.Token).Alternative > 0m))
            return;
        var (low, high) = Scale(price => _post.NumberOf(price.Token).Alternative == 0m);
        if (high == 0m && _last is { } last)
            (low, high) = (last, last);
        if (high == 0m)
        {
            if (_symbol is { } symbol && CostsLessThanThousand(symbol))
            {
                TakeCommasForDecimal();
                return;
            }

            foreach (var price in _prices)
                TakePointsForThousands(price);
            return;
        }

        foreach (var price in _prices)
        {
            ref var number = ref _post.NumberOf(price.Token);
            if (number.Alternative > 0m && price.Value == number.Value && !IsNear(number.Value, low, high) && IsNear(number.Alternative, low, high))
            {
                price.Value = number.Alternative;
                price.IsCompleted = !number.IsInteger;
            }
        }
    }

    /// <summary>Priced in dollars, and no asset of which one costs thousands of them. Prices in bitcoin may be whole satoshi, so nothing is known of those.</summary>
    private bool CostsLessThanThousand(SymbolMention symbol) =>
        symbol.Kind == AssetKind.Crypto && DollarQuotes.Contains(symbol.Quote) && !_post.Lexicon.CostsThousands(symbol.Base);

    private static readonly FrozenSet<string> DollarQuotes = FrozenSet.ToFrozenSet(["USDT", "USDC", "USD", "BUSD", "FDUSD", "TUSD"], StringComparer.Ordinal);

    /// <summary>"63.200" for bitcoin can only mean thousands; "598.250" for a coin of about a thousand dollars may mean either, and stays open.</summary>
    private void TakePointsForThousands(FieldNumber price)
    {
        const decimal cheaperThanAnyOfThem = 100m;
        ref var number = ref _post.NumberOf(price.Token);
        price.IsSeparatorOpen = !number.IsInteger;
        if (number.IsInteger || number.Alternative == 0m || price.Value != number.Value || price.Value >= cheaperThanAnyOfThem || _symbol is not { } symbol || symbol.Quote == "BTC" || !_post.Lexicon.CostsThousands(symbol.Base))
            return;
        price.Value = number.Alternative;
        price.IsSeparatorOpen = false;
        price.IsCompleted = true;
    }

    /// <summary>"1,345 - 1,310" for a coin of a dollar: the commas stand for decimal points.</summary>
    private void TakeCommasForDecimal()
    {
        foreach (var price in _prices)
        {
            ref var number = ref _post.NumberOf(price.Token);
            if (!number.IsInteger || number.Alternative == 0m || price.Value != number.Value)
                continue;
            price.Value = number.Alternative;
            price.IsCompleted = true;
        }
    }

    /// <summary>"42-43k", or "buy 42k, sell 45-51": the k stands for all figures of its scale.</summary>
    private void SpreadMultiplier()
    {
        if (!_prices.Exists(price => _post.NumberOf(price.Token).Multiplier != 1m))
            return;
        var (low, high) = Scale(price => _post.NumberOf(price.Token).Multiplier != 1m);
        foreach (var price in _prices)
        {
            if (_post.NumberOf(price.Token).Multiplier != 1m || IsNear(price.Value, low, high) || !IsNear(price.Value * 1000m, low, high))
                continue;
            price.Value *= 1000m;
            price.IsCompleted = true;
        }
    }

    /// <summary>The lowest and highest of the prices that a condition picks; zeros when it picks none.</summary>
    private (decimal Low, decimal High) Scale(Func<FieldNumber, bool> isSure)
    {
        decimal low = 0m, high = 0m;
        foreach (var price in _prices)
        {
            if (!isSure(price))
                continue;
            low = low == 0m || price.Value < low ? price.Value : low;
            high = price.Value > high ? price.Value : high;
        }

        return (low, high);
    }

    private static bool IsNear(decimal value, decimal low, decimal high) => value * OneScale > high && value < low * OneScale;
}
