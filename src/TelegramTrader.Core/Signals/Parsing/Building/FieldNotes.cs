using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Notes which words of the original text became which field, and how surely.</summary>
internal sealed class FieldNotes(Post post)
{
    private const double Sure = 0.98;
    private const double Completed = 0.8;

    private readonly List<ReadField> _fields = [];

    public IReadOnlyList<ReadField> All => _fields;

    public void Add(string name, int first, int last, string value, double confidence)
    {
        var (start, length) = post.OriginalSpan(first, last);
        _fields.Add(new ReadField(name, start, length, value, confidence));
    }

    public void Side(WordSide words, TradeSide side)
    {
        var value = side == TradeSide.Long ? "long" : "short";
        if (words.Token >= 0)
            Add("side", words.Token, words.Token, value, words.IsContested ? 0.55 : Sure);
        else
            _fields.Add(new ReadField("side", 0, 0, value, 0.9));
    }

    public void Prices(EntryReading entry, List<FieldNumber> targets, StopReading stop, decimal factor)
    {
        foreach (var number in entry.Numbers)
            Price("entry", number, factor);
        for (var i = 0; i < targets.Count; i++)
            Price(string.Create(CultureInfo.InvariantCulture, $"target {i + 1}"), targets[i], factor);
        if (stop.Number is { } price)
            Price("stop", price, factor);
    }

    private void Price(string name, FieldNumber number, decimal factor)
    {
        var value = number.IsPercent ? number.Value : number.Value * factor;
        Add(name, number.Token, number.Token, value.ToString("0.##################", CultureInfo.InvariantCulture) + (number.IsPercent ? "%" : ""), number.IsCompleted ? Completed : Sure);
    }
}
