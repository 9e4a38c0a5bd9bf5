using TelegramTrader.Core.Signals.Parsing.Fields;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Prices;

/// <summary>
/// Completes figures that give only the last digits of a price: "0.00000608 - 614", "4080 - 78", "1.0665/80".
/// Only where the figure as it stands is of another scale than the price before it, and the completed one is close to it.
/// </summary>
internal static class FigureEndings
{
    private const decimal OtherScale = 10m;

    /// <summary>How far a completed ending of a whole number may lie from the price it completes, as a fraction of that price.</summary>
    private const decimal CloseEnough = 0.1m;

    public static void Complete(Post post, FieldBlock block, FieldNumber? first)
    {
        var before = first;
        foreach (var number in block.Numbers)
        {
            if (number.IsPercent)
                continue;
            ref var reading = ref post.NumberOf(number.Token);
            if (before is not null && before != number && reading.IsInteger && reading.Multiplier == 1m && number.Value > 0m && Completed(post, before, number) is { } value)
            {
                number.Value = value;
                number.IsCompleted = true;
            }

            before = number;
        }
    }

    private static decimal? Completed(Post post, FieldNumber before, FieldNumber number)
    {
        var isOwnScale = number.Value < before.Value * OtherScale && number.Value * OtherScale > before.Value;
        if (isOwnScale)
            return null;
        var fraction = FractionDigits(before.Value);
        if (before.Value < 1m && fraction >= 3)
        {
            var shifted = NumberScanner.Shifted(number.Value, fraction);
            return shifted < before.Value * OtherScale && shifted * OtherScale > before.Value ? shifted : null;
        }

        if (number.Value > before.Value)
            return null;
        // "4182 - 86". Three digits only right behind a dash: "6540" after 64500 is a slip, and no ending.
        var digits = post.NumberOf(number.Token).IntegerDigits;
        var isJoined = number.Joint is '-' or '/' && number.Line == before.Line;
        if (digits != 2 && !(digits == 3 && isJoined && before.Value >= 10000m))
            return null;
        var unit = NumberScanner.Shifted(1m, fraction);
        var span = unit;
        for (var i = 0; i < digits; i++)
            span *= 10m;
        if (span * OtherScale > before.Value * (1m + CloseEnough) * OtherScale)
            return null;
        var completed = before.Value - before.Value % span + number.Value * unit;
        return Math.Abs(completed - before.Value) <= before.Value * CloseEnough ? completed : null;
    }

    private static int FractionDigits(decimal value) => value.Scale;
}
