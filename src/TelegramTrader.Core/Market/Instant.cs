using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>
/// A moment in UTC, kept as whole Unix milliseconds: exactly what is stored, so that reading a fact back gives the same fact.
/// <c>Instant - Instant</c> gives a <see cref="TimeSpan"/>; <c>Instant ± TimeSpan</c> gives an Instant (parts of a millisecond are cut off).
/// </summary>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    public static readonly Instant Epoch = new(0);

    public static Instant From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    public static TimeSpan operator -(Instant left, Instant right) => TimeSpan.FromMilliseconds(left.UnixMilliseconds - right.UnixMilliseconds);

    public static Instant operator +(Instant instant, TimeSpan span) => new(instant.UnixMilliseconds + span.Ticks / TimeSpan.TicksPerMillisecond);

    public static Instant operator -(Instant instant, TimeSpan span) => new(instant.UnixMilliseconds - span.Ticks / TimeSpan.TicksPerMillisecond);

    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;

    public static Instant Later(Instant left, Instant right) => left >= right ? left : right;

    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>ISO 8601 in UTC with milliseconds, for example <c>2025-05-06T12:00:00.000Z</c>.</summary>
    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
