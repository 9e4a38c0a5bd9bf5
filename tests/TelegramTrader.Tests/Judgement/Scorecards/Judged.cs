using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement.Scorecards;

/// <summary>Outcomes and prices to be judged.</summary>
internal static class Judged
{
    public static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static readonly ChannelId Channel = new("@judged");

    /// <summary>A closed position with a result, one a day unless its day is given.</summary>
    public static SignalOutcome Closed(int number, double result, double? day = null, TimeSpan? held = null)
    {
        var posted = Start + TimeSpan.FromDays(day ?? number);
        return new()
        {
            Id = new SignalId($"{Channel}/{number:00000}/1/0"),
            Channel = Channel,
            MessageId = number,
            Symbol = Some.Btc,
            Side = TradeSide.Long,
            PostedAt = posted,
            ActedAt = posted,
            End = SignalEnd.Closed,
            Reason = result > 0 ? "Target" : "Stop",
            EntryPrice = 100m,
            OpenedAt = posted,
            ClosedAt = posted + (held ?? TimeSpan.FromHours(1)),
            Stop = 99m,
            Targets = [102m],
            RMultiple = (decimal)result,
            PostHadStop = true,
        };
    }

    public static SignalOutcome Without(int number, SignalEnd end, string reason) => Closed(number, 0) with
    {
        End = end, Reason = reason, EntryPrice = null, OpenedAt = null, ClosedAt = null, Stop = null, Targets = [], RMultiple = null,
    };

    public static Scorecard Card(IReadOnlyList<SignalOutcome> outcomes, ScorecardSettings? settings = null, SymbolPrices? prices = null, ChannelId? channel = null) => Scorecard.Of(
        new ChannelRecord
        {
            Channel = channel ?? Channel,
            Run = new DelayedRun(TimeSpan.FromMinutes(1), outcomes),
            Prices = prices is null ? new Dictionary<Symbol, SymbolPrices>() : new Dictionary<Symbol, SymbolPrices> { [Some.Btc] = prices },
        },
        settings ?? Quick);

    /// <summary>Fewer draws, so that tests are quick; everything else as shipped.</summary>
    public static ScorecardSettings Quick { get; } = new() { Resamples = 2_000, RandomEntries = 199 };

    /// <summary>Minute candles from closes; each opens where the one before closed.</summary>
    public static SymbolPrices Minutes(IReadOnlyList<decimal> closes, Instant? from = null)
    {
        var count = closes.Count;
        var (times, opens, highs, lows) = (new long[count], new decimal[count], new decimal[count], new decimal[count]);
        for (var bar = 0; bar < count; bar++)
        {
            times[bar] = (from ?? Start).UnixMilliseconds + bar * 60_000L;
            opens[bar] = bar == 0 ? closes[0] : closes[bar - 1];
            (highs[bar], lows[bar]) = (Math.Max(opens[bar], closes[bar]), Math.Min(opens[bar], closes[bar]));
        }

        return new SymbolPrices(new PriceRanges(times, opens, highs, lows, [.. closes]));
    }

    /// <summary>A walk around 1000 with steps of one in a thousand up or down.</summary>
    public static List<decimal> Walk(int minutes, ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        var price = 1000m;
        return [.. Enumerable.Range(0, minutes).Select(_ => price = decimal.Round(price * (numbers.Chance(50) ? 1.001m : 0.999m), 4))];
    }
}
