using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Fields;

/// <summary>Gives a label the numbers that stand in front of it: "0.06 can be stop", "27.5空", "跌破130止损".</summary>
internal static class NumbersBefore
{
    /// <summary>Moves the numbers; true when they end the label's line, so that what follows is not its own.</summary>
    public static bool Take(Post post, NumberPlacer placer, FieldBlock block, FieldBlock? earlier, List<int> looseNumbers, int reach)
    {
        var isExit = block.Field is Field.Stop or Field.Target;
        if (earlier is { Numbers.Count: > 0 } && post[block.Label].IsGlued && earlier.Numbers[^1].Token == block.Label - 1)
        {
            if (earlier.Field == Field.Head && block.Field is Field.Long or Field.Short or Field.Buy or Field.Sell)
            {
                Move(earlier, block, 0);
                return false;
            }

            if (isExit && !block.IsDenied && IsAlone(post, block))
            {
                Move(earlier, block, earlier.Numbers.Count - 1);
                return true;
            }
        }

        if (!(isExit || block.Field == Field.Entry) || block.IsDenied || !IsAlone(post, block))
            return false;
        var line = post.LineOf(block.Label);
        // "1.76 / 1.81 / 1.88 targets": a list before its label; a stop or an entry takes only the number next to it.
        if (earlier is { Numbers.Count: > 0 } && earlier.Numbers[^1].Line == line && earlier.Line != line)
        {
            var from = earlier.Numbers.Count - 1;
            while (block.Field == Field.Target && from > 0 && earlier.Numbers[from - 1].Line == line)
                from--;
            Move(earlier, block, from);
            return true;
        }

        if (looseNumbers.Count == 0 || block.Label - looseNumbers[^1] > reach)
            return false;
        foreach (var number in block.Field == Field.Target ? looseNumbers : looseNumbers[^1..])
            placer.Add(block, number);
        looseNumbers.Clear();
        return true;
    }

    /// <summary>No number of its own follows.</summary>
    private static bool IsAlone(Post post, FieldBlock block) => !LabelPlace.NumberFollows(post, block.Label) && !post.IsSign(block.Label + 1, ':');

    private static void Move(FieldBlock from, FieldBlock to, int first)
    {
        to.Numbers.AddRange(from.Numbers[first..]);
        from.Numbers.RemoveRange(first, from.Numbers.Count - first);
    }
}
