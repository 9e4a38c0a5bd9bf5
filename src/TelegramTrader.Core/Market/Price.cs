using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>
/// A price in units of the quote asset for one unit of the base asset. Always above zero.
/// <c>Price - Price</c> gives a distance (a plain decimal that may be negative). There is no <c>Price * Price</c>;
/// a price times a quantity is <see cref="Money"/> and is asked of <see cref="Instrument.Notional"/>, which knows the asset and contract size.
/// </summary>
public readonly record struct Price : IComparable<Price>
{
    public Price(decimal value)
    {
        if (value <= 0m)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A price must be above zero.");
        Value = value;
    }

    public decimal Value { get; }

    /// <summary>Moved by a distance in quote units; throws when the result would not be above zero.</summary>
    public Price Moved(decimal distance) => new(Value + distance);

    /// <summary>Moved by a fraction of itself: 0.03 is three per cent up. Throws when the result would not be above zero.</summary>
    public Price MovedByFraction(decimal fraction) => new(Value * (1m + fraction));

    /// <summary>How far this price lies from <paramref name="reference"/>, as a fraction of the reference; negative below it.</summary>
    public decimal FractionFrom(Price reference) => (Value - reference.Value) / reference.Value;

    public static decimal operator -(Price left, Price right) => left.Value - right.Value;

    public static bool operator <(Price left, Price right) => left.Value < right.Value;

    public static bool operator >(Price left, Price right) => left.Value > right.Value;

    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;

    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("0.#############################", CultureInfo.InvariantCulture);
}
