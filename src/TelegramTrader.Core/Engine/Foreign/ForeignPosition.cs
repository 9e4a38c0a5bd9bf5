using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Foreign;

/// <summary>What a person decides about a foreign position.</summary>
public enum ForeignResolution
{
    /// <summary>It becomes a trade of ours, with a stop.</summary>
    Adopt,

    /// <summary>It is closed at the market, that quantity and no more.</summary>
    Close,

    /// <summary>It stays as it is and is not reported again until it changes.</summary>
    Ignore,
}

/// <summary>
/// A quantity at the exchange that is not in our books, from the first report that tells of it until it is gone, adopted or closed. Another quantity is
/// another foreign position with another number, so that a person's answer always means what was shown.
/// </summary>
public sealed record ForeignPosition
{
    /// <summary>What people and buttons call it by; counted apart from trades.</summary>
    public required int Number { get; init; }

    public required AccountId Account { get; init; }

    public required Symbol Symbol { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>The foreign part of the position, in the instrument's quantity unit.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What it was entered at: the exchange's average, or where a part of the position is ours, what makes that average come out.</summary>
    public required Price Entry { get; init; }

    /// <summary>The first report that told of it.</summary>
    public required Instant Since { get; init; }

    /// <summary>A later report agreed, and nothing of ours that was under way could explain it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>When a person was last told; null before.</summary>
    public Instant? ToldAt { get; init; }

    /// <summary>Since when reports do not tell of it any more; the next one decides. Null while they do.</summary>
    public Instant? MissingSince { get; init; }

    /// <summary>Why it can be neither adopted nor closed at present; null when it can.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Who wants it ignored; null when nobody does.</summary>
    public string? IgnoredBy { get; init; }

    /// <summary>A decision that waits for the next report, so that it is carried out on what is true then.</summary>
    public ForeignRequest? Request { get; init; }

    /// <summary>Positive is long, negative short.</summary>
    public decimal Signed => Side.Sign() * Quantity.Value;

    public override string ToString() => $"{Side} {Quantity} {Symbol}";
}

/// <param name="Resolution">To adopt or to close.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="At">When; it is good for a minute.</param>
public sealed record ForeignRequest(ForeignResolution Resolution, string By, Instant At);
