using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Foreign;

/// <summary>
/// Keeps what is at the exchange and not in our books, tells of it, and carries out what a person decides about it. It holds that
/// <list type="number">
/// <item>nothing is adopted or closed that a single report tells of, or that an order of ours under way could explain;</item>
/// <item>a decision is carried out on the first whole report after it, only while the quantity is still the one that was shown, within a minute, and once;</item>
/// <item>right after it our books in the symbol are what that report says, but for less than one step of the quantity;</item>
/// <item>what is closed is a trade of ours of exactly that quantity: its order can only reduce, and is treated as every order is;</item>
/// <item>to ignore places, withdraws and books nothing.</item>
/// </list>
/// </summary>
internal sealed class ForeignPositions(EngineContext context, OutsideCloses outside, Adoption adoption)
{
    // As old as a report may be when it gets here.
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RequestGoodFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);

    /// <summary>The next report is to say more, soon.</summary>
    public bool AreInQuestion => context.State.Foreign.Any(position => !position.IsConfirmed || position.MissingSince is not null || position.Request is not null);

    /// <summary>Follows what a report says.</summary>
    /// <param name="report">What the exchange says.</param>
    /// <param name="differences">All differences between it and our books.</param>
    /// <param name="isWhole">It tells of every order that could explain a difference. One that does not changes nothing here.</param>
    public void Look(AccountReport report, IReadOnlyList<PositionDifference> differences, bool isWhole)
    {
        DropOldRequests();
        if (!isWhole)
            return;
        var reported = differences.Where(difference => difference.ForeignPart != 0m).ToArray();
        foreach (var known in context.State.Foreign)
            if (reported.FirstOrDefault(difference => IsOf(known, difference)) is { } still)
                Put(Seen(known, still, report));
            else
                NotSeen(known);
        foreach (var difference in reported.Where(difference => !context.State.Foreign.Any(known => IsOf(known, difference))))
            Put(Found(difference, report));
        foreach (var position in context.State.Foreign.Where(position => position is { IsConfirmed: true, MissingSince: null, IgnoredBy: null, Request: null }))
            if (position.ToldAt is not { } told || context.Now - told >= TellAgainAfter)
            {
                Put(position with { ToldAt = context.Now });
                context.Notify(new Notification.ForeignPositionFound(position.Number, position.Account, position.Symbol, position.Side, position.Quantity, position.Entry, position.Since, position.Obstacle));
            }

        foreach (var position in context.State.Foreign.Where(position => position is { Request: not null, MissingSince: null, IsConfirmed: true }))
            if (!outside.MayHideFills(report, position.Symbol))
                CarryOut(position);
    }

    public OperatorResult Resolve(OperatorCommand.ResolveForeign command)
    {
        if (!command.ByAdmin)
            return new OperatorResult.Refused("only an admin decides about foreign positions");
        if (context.State.Foreign.FirstOrDefault(position => position.Number == command.Number && position.MissingSince is null) is not { } position)
            return new OperatorResult.Refused($"there is no foreign position {command.Number} any more; it is gone, or its quantity has changed and it has another number");
        if (position.Request is { } before)
            return new OperatorResult.Refused($"{before.By} has ordered {Word(before.Resolution)} already; it waits for the next report of the exchange");
        if (command.Resolution == ForeignResolution.Ignore)
        {
            if (position.IgnoredBy is { } by)
                return new OperatorResult.Refused($"it is ignored already, by order of {by}");
            Put(position with { IgnoredBy = command.By });
            return new OperatorResult.ForeignDecided(position, command.Resolution);
        }

        context.AskAboutAll(position.Account);
        if (!position.IsConfirmed)
            return new OperatorResult.Refused("only one report has told of it so far; the exchange is being asked again, try in a few seconds");
        if ((adoption.Obstacle(position, command.Resolution) ?? position.Obstacle) is { } obstacle)
            return new OperatorResult.Refused(obstacle);
        Put(position with { Request = new ForeignRequest(command.Resolution, command.By, context.Now) });
        return new OperatorResult.ForeignDecided(position, command.Resolution);
    }

    private static bool IsOf(ForeignPosition position, PositionDifference difference) =>
        position.Symbol == difference.Symbol && position.Signed == difference.ForeignPart;

    private ForeignPosition Found(PositionDifference difference, AccountReport report) => new()
    {
        Number = context.State.NextForeign++,
        Account = report.Account,
        Symbol = difference.Symbol,
        Side = difference.ForeignPart > 0m ? TradeSide.Long : TradeSide.Short,
        Quantity = new Quantity(Math.Abs(difference.ForeignPart)),
        Entry = EntryOf(difference, report),
        Since = context.Now,
        Obstacle = ObstacleOf(difference, report),
    };

    private ForeignPosition Seen(ForeignPosition known, PositionDifference difference, AccountReport report)
    {
        var obstacle = ObstacleOf(difference, report);
        return known with
        {
            Entry = EntryOf(difference, report),
            MissingSince = null,
            Obstacle = obstacle,
            // Something can be done now that could not when it was told.
            ToldAt = known.Obstacle is not null && obstacle is null ? null : known.ToldAt,
            IsConfirmed = known.IsConfirmed || context.Now - known.Since >= ConfirmAfter && !outside.MayHideFills(report, known.Symbol),
        };
    }

    private void NotSeen(ForeignPosition known)
    {
        if (known.MissingSince is not { } since)
        {
            Put(known with { MissingSince = context.Now });
            return;
        }

        if (context.Now - since < ConfirmAfter)
            return;
        Remove(known);
        if (known.Request is not null || known is { ToldAt: not null, IgnoredBy: null })
            context.Notify(new Notification.ForeignPositionEnded(known.Number, known.Symbol, known.Side, known.Quantity, "it is gone or has changed at the exchange; nothing was ordered"));
    }

    private static string? ObstacleOf(PositionDifference difference, AccountReport report)
    {
        if (difference.Kind == PositionDifferenceKind.Opposite)
            return "our books hold the other side of it; which orders made it can't be told apart";
        return report.Positions.Where(position => position.Symbol == difference.Symbol && !position.Quantity.IsZero).Select(position => position.Side).Distinct().Count() > 1
            ? "the exchange holds both sides of the symbol; the bot knows one-way positions only"
            : null;
    }

    private Price EntryOf(PositionDifference difference, AccountReport report)
    {
        var average = report.Positions.First(position => position.Symbol == difference.Symbol && !position.Quantity.IsZero).AverageEntry.Value;
        if (difference.Kind != PositionDifferenceKind.Larger)
            return new Price(average);
        var ours = context.State.ActiveTrades.Where(trade => trade.Account == report.Account && trade.Instrument.Symbol == difference.Symbol && !trade.OpenQuantity.IsZero)
            .Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value * trade.Position!.AverageEntry.Value);
        var entry = (average * difference.Theirs - ours) / difference.ForeignPart;
        // Fees in the average, or rounding by the exchange on a small part, can lead far away: then its own average stands for it.
        return new Price(entry > average / 2m && entry < average * 2m ? entry : average);
    }

    private void CarryOut(ForeignPosition position)
    {
        var request = position.Request!;
        Remove(position);
        if ((adoption.Obstacle(position, request.Resolution) ?? position.Obstacle) is { } obstacle)
        {
            Put(position with { Request = null });
            context.Notify(new Notification.ForeignPositionEnded(position.Number, position.Symbol, position.Side, position.Quantity, $"not done: {obstacle}"));
            return;
        }

        adoption.Take(position, request);
    }

    private void DropOldRequests()
    {
        foreach (var position in context.State.Foreign.Where(position => position.Request is { } request && context.Now - request.At > RequestGoodFor))
        {
            Put(position with { Request = null });
            context.Notify(new Notification.ForeignPositionEnded(position.Number, position.Symbol, position.Side, position.Quantity, $"not done: the exchange could not say within {RequestGoodFor.TotalSeconds:0} s that it is still so"));
        }
    }

    private static string Word(ForeignResolution resolution) => resolution == ForeignResolution.Adopt ? "to adopt it" : "to close it";

    private void Put(ForeignPosition position)
    {
        if (context.State.Foreign.Contains(position))
            return;
        Change([.. context.State.Foreign.Where(known => known.Number != position.Number).Append(position).OrderBy(known => known.Number)]);
    }

    private void Remove(ForeignPosition position) => Change([.. context.State.Foreign.Where(known => known.Number != position.Number)]);

    // Always a new list: whoever goes through the old one is not disturbed, and what was committed stays what it was.
    private void Change(IReadOnlyList<ForeignPosition> positions)
    {
        context.State.Foreign = positions;
        context.Changes.Other = true;
    }
}
