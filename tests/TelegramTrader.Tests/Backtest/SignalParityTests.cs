using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtest;

/// <summary>Skipping what can't matter changes nothing: against a walk over every bar, on random series of few whole prices, where stop and target often lie in one bar.</summary>
public sealed class SignalParityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_SkippingAndBarByBar_ComeToTheSame(ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        var ends = new HashSet<string>();
        var conflicts = 0;
        for (var round = 0; round < 60; round++)
        {
            var bars = Bars(numbers, numbers.Next(1, 3_000));
            var settings = new IndependentSettings { Size = 6m, Fee = numbers.Next(0, 3) / 1_000m, MaxHold = numbers.Chance(40) ? null : numbers.Next(1, 600) };
            var backtest = new SignalBacktest(Ranges(bars), Symbol.Parse("BTC/USDT"), settings);
            for (var number = 0; number < 60; number++)
            {
                var signal = Signal(numbers, bars);
                var expected = Walk(bars, signal, settings);
                var outcome = backtest.Run(signal);
                Assert.Equal(expected, Told(outcome));
                ends.Add(outcome.End.ToString());
                conflicts += outcome.Conflict ? 1 : 0;
            }
        }

        // The comparison is worth something only where everything happened.
        Assert.Superset(new HashSet<string> { "Stop", "Target", "Time", "End", "Unfilled" }, ends);
        Assert.InRange(conflicts, 50, int.MaxValue);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void FirstTouch_AnyStretch_IsTheFirstOfAll(ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 40; round++)
        {
            var bars = Bars(numbers, numbers.Next(1, 900));
            var ranges = Ranges(bars);
            for (var number = 0; number < 100; number++)
            {
                var from = numbers.Next(0, bars.Count);
                var to = numbers.Next(from, bars.Count + 1);
                var (low, high) = (numbers.Next(60, 110), numbers.Next(90, 140));
                var levels = ranges.Levels(numbers.Chance(10) ? null : new Price(low), numbers.Chance(10) ? null : new Price(high + 0.5m));
                int? expected = null;
                for (var bar = from; bar < to && expected is null; bar++)
                    if (ranges.TouchesLower(bar, levels) || ranges.TouchesUpper(bar, levels))
                        expected = bar;
                Assert.Equal(expected, ranges.FirstTouch(from, to, levels));
            }
        }
    }

    [Fact]
    public void Scan_BothWidths_FindTheSame()
    {
        var numbers = new SeededNumbers(31);
        for (var round = 0; round < 2_000; round++)
        {
            var count = numbers.Next(0, 90);
            long[] highs = [.. Enumerable.Range(0, count).Select(_ => (long)numbers.Next(50, 100))];
            long[] lows = [.. highs.Select(high => high - numbers.Next(0, 20))];
            var from = numbers.Next(0, count + 1);
            var levels = new TickLevels(numbers.Next(25, 45), numbers.Next(95, 105));
            var expected = Enumerable.Range(from, count - from).Where(bar => highs[bar] >= levels.Upper || lows[bar] <= levels.Lower).DefaultIfEmpty(count).First();
            Assert.Equal(expected, PriceRanges.Scan256(highs, lows, from, count, levels));
            Assert.Equal(expected, PriceRanges.Scan512(highs, lows, from, count, levels));
        }
    }

    /// <summary>Nothing that comes after a position has ended changes how it ended.</summary>
    [Fact]
    public void Run_TheFutureIsCutOff_WhatEndedBeforeStaysTheSame()
    {
        var numbers = new SeededNumbers(41);
        var bars = Bars(numbers, 2_000);
        var whole = new SignalBacktest(Ranges(bars), Symbol.Parse("BTC/USDT"), new IndependentSettings { Size = 6m });
        var part = new SignalBacktest(Ranges(bars[..1_000]), Symbol.Parse("BTC/USDT"), new IndependentSettings { Size = 6m });
        var compared = 0;
        for (var number = 0; number < 300; number++)
        {
            var signal = Signal(numbers, bars);
            if (whole.Run(signal) is not { ExitBar: < 1_000 } outcome)
                continue;
            Assert.Equal(Told(outcome), Told(part.Run(signal)));
            compared++;
        }

        Assert.InRange(compared, 50, 300);
    }

    private sealed record Bar(long Time, int Open, int High, int Low, int Close);

    /// <summary>The rule once more, in the plainest words and with nothing of the program's.</summary>
    private static string Walk(List<Bar> bars, IndependentSignal signal, IndependentSettings settings)
    {
        var entry = bars.FindIndex(bar => bar.Time > signal.Time.UnixMilliseconds);
        if (entry < 0)
            return "Unfilled";
        var sign = signal.Side == TradeSide.Long ? 1m : -1m;
        var targets = signal.Targets.Select(price => price.Value).OrderBy(price => sign * price).ToList();
        var (stop, part, open, next) = (signal.Stop.Value, settings.Size / Math.Max(1, targets.Count), settings.Size, 0);
        var pnl = -settings.Fee * bars[entry].Open * open;
        void Sell(decimal price, decimal quantity)
        {
            pnl += sign * (price - bars[entry].Open) * quantity - settings.Fee * price * quantity;
            open -= quantity;
        }

        for (var at = entry; at < bars.Count; at++)
        {
            var bar = bars[at];
            bool Reached(decimal price) => sign > 0 ? bar.High >= price : bar.Low <= price;
            if (sign > 0 ? bar.Low <= stop : bar.High >= stop)
            {
                var conflict = next < targets.Count && Reached(targets[next]);
                Sell(stop, open);
                return FormattableString.Invariant($"Stop {entry} {next} {at} {pnl:0.######} {conflict}");
            }

            while (next < targets.Count && Reached(targets[next]))
                Sell(targets[next++], part);
            if (open == 0m)
                return FormattableString.Invariant($"Target {entry} {next} {at} {pnl:0.######} False");
            var isTimed = at - entry + 1 == settings.MaxHold;
            if (!isTimed && at + 1 < bars.Count)
                continue;
            Sell(bar.Close, open);
            return FormattableString.Invariant($"{(isTimed ? "Time" : "End")} {entry} {next} {at} {pnl:0.######} False");
        }

        throw new InvalidOperationException("A position ends at the last bar at the latest.");
    }

    private static string Told(IndependentOutcome outcome) => outcome.Closed is null
        ? outcome.End.ToString()
        : FormattableString.Invariant($"{outcome.End} {outcome.EntryBar} {outcome.TargetsHit} {outcome.ExitBar} {outcome.Closed.Net.Amount:0.######} {outcome.Conflict}");

    /// <summary>Stop and targets around a price the market knows; one, two, three or six targets divide 6 evenly.</summary>
    private static IndependentSignal Signal(SeededNumbers numbers, List<Bar> bars)
    {
        var around = bars[numbers.Next(0, bars.Count)].Close;
        var side = numbers.Chance(50) ? TradeSide.Long : TradeSide.Short;
        var sign = side == TradeSide.Long ? 1 : -1;
        var stop = around - sign * numbers.Next(0, 15);
        var count = numbers.Pick<int>([0, 1, 2, 3, 3, 3, 6]);
        Price[] targets = [.. Enumerable.Range(0, count).Select(_ => new Price(stop + sign * numbers.Next(1, 30)))];
        var time = bars[0].Time + numbers.Next(-2, bars.Count + 2) * 30_000L + numbers.Next(0, 2);
        return new IndependentSignal("s", new Instant(numbers.Chance(3) ? bars[^1].Time : time), side, targets, new Price(stop));
    }

    /// <summary>Whole prices from 60 to 140; and sometimes a time that is missing.</summary>
    private static List<Bar> Bars(SeededNumbers numbers, int count)
    {
        var bars = new List<Bar>();
        var (time, price, width) = (1_500_000_000_000L, 100, numbers.Pick<int>([1, 2, 4, 8]));
        for (var bar = 0; bar < count; bar++)
        {
            time += 60_000 * (numbers.Chance(3) ? numbers.Next(1, 900) : 1);
            var open = numbers.Chance(10) ? Math.Clamp(price + numbers.Next(-5, 6), 60, 140) : price;
            var close = Math.Clamp(open + numbers.Next(-width, width + 1), 60, 140);
            bars.Add(new Bar(time, open, Math.Max(open, close) + numbers.Next(0, width), Math.Min(open, close) - numbers.Next(0, width), close));
            price = close;
        }

        return bars;
    }

    private static PriceRanges Ranges(List<Bar> bars) => new(
        [.. bars.Select(bar => bar.Time)], [.. bars.Select(bar => (decimal)bar.Open)], [.. bars.Select(bar => (decimal)bar.High)], [.. bars.Select(bar => (decimal)bar.Low)],
        [.. bars.Select(bar => (decimal)bar.Close)]);
}
