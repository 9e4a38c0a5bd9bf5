using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Positions;

public sealed class ExitPlanQuantitiesTests
{
    /// <summary>
    /// shares of the targets (the first at 100, then 101, 102 …; ✓ is hit), runner, open quantity, filled at each target → what each unhit target still
    /// has to fill. Step 0.001, minimum value 5.
    /// </summary>
    public static TheoryData<string, string, decimal, decimal, string, string> Cases => new()
    {
        { "one target takes all", "1", 0m, 5m, "0", "5" },
        { "two halves", "0.5 0.5", 0m, 5m, "0 0", "2.5 2.5" },
        { "an odd step goes to the last", "0.5 0.5", 0m, 5.001m, "0 0", "2.5 2.501" },
        { "thirds: 1.666… is cut, the carry and the rest go on", "0.3333333333333333333333333333 0.3333333333333333333333333333 0.3333333333333333333333333333", 0m, 5m, "0 0 0", "1.666 1.667 1.667" },
        { "thirds of a whole number of steps stay whole", "0.3333333333333333333333333333 0.3333333333333333333333333333 0.3333333333333333333333333333", 0m, 0.3m, "0 0 0", "0.1 0.1 0.1" },
        { "a runner keeps its part without an order", "0.4 0.4", 0.2m, 5m, "0 0", "2 2" },
        { "with a runner the last does not take the rest: 0.333 × 3.001", "0.333", 0.667m, 3.001m, "0", "0.999" },
        { "only a runner", "", 1m, 5m, "", "" },
        { "nothing open", "0.5 0.5", 0m, 0m, "0 0", "" },
        // Parts below 5 are joined to the next: 0.1 × 0.1 × 100 = 1, then 0.01 + 0.09 = 0.1.
        { "a small first part is joined to the next", "0.1 0.9", 0m, 0.1m, "0 0", "0 0.1" },
        { "a small last part goes back to the one before", "0.9 0.1", 0m, 0.1m, "0 0", "0.1 0" },
        { "small parts add up: 3 × 0.017 = 0.051 × 102 = 5.202", "0.1 0.1 0.1 0.7", 0m, 0.17m, "0 0 0 0", "0 0 0.051 0.119" },
        { "all too small: one order at the last", "0.5 0.5", 0m, 0.04m, "0 0", "0 0.04" },
        { "all too small with a runner: no order", "0.4 0.4", 0.2m, 0.04m, "0 0", "0 0" },
        // Filled parts count: pool 3.5 + 1.5 = 5, first 2.5 of which 1.5 is there.
        { "a part of the first is filled", "0.5 0.5", 0m, 3.5m, "1.5 0", "1 2.5" },
        { "the first was hit: what is left is for the second", "✓0.5 0.5", 0m, 2.5m, "2.5 0", "2.5" },
        { "the first of three was hit", "✓0.5 0.3 0.2", 0m, 2.5m, "2.5 0 0", "1.5 1" },
        { "half closed by hand", "0.5 0.5", 0m, 2.5m, "0 0", "1.25 1.25" },
        { "an entry was added: 5 more", "0.5 0.5", 0m, 10m, "0 0", "5 5" },
        { "an entry was added while the first was filling: pool 9 + 1 = 10", "0.5 0.5", 0m, 9m, "1 0", "4 5" },
        // Pool 1.5 + 2 = 3.5, first 1.75 but 2 are filled there: the second gets what is open, not its planned 1.75.
        { "more filled than planned after a part was closed", "0.5 0.5", 0m, 1.5m, "2 0", "0 1.5" },
        { "more filled at the second than planned", "0.5 0.5", 0m, 1m, "0 2", "1 0" },
        // Pool 3.5: parts 1.4, 1.4 and 0.7 to run, but 2 are filled at the first; of the 1.5 left 0.4 ÷ 0.6 go to the second.
        { "more filled than planned beside a runner", "0.4 0.4", 0.2m, 1.5m, "2 0", "0 1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Quantities_SharesAndFills_AreSharedOut(string name, string shares, decimal runner, decimal open, string filled, string expected)
    {
        var filledAt = Numbers(filled);
        var quantities = Plan(shares, runner).Quantities(Some.Instrument(), new Quantity(open), number => new Quantity(filledAt[number - 1]));
        Assert.True(Numbers(expected).SequenceEqual(quantities.Select(quantity => quantity.Remaining.Value)), $"{name}: {string.Join(' ', quantities.Select(quantity => quantity.Remaining))}");
    }

    /// <summary>On spot every part must be able to have a stop of its own: at 90, 0.056 are the least that is worth 5.</summary>
    [Theory]
    [InlineData("halves of 9 at the stop are joined: 0.05 × 90 = 4.5", "0.5 0.5", 0, 0.1, "0 0.1")]
    [InlineData("halves of 18 are not: 0.1 × 90", "0.5 0.5", 0, 0.2, "0.1 0.1")]
    [InlineData("what would run is too small and goes with the last: 0.04 × 90", "0.4 0.4", 0.2, 0.2, "0.08 0.12")]
    [InlineData("what would run can have a stop: 0.2 × 90", "0.4 0.4", 0.2, 1, "0.4 0.4")]
    public void Quantities_OnSpot_LeaveNothingThatCouldHaveNoStop(string name, string shares, double runner, double open, string expected)
    {
        var quantities = Plan(shares, (decimal)runner).Quantities(Some.Instrument("BTC/USDT"), new Quantity((decimal)open), _ => Quantity.Zero);
        Assert.True(Numbers(expected).SequenceEqual(quantities.Select(quantity => quantity.Remaining.Value)), $"{name}: {string.Join(' ', quantities.Select(quantity => quantity.Remaining))}");
    }

    /// <summary>Whatever the shares: the orders never add up to more than is open, and to exactly that where nothing runs on.</summary>
    [Fact]
    public void Quantities_ManyPlans_NeverAddUpToMoreThanIsOpen()
    {
        var numbers = new SeededNumbers(20250506);
        for (var round = 0; round < 20_000; round++)
        {
            var count = numbers.Next(1, 6);
            var parts = Enumerable.Range(0, count).Select(_ => (decimal)numbers.Next(1, 10)).ToArray();
            var runner = numbers.Next(0, 3) == 0 ? numbers.Next(1, 10) : 0m;
            var sum = parts.Sum() + runner;
            var plan = Plan(string.Join(' ', parts.Select(part => (part / sum).ToString(CultureInfo.InvariantCulture))), runner / sum);
            var open = new Quantity(numbers.Next(1, 20_000) * 0.001m);
            var filled = parts.Select(_ => numbers.Next(0, 3) == 0 ? numbers.Next(0, 3000) * 0.001m : 0m).ToArray();
            var quantities = plan.Quantities(Some.Instrument(), open, number => new Quantity(filled[number - 1]));
            var total = quantities.Sum(quantity => quantity.Remaining.Value);
            Assert.True(runner == 0m ? total == open.Value : total <= open.Value, $"round {round}: {total} of {open}");
            Assert.All(quantities, quantity => Assert.True(Some.Instrument().IsOnStep(quantity.Remaining)));
        }
    }

    /// <summary>Shares such as 1 ÷ 7 end somewhere; where the part is a whole number of steps it must not lose one to that.</summary>
    [Fact]
    public void Quantities_PartsOfWholeSteps_LoseNoStepToRounding()
    {
        for (var sum = 2; sum <= 30; sum++)
            for (var part = 1; part < sum; part++)
                foreach (var times in new[] { 50m, 77m, 1001m, 123_456m })
                {
                    var (first, second) = ((decimal)part / sum, (decimal)(sum - part) / sum);
                    var plan = Plan(string.Create(CultureInfo.InvariantCulture, $"{first} {second}"), 0m);
                    var quantities = plan.Quantities(Some.Instrument(), new Quantity(sum * times * 0.001m), _ => Quantity.Zero);
                    Assert.Equal(part * times * 0.001m, quantities[0].Remaining.Value);
                }
    }

    private static ExitPlan Plan(string shares, decimal runner) => new()
    {
        Stop = new StopLevel(new Price(90m), StopReason.Initial),
        InitialStop = new Price(90m),
        RunnerShare = runner,
        Targets = [.. shares.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((share, index) => new PlannedTarget(
            index + 1, new Price(100m + index), decimal.Parse(share.TrimStart('✓'), CultureInfo.InvariantCulture), IsHit: share[0] == '✓'))],
    };

    private static decimal[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => decimal.Parse(number, CultureInfo.InvariantCulture))];
}
