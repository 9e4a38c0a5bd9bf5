namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Which places have a price among the labels read so far. Looks at each label once, so that asking often costs nothing.</summary>
internal sealed class PlacesSeen(FieldSet fields)
{
    private const int FieldCount = (int)Field.Other + 1;

    private readonly bool[] _hasPrice = new bool[FieldCount];
    private int _next;

    public bool Has(Field field)
    {
        while (_next < fields.Blocks.Count)
        {
            var block = fields.Blocks[_next];
            _hasPrice[(int)block.Field] |= block.Numbers.Count > 0;
            // The last label may still get its numbers.
            if (_next == fields.Blocks.Count - 1)
                break;
            _next++;
        }

        return _hasPrice[(int)field];
    }

    public bool HasEntry() => Has(Field.Head) || Has(Field.Entry) || Has(Field.Buy) || Has(Field.Sell) || Has(Field.Long) || Has(Field.Short) || Has(Field.Market);

    public bool HasTarget() => Has(Field.Target) || (Has(Field.Buy) && Has(Field.Sell));
}
