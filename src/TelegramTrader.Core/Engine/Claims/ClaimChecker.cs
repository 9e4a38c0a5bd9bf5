using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>
/// Holds what a channel claims against the prices that were seen since its signal. It says false only where every price in between is known; each claim about a
/// signal counts once, however often it is posted.
/// </summary>
internal sealed class ClaimChecker(EngineContext context, SignalWatcher watcher)
{
    // Nobody reports more about one trade; a bound for whoever tries.
    private const int MostClaims = 50;

    // The channel's clock, the exchange's and ours differ a little.
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    public void Check(ChannelMessage message, ParsedUpdate update)
    {
        if (update.Condition is not null)
            return;
        var movesStop = update.Actions.Any(action => action is UpdateAction.MoveStop or UpdateAction.MoveStopToEntry);
        var claims = Claims(update).ToArray();
        if (claims.Length == 0 && !movesStop)
            return;
        foreach (var number in Find(message, update).Select(signal => signal.Number).ToArray())
        {
            foreach (var claim in claims)
                Check(message, context.State.Watched[number], claim);
            if (movesStop)
                watcher.OnStopMoved(context.State.Watched[number]);
        }
    }

    private void Check(ChannelMessage message, WatchedSignal signal, Claim claim)
    {
        if (signal.Claims.Count >= MostClaims || signal.Claims.Any(earlier => earlier.Claim == claim))
            return;
        var (verdict, reason) = Judge(signal, claim, message.PostedAt + ClockMargin, isLate: context.Now - message.PostedAt > SignalWatcher.LongestDelay);
        var result = new CheckedClaim(claim, verdict, reason, message.MessageId, message.Revision, message.PostedAt, context.Now);
        context.Save(signal with { Claims = [.. signal.Claims, result] });
        context.Changes.Claims.Add(new SignalClaim(signal.Number, signal.Channel, result));
    }

    private static IEnumerable<Claim> Claims(ParsedUpdate update)
    {
        foreach (var action in update.Actions)
            switch (action)
            {
                case UpdateAction.TargetHit:
                    yield return new Claim.TargetHit(update.AllTargets ? null : update.TargetIndex ?? 1);
                    break;
                case UpdateAction.StopHit:
                    yield return new Claim.StopHit();
                    break;
                case UpdateAction.EntryFilled:
                    yield return new Claim.EntryFilled();
                    break;
            }
        if (update.ClaimedPercent is { } percent and not 0m)
            yield return new Claim.Gain(percent, update.ClaimedLeverage);
    }

    /// <summary>The signals of the post that it answers (or of which it is an edit), else the latest one in the asset that it names.</summary>
    private IEnumerable<WatchedSignal> Find(ChannelMessage message, ParsedUpdate update)
    {
        var ofChannel = context.State.Watched.Values
            .Where(signal => signal.Channel == message.Channel && context.Now - signal.Since <= EngineSettings.WatchSignalsFor && (update.OnlySide is null || signal.Side == update.OnlySide) && (update.Pair is null || signal.Base == update.Pair.Base))
            .ToArray();
        var answered = ofChannel.Where(signal => signal.MessageId == message.MessageId
            || message.ReplyTo is { } reply && (signal.MessageId == reply || signal.Claims.Any(claim => claim.MessageId == reply))).ToArray();
        return answered.Length > 0 ? answered : update.Pair is not null && ofChannel.Length > 0 ? [ofChannel[^1]] : [];
    }

    private static (ClaimVerdict Verdict, string Reason) Judge(WatchedSignal signal, Claim claim, Instant until, bool isLate) => claim switch
    {
        Claim.EntryFilled => Touched(signal, [.. signal.Of(LevelKind.Entry).OrderByDescending(level => level.TouchedAt is not null)], "entry", "the post names no entry price", until),
        Claim.TargetHit hit => Target(signal, hit.Number, until),
        Claim.StopHit when signal.StopMoved => (ClaimVerdict.Unknown, "the channel moved the stop since its first text"),
        Claim.StopHit => Touched(signal, [.. signal.Of(LevelKind.Stop)], "stop", "the post names no stop", until),
        Claim.Gain gain => Gain(signal, gain, isLate),
        _ => throw new InvalidOperationException($"{claim.GetType().Name} is not in the set of claims."),
    };

    private static (ClaimVerdict, string) Target(WatchedSignal signal, int? number, Instant until)
    {
        var targets = signal.Of(LevelKind.Target).ToArray();
        var wanted = number ?? targets.Length;
        var missing = targets.Length == 0 ? "the post names no target price" : $"the post has {targets.Length} target(s)";
        var (verdict, reason) = Touched(signal, [.. targets.Where(target => target.Number == wanted)], $"target {wanted}", missing, until);
        return verdict != ClaimVerdict.True ? (verdict, reason)
            : signal.Entry is null ? (verdict, reason + ", though no entry was reached before")
            : signal.Of(LevelKind.Stop).FirstOrDefault()?.TouchedAt is { } stopped && targets[wanted - 1].TouchedAt is { } touched && stopped < touched ? (verdict, reason + ", though the stop was touched before")
            : (verdict, reason);
    }

    private static (ClaimVerdict, string) Touched(WatchedSignal signal, IReadOnlyList<WatchedLevel> levels, string name, string missing, Instant until)
    {
        if (signal.Symbol is null)
            return (ClaimVerdict.Unknown, signal.Gap ?? "no prices of it are known");
        if (levels.Count == 0)
            return (ClaimVerdict.Unknown, missing);
        var level = levels[0];
        if (level.TouchedAt is { } at && at <= until)
            return (ClaimVerdict.True, $"{name} at {level.Price} was touched at {at}");
        return signal.Gap is { } gap ? (ClaimVerdict.Unknown, gap)
            : (ClaimVerdict.False, level.TouchedAt is { } later ? $"{name} at {level.Price} was touched only at {later}" : $"{name} at {level.Price} was not touched");
    }

    private static (ClaimVerdict, string) Gain(WatchedSignal signal, Claim.Gain claim, bool isLate)
    {
        if (signal.Symbol is null)
            return (ClaimVerdict.Unknown, signal.Gap ?? "no prices of it are known");
        if (signal.Entry is not { } entry || signal.Highest is not { } highest || signal.Lowest is not { } lowest)
            return signal.Gap is { } unseen ? (ClaimVerdict.Unknown, unseen) : (ClaimVerdict.False, "no entry was reached");
        var wins = claim.Percent > 0m;
        var isUp = wins == (signal.Side == TradeSide.Long);
        var move = Math.Abs((isUp ? highest : lowest).FractionFrom(entry));
        // The extreme may lie on the wrong side of the entry: a short's lowest price above its entry is no gain.
        if (isUp ? highest < entry : lowest > entry)
            move = 0m;
        var claimed = Math.Abs(claim.Percent);
        var leverage = claim.Leverage is { } named ? Math.Clamp(named, 1m, WatchedLevels.HighestLeverage) : signal.Leverage;
        var reached = Percent(move + WatchedSignal.Step, leverage ?? 1m);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"the {(wins ? "best" : "worst")} move from the entry at {entry} was {move * 100m:0.##} %{(leverage is { } times ? $" × {times:0.##}x = {move * 100m * times:0.##} %" : "")}");
        if (reached >= claimed)
            return isLate ? (ClaimVerdict.Unknown, text + ", and the claim came too late to say whether before it") : (ClaimVerdict.True, text);
        if (signal.Gap is { } gap)
            return (ClaimVerdict.Unknown, gap);
        return leverage is null && Percent(move + WatchedSignal.Step, WatchedLevels.HighestLeverage) >= claimed
            ? (ClaimVerdict.Unknown, text + ", and no leverage is named")
            : (ClaimVerdict.False, text);
    }

    private static decimal Percent(decimal move, decimal leverage) => move * 100m * leverage;
}
