using System.Text.RegularExpressions;

namespace TelegramTrader.Core.Market;

/// <summary>One account at one exchange, for example <c>paper</c> or <c>binance-main</c>. Positions, orders and balances are told apart by it everywhere.</summary>
public readonly partial record struct AccountId
{
    public AccountId(string value)
    {
        if (!Form().IsMatch(value))
            throw new ArgumentException($"'{value}' is not an account name of 1 to 40 small letters, digits and dashes.", nameof(value));
        Value = value;
    }

    public string Value { get; }

    public override string ToString() => Value;

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Form();
}
