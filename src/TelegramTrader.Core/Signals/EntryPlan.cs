using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>How an idea wants to get in: one of a closed set.</summary>
public abstract record EntryPlan
{
    private EntryPlan()
    {
    }

    /// <summary>All prices in the plan, in the order written.</summary>
    public abstract IReadOnlyList<Price> Prices { get; }

    /// <summary>At once, at what the market asks. <paramref name="Quoted"/> is the price the post names, which is compared and not bid.</summary>
    public sealed record AtMarket(Price? Quoted) : EntryPlan
    {
        public override IReadOnlyList<Price> Prices => Quoted is { } price ? [price] : [];
    }

    /// <summary>At this price or better.</summary>
    public sealed record AtLimit(Price Price) : EntryPlan
    {
        public override IReadOnlyList<Price> Prices => [Price];
    }

    /// <summary>Anywhere between two prices, in the order written.</summary>
    public sealed record InRange(Price First, Price Second) : EntryPlan
    {
        public override IReadOnlyList<Price> Prices => [First, Second];

        public Price Lowest => First <= Second ? First : Second;

        public Price Highest => First <= Second ? Second : First;
    }

    /// <summary>Several separate prices, each with its share of the size; shares add up to 1.</summary>
    public sealed record AsLadder(IReadOnlyList<LadderRung> Rungs) : EntryPlan
    {
        public override IReadOnlyList<Price> Prices => [.. Rungs.Select(rung => rung.Price)];
    }

    /// <summary>Only once the market goes through the price: above it for a long, below it for a short.</summary>
    public sealed record OnBreakout(Price Trigger) : EntryPlan
    {
        /// <summary>The second price of a stop-limit zone ("enter above 1.729-1.731"): no worse than this; null when the post names one price.</summary>
        public Price? Limit { get; init; }

        public override IReadOnlyList<Price> Prices => Limit is { } limit ? [Trigger, limit] : [Trigger];
    }
}

/// <summary>One price of a ladder. <paramref name="Share"/> is a fraction of the whole size, above 0 and at most 1.</summary>
public sealed record LadderRung(Price Price, decimal Share);
