using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Json;

/// <summary>
/// Decimals and what is made of them as exact text: every digit and the scale come back, <c>1.10</c> stays <c>1.10</c>. Used in JSON and in columns alike.
/// </summary>
public static class ExactText
{
    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Throws <see cref="FormatException"/> for anything but digits with at most one point and a sign.</summary>
    public static decimal ToDecimal(string text) =>
        decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>The amount, a space, the asset: <c>-12.50 USDT</c>.</summary>
    public static string Of(Money money) => Of(money.Amount) + " " + money.Asset;

    public static Money ToMoney(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 1
            ? throw new FormatException($"'{text}' is not an amount and an asset.")
            : new Money(ToDecimal(text[..space]), text[(space + 1)..]);
    }
}
