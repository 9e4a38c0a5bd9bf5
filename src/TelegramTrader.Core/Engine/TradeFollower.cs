namespace TelegramTrader.Core.Engine;

/// <summary>
/// Takes over what another desk has decided: a trade with its plan and the size that was approved there, later its targets. What else people order reaches a follower as
/// commands, and how a trade goes on, this engine finds out by itself, as it would with a trade of its own.
/// </summary>
internal sealed class TradeFollower(EngineContext context, OrderDesk desk, ExitOrders exits)
{
    /// <exception cref="InvalidOperationException">This engine does not follow another one.</exception>
    public void OnFollowed(Trade theirs)
    {
        if (!context.Settings.FollowsAnotherDesk)
            throw new InvalidOperationException($"#{theirs.Number} was decided by another desk, and this one decides for itself.");
        if (context.State.Trades.TryGetValue(theirs.Number, out var ours))
            TakeTargets(ours, theirs);
        else if (context.Book("followed", theirs.Signal.Id.Value))
            Open(theirs);
    }

    private void Open(Trade theirs)
    {
        var trade = new Trade
        {
            Number = theirs.Number,
            Signal = theirs.Signal,
            Account = context.Settings.Account,
            Instrument = theirs.Instrument,
            Side = theirs.Side,
            Leverage = theirs.Leverage,
            PriceMultiplier = theirs.PriceMultiplier,
            Legs = theirs.Legs,
            PlannedEntry = theirs.PlannedEntry,
            Exits = theirs.Exits,
            PlannedLoss = theirs.PlannedLoss,
            CreatedAt = theirs.CreatedAt,
            EntriesExpireAt = theirs.EntriesExpireAt,
            PlannedForLater = theirs.PlannedForLater,
        };
        context.Save(trade);
        if (context.State.NextNumber <= theirs.Number)
            context.State.NextNumber = theirs.Number + 1;
        foreach (var leg in trade.Legs.Where(leg => !leg.Quantity.IsZero))
            desk.PlaceFollowed(trade.Number, leg);
    }

    private void TakeTargets(Trade ours, Trade theirs)
    {
        // What was hit here was hit: other targets would be shared out over what is gone.
        if (ours.IsFinished || ours.Exits.HighestHit > 0 || ours.Exits.Targets.SequenceEqual(theirs.Exits.Targets))
            return;
        context.Save(ours with { Exits = ours.Exits with { Targets = theirs.Exits.Targets, RunnerShare = theirs.Exits.RunnerShare } });
        exits.Sync(ours.Number);
    }
}
