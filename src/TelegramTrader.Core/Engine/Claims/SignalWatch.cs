using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>The two prices of one watched signal between which nothing happens to it, computed once per change: a quote must cost no division and no allocation.</summary>
public sealed class SignalWatch
{
    // Twice the price: the sum of bid and ask is compared with it.
    private readonly decimal _risesTo = decimal.MaxValue;
    private readonly decimal _fallsTo;

    public SignalWatch(WatchedSignal signal)
    {
        Signal = signal;
        foreach (var level in signal.Levels.Where(level => level.TouchedAt is null))
            // In front of it already: the touch. Behind it: the way back.
            if (level.IsAbove == level.IsArmed)
                _risesTo = Math.Min(_risesTo, 2m * level.TouchedFrom.Value);
            else
                _fallsTo = Math.Max(_fallsTo, 2m * level.TouchedFrom.Value);
        if (signal.Highest is { } highest && signal.Lowest is { } lowest)
        {
            _risesTo = Math.Min(_risesTo, 2m * highest.MovedByFraction(WatchedSignal.Step).Value);
            _fallsTo = Math.Max(_fallsTo, 2m * lowest.MovedByFraction(-WatchedSignal.Step).Value);
        }
        else if (signal.Entry is null && !signal.Of(LevelKind.Entry).Any())
        {
            _risesTo = 0m;
        }
    }

    public WatchedSignal Signal { get; }

    public bool IsTouched(in Quote quote)
    {
        var sum = quote.Bid.Value + quote.Ask.Value;
        return sum >= _risesTo || sum <= _fallsTo;
    }
}
