using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>
/// An amount of the base asset (or of contracts), never negative: the side says the direction.
/// <c>Quantity ± Quantity</c> gives a Quantity and throws below zero; <c>Quantity * decimal</c> gives a Quantity; <c>Quantity / Quantity</c> gives a plain ratio.
/// </summary>
public readonly record struct Quantity : IComparable<Quantity>
{
    public static readonly Quantity Zero = new(0m);

    public Quantity(decimal value)
    {
        if (value < 0m)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A quantity must not be negative.");
        Value = value;
    }

    public decimal Value { get; }

    public bool IsZero => Value == 0m;

    public static Quantity Smaller(Quantity left, Quantity right) => left.Value <= right.Value ? left : right;

    public static Quantity operator +(Quantity left, Quantity right) => new(left.Value + right.Value);

    public static Quantity operator -(Quantity left, Quantity right) => new(left.Value - right.Value);

    public static Quantity operator *(Quantity quantity, decimal factor) => new(quantity.Value * factor);

    public static decimal operator /(Quantity left, Quantity right) => left.Value / right.Value;

    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;

    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;

    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;

    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("0.#############################", CultureInfo.InvariantCulture);
}
