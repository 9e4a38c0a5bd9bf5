using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>Turns target numbers into plans, with the shares where they make sense together, and the runner at the end.</summary>
internal static class TargetPlanner
{
    private const decimal Hundred = 100m;
    private const decimal RoundingOfShares = 0.011m;

    public static IReadOnlyList<TargetPlan> Plan(SignalPart part, List<FieldNumber> numbers, decimal factor, LeverageRange? leverage, ChannelProfile profile)
    {
        var runner = Runner(part, numbers);
        var shares = AreShares(numbers, runner);
        var plans = new List<TargetPlan>(numbers.Count + 1);
        var divisor = profile.PercentIncludesLeverage && leverage is { } range ? range.Highest : 1m;
        foreach (var number in numbers)
        {
            var share = shares ? number.Share : null;
            plans.Add(number.IsPercent
                ? new TargetPlan.AtGain(number.Value / Hundred / divisor, share)
                : new TargetPlan.AtPrice(new Price(number.Value * factor), share));
        }

        if (runner)
            plans.Add(new TargetPlan.Runner());
        return plans;
    }

    /// <summary>Shares count only when every target has one and they come to the whole, or to less with a runner for the rest.</summary>
    private static bool AreShares(List<FieldNumber> numbers, bool runner)
    {
        if (numbers.Count == 0 || numbers.Exists(number => number.Share is null))
            return false;
        var sum = numbers.Sum(number => number.Share ?? 0m);
        return Math.Abs(sum - 1m) <= RoundingOfShares || (runner && sum < 1m);
    }

    private static bool Runner(SignalPart part, List<FieldNumber> numbers)
    {
        foreach (var block in part.Blocks(Field.Target))
        {
            if (block.RunnerToken < 0)
                continue;
            // "TP3: open", "110/120/open": in the place of a price, behind a label or a list.
            if (block.Numbers.Count == 0 ? block.Index > 0 : block.RunnerToken > block.Numbers[^1].Token)
                return numbers.Count > 0 || block.Index > 0;
        }

        return false;
    }
}
