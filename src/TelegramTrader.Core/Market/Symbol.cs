using System.Diagnostics.CodeAnalysis;

namespace TelegramTrader.Core.Market;

/// <summary>
/// A tradeable pair in the one unified form: <c>BTC/USDT</c> is spot, <c>BTC/USDT:USDT</c> a perpetual settled in USDT.
/// Immutable; two symbols with the same text are equal.
/// </summary>
public sealed class Symbol : IEquatable<Symbol>, IComparable<Symbol>
{
    private readonly string _text;
    private readonly int _hash;

    public Symbol(string baseAsset, string quoteAsset, string? settleAsset = null)
    {
        Base = Checked(baseAsset, nameof(baseAsset));
        Quote = Checked(quoteAsset, nameof(quoteAsset));
        Settle = settleAsset is null ? null : Checked(settleAsset, nameof(settleAsset));
        _text = Settle is null ? $"{Base}/{Quote}" : $"{Base}/{Quote}:{Settle}";
        _hash = _text.GetHashCode(StringComparison.Ordinal);
    }

    public string Base { get; }

    public string Quote { get; }

    /// <summary>The asset in which a perpetual settles; null on spot.</summary>
    public string? Settle { get; }

    public bool IsPerpetual => Settle is not null;

    /// <summary>The pair without its settlement, as people write it: <c>BTC/USDT</c>.</summary>
    public string Pair => Settle is null ? _text : $"{Base}/{Quote}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out Symbol? symbol)
    {
        symbol = null;
        if (string.IsNullOrEmpty(text))
            return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1)
            return false;
        var colon = text.IndexOf(':', slash);
        var baseAsset = text[..slash];
        var quoteAsset = colon < 0 ? text[(slash + 1)..] : text[(slash + 1)..colon];
        var settleAsset = colon < 0 ? null : text[(colon + 1)..];
        if (!IsAsset(baseAsset) || !IsAsset(quoteAsset) || settleAsset is not null && !IsAsset(settleAsset))
            return false;
        symbol = new Symbol(baseAsset, quoteAsset, settleAsset);
        return true;
    }

    /// <summary>Throws <see cref="FormatException"/> with the text when it is not <c>BASE/QUOTE</c> or <c>BASE/QUOTE:SETTLE</c>.</summary>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException($"'{text}' is not a symbol such as BTC/USDT or BTC/USDT:USDT.");

    public bool Equals(Symbol? other) => ReferenceEquals(this, other) || other is not null && _hash == other._hash && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as Symbol);

    public override int GetHashCode() => _hash;

    public int CompareTo(Symbol? other) => string.CompareOrdinal(_text, other?._text);

    public static bool operator ==(Symbol? left, Symbol? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Symbol? left, Symbol? right) => !(left == right);

    public override string ToString() => _text;

    private static string Checked(string asset, string name) =>
        IsAsset(asset) ? asset : throw new ArgumentException($"'{asset}' is not an asset code of 1 to 20 capital letters and digits.", name);

    private static bool IsAsset(string text)
    {
        if (text.Length is 0 or > 20)
            return false;
        foreach (var character in text)
            if (!char.IsAsciiLetterUpper(character) && !char.IsAsciiDigit(character))
                return false;
        return true;
    }
}
