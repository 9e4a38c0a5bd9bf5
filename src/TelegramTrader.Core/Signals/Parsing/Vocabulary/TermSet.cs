namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>A set of <see cref="Term"/>s in 128 bits. <c>set | set</c> unites; <see cref="Overlaps"/> asks for any common term.</summary>
internal readonly record struct TermSet(ulong Low, ulong High)
{
    private const int BitsOfOneHalf = 64;

    public static readonly TermSet None = default;

    public bool IsEmpty => (Low | High) == 0;

    public static TermSet Of(Term term) =>
        (int)term < BitsOfOneHalf ? new(1UL << (int)term, 0) : new(0, 1UL << ((int)term - BitsOfOneHalf));

    public static TermSet Of(params ReadOnlySpan<Term> terms)
    {
        var set = None;
        foreach (var term in terms)
            set |= Of(term);
        return set;
    }

    public bool Has(Term term) =>
        (int)term < BitsOfOneHalf ? (Low >> (int)term & 1) != 0 : (High >> ((int)term - BitsOfOneHalf) & 1) != 0;

    public bool Overlaps(TermSet other) => ((Low & other.Low) | (High & other.High)) != 0;

    public static TermSet operator |(TermSet left, TermSet right) => new(left.Low | right.Low, left.High | right.High);
}
