using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>
/// An amount of one asset; may be negative. <c>Money ± Money</c> gives Money and throws for two different assets, because adding them is a bug;
/// <c>Money * decimal</c> gives Money; <c>Money / Money</c> gives a plain ratio.
/// </summary>
public readonly record struct Money(decimal Amount, string Asset) : IComparable<Money>
{
    public static Money Zero(string asset) => new(0m, asset);

    public bool IsNegative => Amount < 0m;

    public static Money operator +(Money left, Money right) => new(left.Amount + Same(left, right).Amount, left.Asset);

    public static Money operator -(Money left, Money right) => new(left.Amount - Same(left, right).Amount, left.Asset);

    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    public static decimal operator /(Money left, Money right) => left.Amount / Same(left, right).Amount;

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Amount.CompareTo(Same(this, other).Amount);

    public override string ToString() => Amount.ToString("0.#############################", CultureInfo.InvariantCulture) + " " + Asset;

    private static Money Same(Money left, Money right) =>
        string.Equals(left.Asset, right.Asset, StringComparison.Ordinal)
            ? right
            : throw new InvalidOperationException($"{left} and {right} are different assets and can't be added or compared.");
}
