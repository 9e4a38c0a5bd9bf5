using System.Collections.Frozen;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Exchanges;

/// <summary>What the exchange lists, as last read: kept on disk, so that a start without a connection still knows the instruments of its positions. Safe to use from any thread.</summary>
public sealed class ListedMarkets
{
    private readonly KeyValueStore _values;
    private readonly string _key;
    private volatile FrozenDictionary<Symbol, Instrument> _instruments;

    public ListedMarkets(KeyValueStore values, string exchange, string kind)
    {
        _values = values;
        _key = $"instruments:{exchange}:{kind}";
        _instruments = Indexed(values.Get<Instrument[]>(_key) ?? []);
    }

    public IReadOnlyCollection<Instrument> All => _instruments.Values;

    public bool Has(Symbol symbol) => _instruments.ContainsKey(symbol);

    /// <summary>Takes over what was read.</summary>
    /// <returns>False when nothing is different from before.</returns>
    public bool Replace(IReadOnlyList<Instrument> instruments)
    {
        var read = Indexed(instruments);
        if (read.Count == _instruments.Count && read.Values.All(instrument => _instruments.TryGetValue(instrument.Symbol, out var known) && known == instrument))
            return false;
        _instruments = read;
        _values.Set(_key, instruments.ToArray());
        return true;
    }

    private static FrozenDictionary<Symbol, Instrument> Indexed(IReadOnlyList<Instrument> instruments) => instruments.ToFrozenDictionary(instrument => instrument.Symbol);
}
