using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>
/// Watches what the market does after each signal, whether it was traded or not, so that the channel's claims can be checked. Nothing that is decided about a trade looks at it.
/// </summary>
internal sealed class SignalWatcher(EngineContext context, PlanBuilder plans)
{
    // An exchange's price may differ a little from the one that the channel looks at.
    private const decimal Nearness = 0.001m;

    // Of a very near target not even the noise before it counts.
    private const decimal NearnessOfTheWay = 0.1m;

    /// <summary>A post that comes later than this is late: what the market did before we had it is not known.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    private readonly List<WatchedSignal> _touched = [];

    /// <param name="number">The number of the decision.</param>
    /// <param name="message">The post; its time counts, also where a person confirmed it later.</param>
    public void Begin(int number, ChannelMessage message, ParsedSignal idea)
    {
        // The first text counts: a later reading of the same post does not begin anew.
        if (message.Channel == ChannelId.ByHand || context.State.Watched.Values.Any(other => other.Channel == message.Channel && other.MessageId == message.MessageId && other.Base == idea.Pair.Base))
            return;
        var signal = new WatchedSignal
        {
            Number = number,
            Channel = message.Channel,
            MessageId = message.MessageId,
            Base = idea.Pair.Base,
            Side = idea.Side,
            PostedAt = message.PostedAt,
            Since = context.Now,
            Leverage = idea.Leverage is { } leverage ? Math.Clamp(leverage.Highest, 1m, WatchedLevels.HighestLeverage) : null,
        };
        context.Save(Placed(signal, idea));
        while (context.State.Watched.Count > WatchedSignal.MostAtOnce)
            context.State.ForgetWatched(context.State.Watched.Keys.First());
    }

    public void OnQuote(in Quote quote)
    {
        var watches = context.State.Market(quote.Symbol).SignalWatches;
        for (var index = 0; index < watches.Count; index++)
            if (watches[index].IsTouched(quote))
                _touched.Add(watches[index].Signal);
        if (_touched.Count == 0)
            return;
        foreach (var signal in _touched)
            if (signal.Seen(quote.Mid, quote.Time) is var seen && !ReferenceEquals(seen, signal))
                context.Save(seen);
        _touched.Clear();
    }

    /// <summary>To be called once, before the first event: what the market did before this start is not known.</summary>
    public void OnStart()
    {
        if (context.Settings.PricesWaitForUs)
            return;
        // Not a change to commit: every later start comes to the same.
        foreach (var signal in context.State.Watched.Values.Where(signal => signal.Gap is null).ToArray())
            context.State.Put(signal with { Gap = $"the bot was not running after {context.Now}" });
    }

    /// <summary>A market that fell silent: what it did meanwhile is not known.</summary>
    public void OnTimePassed()
    {
        foreach (var market in context.State.Markets.Values)
        {
            if (market.SignalWatches.Count == 0)
                continue;
            foreach (var signal in market.SignalWatches.Select(watch => watch.Signal).Where(signal => signal.Gap is null).ToArray())
            {
                var heard = market.Quote is { } quote ? Instant.Later(quote.Time, signal.Since) : signal.Since;
                if (context.Now - heard > LongestSilence)
                    context.Save(signal with { Gap = $"there was no price after {heard}" });
            }
        }
    }

    public void OnFeedLost(string feed)
    {
        foreach (var signal in context.State.Watched.Values.Where(signal => signal.Gap is null && signal.Symbol is not null).ToArray())
            context.Save(signal with { Gap = $"the connection to {feed} was lost at {context.Now}" });
    }

    /// <summary>The channel changed the stop: a stop that it reports later is not the one of its first text.</summary>
    public void OnStopMoved(WatchedSignal signal)
    {
        if (!signal.StopMoved)
            context.Save(signal with { StopMoved = true });
    }

    private WatchedSignal Placed(WatchedSignal signal, ParsedSignal idea)
    {
        if (SignalBounds.Check(idea) is { } impossible)
            return signal with { Gap = impossible.Text };
        var (venue, failure) = plans.Venue(idea);
        if (venue is null)
            return signal with { Gap = failure!.Text };
        var market = context.State.Market(venue.Symbol);
        if (market.Quote is not { } quote || context.Now - quote.Time > LongestSilence)
            return signal with { Gap = $"no price of {venue.Symbol} was known when the post came" };
        var delay = context.Now - signal.PostedAt;
        var placed = signal with
        {
            Symbol = venue.Symbol,
            Levels = WatchedLevels.Of(idea, market.Instrument!, venue.PriceMultiplier, quote.Mid, Nearness, NearnessOfTheWay),
            Gap = delay > LongestDelay ? FormattableString.Invariant($"the post came {delay.TotalMinutes:0} min late") : null,
        };
        return placed.Seen(quote.Mid, Instant.Later(quote.Time, signal.PostedAt));
    }
}
