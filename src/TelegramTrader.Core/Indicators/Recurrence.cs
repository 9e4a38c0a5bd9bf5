using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TelegramTrader.Core.Indicators;

/// <summary>
/// y[i] = decay * y[i-1] + x[i], eight steps at a time: three shifted additions give what the eight inputs come to among themselves, and one more adds what was there before them.
/// Only that last addition waits for the eight before, so the processor works on several groups at once. Blelloch, "Prefix Sums and Their Applications", 1990, part 1.4.
/// A decay of 1 makes running sums.
/// </summary>
internal readonly struct Recurrence
{
    public const int Steps = 8;

    private readonly Vector512<double> _one;
    private readonly Vector512<double> _two;
    private readonly Vector512<double> _four;
    private readonly Vector512<double> _powers;
    private readonly Vector512<double> _eight;

    /// <param name="decay">0 to 1.</param>
    public Recurrence(double decay)
    {
        var (two, three, four) = (decay * decay, decay * decay * decay, decay * decay * decay * decay);
        // Zero where a shift by so many would bring nothing in.
        _one = Vector512.Create(0, decay, decay, decay, decay, decay, decay, decay);
        _two = Vector512.Create(0, 0, two, two, two, two, two, two);
        _four = Vector512.Create(0, 0, 0, 0, four, four, four, four);
        _powers = Vector512.Create(decay, two, three, four, four * decay, four * two, four * three, four * four);
        _eight = Vector512.Create(four * four);
    }

    /// <param name="before">The value before the eight, in all lanes; afterwards the last of the eight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Next(Vector512<double> input, ref Vector512<double> before)
    {
        input = Vector512.FusedMultiplyAdd(Vector512.Shuffle(input, Vector512.Create(0L, 0, 1, 2, 3, 4, 5, 6)), _one, input);
        input = Vector512.FusedMultiplyAdd(Vector512.Shuffle(input, Vector512.Create(0L, 0, 0, 1, 2, 3, 4, 5)), _two, input);
        input = Vector512.FusedMultiplyAdd(Vector512.Shuffle(input, Vector512.Create(0L, 0, 0, 0, 0, 1, 2, 3)), _four, input);
        var result = Vector512.FusedMultiplyAdd(before, _powers, input);
        before = Vector512.FusedMultiplyAdd(before, _eight, Vector512.Shuffle(input, Vector512.Create(7L)));
        return result;
    }

    /// <summary>The eight values before each of the eight: one step earlier, the first of them from the group before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Earlier(Vector512<double> values, Vector512<double> before) =>
        Vector512.ConditionalSelect(Vector512.Create(-1L, 0, 0, 0, 0, 0, 0, 0).AsDouble(), before, Vector512.Shuffle(values, Vector512.Create(0L, 0, 1, 2, 3, 4, 5, 6)));
}
